"""Who was erased: asked before a roster brings anyone back. Only keyed hashes are kept."""

from __future__ import annotations

from dataclasses import dataclass

from enishi.accounts.models import ErasureRecord
from enishi.core import tokens


def number_hash(employee_number: str) -> str:
    return tokens.derive("erased-number", employee_number.strip()) if employee_number.strip() else ""


def email_hash(email: str) -> str:
    return tokens.derive("erased-email", email.strip().lower()) if email.strip() else ""


@dataclass(frozen=True)
class Ledger:
    """All hashes at once, for an import of many rows: one query."""

    numbers: frozenset[str]
    emails: frozenset[str]

    def has(self, employee_number: str, email: str) -> bool:
        if not self.numbers and not self.emails:
            return False
        return number_hash(employee_number) in self.numbers or email_hash(email) in self.emails


def ledger() -> Ledger:
    rows = list(ErasureRecord.objects.values_list("employee_number_hash", "email_hash"))
    return Ledger(frozenset(n for n, _ in rows if n), frozenset(e for _, e in rows if e))
