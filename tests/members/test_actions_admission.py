"""Miyake looks at Kuroda's claim and admits her."""

from __future__ import annotations

from datetime import date

import pytest
from django.core.exceptions import ValidationError

from cast import Cast
from conftest import NOON
from enishi.accounts.actions import registrations
from enishi.accounts.models import Consent, Registration, User
from enishi.core import outbox
from enishi.core.models import AuditEntry, OutgoingMail
from enishi.members.actions import admission
from enishi.members.models import Member
from enishi.members.queries import admissions
from enishi.members.signals import member_admitted
from factories.registration import STINT, make_entry, make_registration

pytestmark = pytest.mark.usefixtures("noon")


def test_admitting_makes_the_person_with_all_they_wrote(cast: Cast) -> None:
    entry = make_entry()
    levels = {"stints": "everyone", "employer": "only_me", "title": "office", "country": "everyone"}
    registration = make_registration(zone="Europe/Amsterdam", visibility=levels)
    member = admission.admit(registration, by=cast.miyake.user, entry=entry)
    stint = member.stints.get()
    assert (member.name, member.kana, member.roster_entry, member.route) == (
        "黒田 翠",
        "クロダ ミドリ",
        entry,
        "search",
    )
    assert (member.user.email, member.user.zone, member.admitted_at) == (
        "kuroda@mail.example",
        "Europe/Amsterdam",
        NOON,
    )
    assert (str(stint.site), str(stint.department), stint.from_year, stint.to_month) == (
        "つくば研究所",
        "創薬研究部",
        2004,
        9,
    )
    assert dict(member.visibilities.values_list("field", "level")) == levels
    assert [(c.kind, c.version, c.agreed) for c in Consent.objects.filter(user=member.user).order_by("pk")] == [
        ("purpose", 1, True),
        ("visibility", 1, True),
    ]
    assert AuditEntry.objects.get(verb="registration.admitted").data == {"member": member.pk, "entry": entry.pk}


def test_pressed_twice_there_is_one_member_one_welcome_one_signal(cast: Cast) -> None:
    heard: list[Member] = []
    member_admitted.connect(lambda member, **_: heard.append(member), weak=False, dispatch_uid="test")
    try:
        registration = make_registration()
        first = admission.admit(registration, by=cast.miyake.user)
        second = admission.admit(Registration.objects.get(pk=registration.pk), by=cast.tadokoro.user)
    finally:
        member_admitted.disconnect(dispatch_uid="test")
    assert (first, heard) == (second, [first])
    assert OutgoingMail.objects.filter(kind="welcome").count() == 1
    letter = outbox.compose(OutgoingMail.objects.get(kind="welcome"))
    assert letter is not None
    assert letter.to == "kuroda@mail.example"


def test_a_row_of_the_roster_is_taken_by_one_member_only(cast: Cast) -> None:
    entry = make_entry()
    admission.admit(make_registration(), by=cast.miyake.user, entry=entry)
    other = make_registration(email="other@mail.example")
    with pytest.raises(ValidationError):
        admission.admit(other, by=cast.miyake.user, entry=entry)
    other.refresh_from_db()
    assert (other.state, User.objects.by_email("other@mail.example")) == ("submitted", None)
    assert admission.admit(other, by=cast.miyake.user).roster_entry is None


def test_what_was_declined_or_taken_back_is_not_admitted(cast: Cast) -> None:
    declined, draft = make_registration(), make_registration(email="b@mail.example")
    registrations.decline(declined, reason="not_eligible", by=cast.miyake.user)
    registrations.take_back(draft)
    for registration in (declined, draft):
        with pytest.raises(ValidationError):
            admission.admit(registration, by=cast.miyake.user)
    assert not Member.objects.filter(family_name="黒田").exists()


def test_an_account_without_a_member_is_used_again(cast: Cast) -> None:
    registration = make_registration()
    Registration.objects.filter(pk=registration.pk).update(email=cast.applicant.email)
    registration.refresh_from_db()
    assert admission.admit(registration, by=cast.miyake.user).user == cast.applicant


def test_sites_typed_in_another_width_are_one_site(cast: Cast) -> None:
    registration = make_registration(stints=[{**STINT, "site": "つくば研究所　"}, {**STINT, "site": "ﾂｸﾊﾞ分室"}])
    member = admission.admit(registration, by=cast.miyake.user)
    assert [str(stint.site) for stint in member.stints.order_by("pk")] == ["つくば研究所", "ツクバ分室"]


def test_an_exact_match_is_put_up_for_one_press_and_admits_nobody(cast: Cast) -> None:
    entry = make_entry()
    make_registration(email="a@mail.example", family_name="別人", family_kana="ベツジン")
    by_name = make_registration()
    waiting = admissions.queue()
    assert (waiting[0].registration.pk, waiting[0].exact and waiting[0].exact.entry) == (by_name.pk, entry)
    assert [bool(each.exact) for each in waiting] == [True, False]
    assert Member.objects.filter(roster_entry=entry).count() == 0


@pytest.mark.parametrize("number", ["000123", "123", "0123"])
def test_the_number_with_the_name_is_exact_too(cast: Cast, number: str) -> None:
    make_entry(family_kana="", given_kana="", joined_on=None)
    make_registration(employee_number=number)
    assert admissions.queue()[0].exact is not None


@pytest.mark.parametrize("what", ["unproved", "taken", "two rows"])
def test_exact_needs_a_proved_address_and_one_free_row(cast: Cast, what: str) -> None:
    entry = make_entry()
    registration = make_registration()
    assert admissions.queue()[0].exact is not None
    if what == "unproved":
        Registration.objects.filter(pk=registration.pk).update(email_proved_at=None)
    elif what == "taken":
        Member.objects.filter(pk=cast.mori.pk).update(roster_entry=entry)
    else:
        make_entry(employee_number="000999")
    assert admissions.queue()[0].exact is None


def test_candidates_are_ranked_and_differences_named(cast: Cast) -> None:
    changed = make_entry(family_name="白川", family_kana="シラカワ", email="")
    namesake = make_entry(employee_number="000777", joined_on=date(1990, 4, 1), left_on=date(1992, 3, 31), email="")
    make_entry(
        employee_number="000888", family_name="小野", family_kana="オノ", given_name="翔", given_kana="ショウ", email=""
    )
    found = admissions.candidates(make_registration(former_family="白川"))
    assert [one.entry for one in found] == [changed, namesake]
    kinds = {one.field: one.kind for one in found[1].score.differences}
    assert (kinds["family_name"], kinds["joined"], kinds["left"]) == ("same", "different", "different")


def test_a_taken_candidate_is_shown_as_taken(cast: Cast) -> None:
    entry = make_entry()
    Member.objects.filter(pk=cast.mori.pk).update(roster_entry=entry)
    assert [one.taken for one in admissions.candidates(make_registration())] == [True]


def test_the_queue_reads_as_often_for_one_as_for_three(cast: Cast, django_assert_num_queries: object) -> None:
    make_entry()
    make_registration()
    with django_assert_num_queries(3):  # type: ignore[operator]
        admissions.queue()
    for number in range(2):
        make_registration(email=f"{number}@mail.example")
    with django_assert_num_queries(3):  # type: ignore[operator]
        assert len(admissions.queue()) == 3
