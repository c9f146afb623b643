"""Who may, in publishing."""

from __future__ import annotations

from typing import Any

from enishi.accounts import policies as accounts
from enishi.publishing.choices import ReportState
from enishi.publishing.models import Report


def is_member(user: Any) -> bool:
    """Admitted and not gone."""
    if user is None or not user.is_authenticated:
        return False
    if not user.is_active:
        return False
    member = getattr(user, "member", None)
    return member is not None and member.left_at is None


def can_read_report(user: Any, report: Report) -> bool:
    """Members read what is published; the office reads drafts too."""
    if accounts.is_office(user):
        return True
    return is_member(user) and report.state == ReportState.PUBLISHED


def can_edit_reports(user: Any) -> bool:
    return accounts.is_office(user)
