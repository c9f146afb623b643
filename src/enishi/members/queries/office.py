"""The office's lists: members by name, and the request desk."""

from __future__ import annotations

from django.db.models import Count, F, Q, QuerySet

from enishi.accounts.queries import named
from enishi.core import clock, dates
from enishi.core.fields import printable
from enishi.engines import names
from enishi.members.models import Member, OfficeRequest

LOOKED_AT = 1000
FITS = 0.3


def members(search: str = "") -> QuerySet[Member]:
    """Present members in the order of their reading; `search` takes kanji, kana, Latin letters, former names, an address."""
    rows = Member.objects.present().select_related("user").order_by("family_kana", "given_kana", "family_name", "pk")
    words = printable(search).strip()[:100]
    if not words:
        return rows
    q = named.begins(words)
    if words.isascii():  # only then can it be a part of an address, and only then the accounts are read
        q |= Q(user__email__icontains=words)
    found = rows.filter(q)
    return found if found.exists() else rows.filter(pk__in=_alike(rows, words))


def _alike(rows: QuerySet[Member], words: str) -> list[int]:
    """Where nothing begins with what was typed: initials, slips of the finger, two names in one."""
    q = Q(pk=None)
    for key in filter(None, names.query_keys(words)):
        q |= Q(name_keys__contains=key)
    possible = list(rows.filter(q)[:LOOKED_AT])
    return [row.pk for row in possible if _fits(words, row)] or [row.pk for row in possible]


def _fits(words: str, member: Member) -> bool:
    """The keys bring in everyone who shares one word; the whole of what was typed decides."""
    return names.match(words, member.name_parts()).score >= FITS


def requests() -> QuerySet[OfficeRequest]:
    """Open ones first, the most urgent on top; then the closed ones, newest first."""
    return OfficeRequest.objects.select_related("member").order_by(F("done_at").desc(nulls_first=True), "due_on", "-pk")


def open_requests() -> int:
    return OfficeRequest.objects.filter(done_at=None).count()


def overdue_requests() -> int:
    return OfficeRequest.objects.filter(done_at=None, due_on__lt=clock.today(dates.network_zone())).count()


def figures() -> dict[str, int]:
    """How many are members now, and how many of them work at the company."""
    return Member.objects.present().aggregate(all=Count("pk"), employees=Count("pk", filter=Q(is_employee=True)))
