"""Leaving and being erased: at once, by the person's own press."""

from __future__ import annotations

from datetime import timedelta

from django.core.exceptions import ValidationError
from django.db import transaction
from django.utils.translation import gettext as _

from enishi.accounts.actions import invitations, roster
from enishi.accounts.models import ErasureRecord, RosterEntry, User
from enishi.accounts.queries import erasures
from enishi.core import audit, clock, dates, personal_data, sessions
from enishi.core.models import MailState, OutgoingMail
from enishi.members import policies
from enishi.members.models import Member, OfficeRequest
from enishi.members.signals import member_left


def leave(member: Member, *, by: User | None) -> None:
    """End access, let every app clear what it keeps, and remember, as keyed hashes, not to bring the person back.

    What stays is what each holding says in `kept`: a number, dates, acts.
    """
    if not policies.can_leave(member):
        raise ValidationError(_("You are the last owner. Please give another person this duty before you leave."))
    user = member.user
    with transaction.atomic():
        if not Member.objects.filter(pk=member.pk, left_at=None).update(left_at=clock.now()):
            return  # pressed twice
        user.end_access()
        member_left.send(Member, member=member, by=by)
        _remember(member, user)
        sessions.forget_address(user.email)
        invitations.revoke_all_of(user)
        erased = sum(holding.erase(user) for holding in reversed(personal_data.holdings()))
        OutgoingMail.objects.filter(user_id=user.pk, state__in=(MailState.QUEUED, MailState.LEASED)).update(
            state=MailState.DROPPED, done_at=clock.now()
        )
        _write_down(member)
        audit.record("member.left", by=by, about=member, rows=erased)


def _remember(member: Member, user: User) -> None:
    """Every number and address by which a later import could know the person again."""
    registration = getattr(user, "registration", None)
    entry = member.roster_entry or (registration.claimed_entry if registration else None)
    pairs = {(entry.employee_number if entry else "", user.email)}
    if entry is not None and entry.email:
        pairs.add((entry.employee_number, entry.email))
    if registration is not None and registration.employee_number:
        pairs.add((registration.employee_number, user.email))
    roster.forget_person({number for number, _email in pairs if number})
    for number, email in pairs:
        ErasureRecord.objects.create(
            employee_number_hash=erasures.number_hash(number), email_hash=erasures.email_hash(email), at=clock.now()
        )
    if entry is not None:
        RosterEntry.objects.filter(pk=entry.pk).delete()


def _write_down(member: Member) -> None:
    """The line on the request desk: asked and done at once, under the number alone."""
    now = clock.now()
    OfficeRequest.objects.filter(member_number=member.pk).update(member=None, words="", result="")
    OfficeRequest.objects.create(
        kind=OfficeRequest.Kind.ERASURE,
        member=None,
        member_number=member.pk,
        asked_at=now,
        due_on=clock.today(dates.network_zone()) + timedelta(days=30),
        done_at=now,
    )
