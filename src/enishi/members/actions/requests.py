"""The request desk: what someone asks about their own data, and the office's answer."""

from __future__ import annotations

import calendar
from datetime import date, timedelta

from django.core.exceptions import ValidationError
from django.db import transaction
from django.utils.translation import gettext as _

from enishi.accounts.models import User
from enishi.core import audit, clock, dates, limits, outbox
from enishi.members.models import Member, OfficeRequest

PER_MEMBER = limits.Limit("requests of one member", 10, timedelta(days=1))
ASKED = (OfficeRequest.Kind.DISCLOSURE, OfficeRequest.Kind.CORRECTION, OfficeRequest.Kind.SUSPENSION)


def ask(member: Member, *, kind: str, words: str, by: User) -> OfficeRequest:
    """Put a request on the desk; it is due one month later (GDPR, article 12)."""
    if kind not in ASKED:
        raise ValidationError(_("Please choose what you ask for."))
    limits.hit(PER_MEMBER, member.pk)
    with transaction.atomic():
        request = OfficeRequest.objects.create(
            kind=kind,
            member=member,
            member_number=member.pk,
            words=words,
            asked_at=clock.now(),
            due_on=month_later(clock.today(dates.network_zone())),
        )
        audit.record("request.asked", by=by, about=request, kind=kind)
    return request


def answer(request: OfficeRequest, *, result: str, by: User) -> bool:
    """Close a request with what was done; the person gets it by mail. False when it was closed before."""
    with transaction.atomic():
        if not OfficeRequest.objects.filter(pk=request.pk, done_at=None).update(done_at=clock.now(), result=result):
            return False
        audit.record("request.answered", by=by, about=request, kind=request.kind)
        if request.member_id is not None:
            outbox.write("request-answered", user=request.member.user, request=request.pk)  # type: ignore[union-attr]
    return True


def month_later(day: date) -> date:
    """The same day of the next month, or its last day."""
    year, month = (day.year + 1, 1) if day.month == 12 else (day.year, day.month + 1)
    return day.replace(year=year, month=month, day=min(day.day, calendar.monthrange(year, month)[1]))
