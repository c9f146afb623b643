"""Miyake of the office and Nakamura, an alumnus, invite Kuroda."""

from __future__ import annotations

from datetime import timedelta

import pytest
from django.core.exceptions import ValidationError

from cast import Cast
from conftest import NOON
from enishi.accounts.actions import invitations, registrations
from enishi.accounts.models import Invitation, Registration, Role
from enishi.accounts.queries import invitations as queries
from enishi.core import clock, limits, outbox
from enishi.core.models import OutgoingMail
from enishi.members.models import Member
from factories.registration import STINT, make_entry

pytestmark = pytest.mark.usefixtures("noon")


def from_office(cast: Cast, **fields: object) -> Invitation:
    values = {
        "kind": "officer",
        "email": "kuroda@mail.example",
        "by": cast.miyake.user,
        "family_name": "黒田",
        **fields,
    }
    return invitations.invite(**values)  # type: ignore[arg-type]


def accepted_and_sent(invitation: Invitation) -> Registration:
    registration = registrations.accept_invitation(invitation)
    registrations.save_step(registration, given_name="翠", stints=[STINT])
    registrations.submit(registration, purpose_version=1)
    registration.refresh_from_db()
    return registration


def test_only_the_hash_is_kept_and_the_mail_has_the_link(cast: Cast) -> None:
    invitation = from_office(cast)
    letter = outbox.compose(OutgoingMail.objects.get(kind="invitation"))
    assert letter is not None
    assert letter.button is not None
    token = letter.button[1].rstrip("/").rsplit("/", 1)[-1]
    assert len(token) == 32  # 192 bit
    assert queries.by_token(token) == invitation
    kept = repr(list(Invitation.objects.values())) + repr(list(OutgoingMail.objects.values()))
    assert token not in kept


def test_an_officers_invitation_admits_on_acceptance(cast: Cast) -> None:
    entry = make_entry()
    registration = accepted_and_sent(from_office(cast, roster_entry=entry))
    member = Member.objects.get(user__email="kuroda@mail.example")
    assert (registration.state, member.roster_entry, member.name) == ("admitted", entry, "黒田 翠")


def test_a_members_invitation_counts_the_route_and_the_office_decides(cast: Cast) -> None:
    invitation = invitations.invite(
        kind="member", email="kuroda@mail.example", by=cast.nakamura.user, family_name="黒田", signed="中村"
    )
    registration = accepted_and_sent(invitation)
    assert (registration.state, registration.route, registration.family_name) == ("submitted", "invited", "黒田")
    assert not Member.objects.filter(user__email="kuroda@mail.example").exists()


def test_an_invitation_works_once(cast: Cast) -> None:
    invitation = from_office(cast)
    registrations.accept_invitation(invitation)
    with pytest.raises(ValidationError):
        registrations.accept_invitation(invitation)
    assert Registration.objects.count() == 1


def test_fourteen_days_and_not_one_more(cast: Cast) -> None:
    invitation = from_office(cast)
    with clock.at(NOON + timedelta(days=14) - timedelta(seconds=1)):
        assert queries.state(invitation) == "open"
    with clock.at(NOON + timedelta(days=14)):
        assert queries.state(invitation) == "expired"
        with pytest.raises(ValidationError):
            registrations.accept_invitation(invitation)
    assert Registration.objects.count() == 0


def test_taken_back_it_opens_nothing(cast: Cast) -> None:
    invitation = from_office(cast)
    assert invitations.revoke(invitation, by=cast.miyake.user)
    assert not invitations.revoke(invitation, by=cast.miyake.user)
    invitation.refresh_from_db()
    assert queries.state(invitation) == "revoked"
    with pytest.raises(ValidationError):
        registrations.accept_invitation(invitation)


def test_whoever_lost_the_office_no_longer_admits(cast: Cast) -> None:
    """The grant is judged when it is used; the person can still ask, and the office decides."""
    invitation = from_office(cast)
    Role.objects.filter(user=cast.miyake.user).update(ended_at=NOON)
    invitation = Invitation.objects.get(pk=invitation.pk)
    assert not queries.admits(invitation)
    assert accepted_and_sent(invitation).state == "submitted"


def test_a_duty_comes_only_from_who_may_grant_it(cast: Cast) -> None:
    with pytest.raises(ValidationError):
        from_office(cast, role="host")
    with pytest.raises(ValidationError):
        from_office(cast, role="owner", by=cast.tadokoro.user)
    accepted_and_sent(from_office(cast, role="host", by=cast.tadokoro.user))
    assert Role.objects.get(user__email="kuroda@mail.example").kind == "host"


def test_a_duty_is_not_given_when_the_sender_was_demoted(cast: Cast) -> None:
    invitation = from_office(cast, role="host", by=cast.tadokoro.user)
    Role.objects.filter(user=cast.tadokoro.user).update(kind="officer")
    accepted_and_sent(Invitation.objects.get(pk=invitation.pk))
    assert not Role.objects.filter(user__email="kuroda@mail.example").exists()
    assert Member.objects.filter(user__email="kuroda@mail.example").exists()


def test_a_host_cannot_invite_for_the_office(cast: Cast) -> None:
    with pytest.raises(ValidationError):
        from_office(cast, by=cast.fujii.user)
    assert Invitation.objects.count() == 0


def test_a_taken_row_leaves_the_decision_to_the_office(cast: Cast) -> None:
    entry = make_entry()
    Member.objects.filter(pk=cast.mori.pk).update(roster_entry=entry)
    assert accepted_and_sent(from_office(cast, roster_entry=entry)).state == "submitted"


def test_an_address_gets_three_invitations_a_week(cast: Cast) -> None:
    for _ in range(3):
        from_office(cast)
    with pytest.raises(limits.TooMany):
        from_office(cast, by=cast.tadokoro.user)


def test_many_rows_are_invited_and_those_without_address_left_out(cast: Cast) -> None:
    rows = [make_entry(), make_entry(employee_number="000124", email="")]
    sent = invitations.invite_entries(rows, by=cast.miyake.user)
    assert [each.roster_entry for each in sent] == [rows[0]]


def test_a_members_address_gets_no_invitation_mail(cast: Cast) -> None:
    from_office(cast, email="mori@mail.example")
    assert outbox.compose(OutgoingMail.objects.get(kind="invitation")) is None
