"""Nakamura leaves: what goes, what stays, and that nothing brings him back."""

from __future__ import annotations

import io
import json
import zipfile
from typing import Any

import pytest
from django.apps import apps
from django.contrib.sessions.models import Session
from django.core.exceptions import ValidationError
from django.test import Client

from cast import Cast
from conftest import NOON
from enishi.accounts.actions import invitations
from enishi.accounts.models import Consent, ImportRun, Invitation, RosterEntry
from enishi.accounts.queries import erasures
from enishi.core import outbox
from enishi.core.models import AuditEntry, OutgoingMail
from enishi.members.actions import admission, leaving, profiles, requests
from enishi.members.models import Member, OfficeRequest, Stint
from enishi.members.queries import download
from enishi.members.signals import member_left
from factories.registration import STINT, make_entry, make_registration

pytestmark = pytest.mark.usefixtures("noon")
CANARY = "CANARY"


def admitted(cast: Cast) -> Member:
    """Kuroda, whose every text is a canary."""
    entry = make_entry(employer=CANARY, manager=CANARY, employee_number=f"{CANARY}-1", email="canary@mail.example")
    fields = dict.fromkeys(("employer", "title", "country", "former_family", "roman", "route_words"), CANARY)
    registration = make_registration(
        email="canary@mail.example",
        family_name=CANARY,
        given_name=CANARY,
        family_kana=CANARY,
        given_kana=CANARY,
        employee_number=f"{CANARY}-1",
        stints=[{**STINT, "manager": CANARY}],
        **fields,
    )
    return admission.admit(registration, by=cast.miyake.user, entry=entry)


def everything_kept() -> str:
    return repr([list(model._base_manager.values()) for model in apps.get_models()]).lower()


def test_after_leaving_nothing_of_the_person_is_found_anywhere(cast: Cast) -> None:
    member = admitted(cast)
    requests.ask(member, kind="correction", words=CANARY, by=member.user)
    invitations.invite(kind="member", email="friend@mail.example", by=member.user, words=CANARY, signed=CANARY)
    report = [{"row": 1, "verdict": "warned", "why": "kana: empty", "number": f"{CANARY}-1"}]
    ImportRun.objects.create(fingerprint="f", content=f"氏名\n{CANARY}\n".encode(), report=report)
    assert everything_kept().count("canary") > 20  # there is something to see
    leaving.leave(member, by=member.user)
    assert everything_kept().count("canary") == 0


def test_no_browser_keeps_the_address_that_was_typed_in_it(cast: Cast) -> None:
    member = admitted(cast)
    asked, other = Client(), Client()
    asked.post("/sign-in/", {"email": "Canary@mail.example"})
    other.post("/sign-in/", {"email": "another.canary@mail.example"})
    assert "canary@mail.example" in str(asked.session.load())
    leaving.leave(member, by=member.user)
    assert list(Session.objects.values_list("pk", flat=True)) == [other.session.session_key]


def test_leaving_ends_access_at_once(cast: Cast) -> None:
    member = admitted(cast)
    before = member.user.get_session_auth_hash()
    leaving.leave(member, by=member.user)
    user = type(member.user).objects.get(pk=member.user_id)
    assert (user.is_active, user.closed_at) == (False, NOON)
    assert user.get_session_auth_hash() != before


def test_the_number_stays_with_the_ledger_and_the_acts(cast: Cast) -> None:
    member = admitted(cast)
    leaving.leave(member, by=member.user)
    left = Member.objects.get(pk=member.pk)
    assert (left.left_at, left.route, left.name_keys, left.admitted_at) == (NOON, "search", "", NOON)
    assert Consent.objects.filter(user_id=member.user_id).count() == 2
    assert AuditEntry.objects.get(verb="member.left").object_id == member.pk
    desk = OfficeRequest.objects.get(kind="erasure")
    assert (desk.member, desk.member_number, desk.done_at) == (None, member.pk, NOON)


def test_others_are_untouched(cast: Cast) -> None:
    stints = Stint.objects.count()
    leaving.leave(admitted(cast), by=None)
    assert Member.objects.get(pk=cast.nakamura.pk).name == "中村 聡"
    assert Stint.objects.count() == stints


def test_a_re_import_does_not_know_the_person(cast: Cast) -> None:
    member = admitted(cast)
    assert not erasures.ledger().has(f"{CANARY}-1", "canary@mail.example")
    leaving.leave(member, by=member.user)
    assert erasures.ledger().has(f"{CANARY}-1", "")
    assert erasures.ledger().has("", "Canary@Mail.example ")
    assert not erasures.ledger().has("", "")
    assert not erasures.ledger().has("000001", "nakamura@mail.example")
    assert RosterEntry.objects.count() == 0


def test_the_signal_comes_before_anything_is_erased(cast: Cast) -> None:
    seen: list[tuple[str, int]] = []

    def hear(member: Member, **_: Any) -> None:
        seen.append((Member.objects.get(pk=member.pk).family_name, member.stints.count()))

    member_left.connect(hear, weak=False, dispatch_uid="test")
    try:
        leaving.leave(admitted(cast), by=None)
    finally:
        member_left.disconnect(dispatch_uid="test")
    assert seen == [(CANARY, 1)]


def test_pressed_twice_there_is_one_leaving(cast: Cast) -> None:
    member = admitted(cast)
    leaving.leave(member, by=None)
    leaving.leave(member, by=None)
    assert OfficeRequest.objects.filter(kind="erasure").count() == 1


def test_when_an_app_fails_nothing_is_half_erased(cast: Cast) -> None:
    member = admitted(cast)

    def fail(**_: Any) -> None:
        raise RuntimeError

    member_left.connect(fail, weak=False, dispatch_uid="test")
    try:
        with pytest.raises(RuntimeError):
            leaving.leave(member, by=None)
    finally:
        member_left.disconnect(dispatch_uid="test")
    assert Member.objects.get(pk=member.pk).left_at is None


def test_the_last_owner_hands_over_first(cast: Cast) -> None:
    with pytest.raises(ValidationError):
        leaving.leave(cast.tadokoro, by=cast.tadokoro.user)
    leaving.leave(cast.miyake, by=cast.miyake.user)
    assert Member.objects.get(pk=cast.miyake.pk).left_at == NOON


def test_what_was_sent_and_unused_ends(cast: Cast) -> None:
    invitations.invite(kind="member", email="friend@mail.example", by=cast.nakamura.user)
    leaving.leave(cast.nakamura, by=None)
    assert Invitation.objects.filter(used_at=None, revoked_at=None).count() == 0


def test_mail_that_waits_for_someone_who_left_is_dropped(cast: Cast) -> None:
    member = admitted(cast)
    leaving.leave(member, by=None)
    assert set(OutgoingMail.objects.filter(user_id=member.user_id).values_list("state", flat=True)) == {"dropped"}


def test_the_download_holds_all_of_ones_own_and_nothing_of_others(cast: Cast) -> None:
    member = admitted(cast)
    archive = zipfile.ZipFile(io.BytesIO(download.archive(member.user)))
    data = json.loads(archive.read("data.json"))
    rows = {each["model"]: each["rows"] for each in data["holdings"]}
    assert rows["members.Member"][0]["employer"] == CANARY
    assert rows["members.Stint"][0]["manager"] == CANARY
    assert rows["accounts.RosterEntry"][0]["employee_number"] == f"{CANARY}-1"
    assert rows["accounts.Registration"][0]["email"] == "canary@mail.example"
    text = archive.read("data.json").decode()
    assert not [each for each in cast.alumni if each.family_name in text]


def test_no_cell_of_the_download_acts_in_a_spreadsheet(cast: Cast) -> None:
    Member.objects.filter(pk=cast.nakamura.pk).update(employer="=1+1", title="＝1+1")
    archive = zipfile.ZipFile(io.BytesIO(download.archive(cast.nakamura.user)))
    table = archive.read("members-member.csv").decode("utf-8-sig")
    assert "'=1+1" in table
    assert "'＝1+1" in table


def test_a_request_is_due_in_a_month_and_answered_once(cast: Cast) -> None:
    asked = requests.ask(cast.nakamura, kind="disclosure", words="", by=cast.nakamura.user)
    assert asked.due_on.isoformat() == "2026-12-24"
    assert requests.answer(asked, result="お送りしました。", by=cast.miyake.user)
    assert not requests.answer(asked, result="もう一度", by=cast.miyake.user)
    letter = outbox.compose(OutgoingMail.objects.get(kind="request-answered"))
    assert letter is not None
    assert (letter.to, letter.paragraphs[-1]) == ("nakamura@mail.example", "お送りしました。")


def test_erasure_is_not_asked_for_at_the_desk(cast: Cast) -> None:
    with pytest.raises(ValidationError):
        requests.ask(cast.nakamura, kind="erasure", words="", by=cast.nakamura.user)


def test_a_change_of_visibility_is_a_line_in_the_ledger(cast: Cast) -> None:
    values = {
        **{name: getattr(cast.nakamura, name) for name in profiles.MEMBER_FIELDS},
        "zone": "",
        "language": "ja",
        "theme": "",
    }
    levels = {"stints": "everyone", "employer": "same_workplace", "title": "everyone", "country": "everyone"}
    profiles.save(cast.nakamura, by=cast.nakamura.user, values=values, rows=[], levels=levels)
    assert Consent.objects.count() == 0  # as it was
    profiles.save(cast.nakamura, by=cast.nakamura.user, values=values, rows=[], levels={**levels, "country": "only_me"})
    line = Consent.objects.get()
    assert (line.kind, line.data["country"]) == ("visibility", "only_me")
