"""Miyake invites people of the roster: some with a tick, or all that match; she sees who is left out and why."""

from __future__ import annotations

import re
from dataclasses import replace
from datetime import timedelta
from typing import Any

import pytest
from django.core.exceptions import ValidationError
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext
from django.urls import reverse

from cast import Cast
from enishi.accounts.actions import invitations, registrations, roster
from enishi.accounts.models import ErasureRecord, ImportRun, Invitation, Registration, RegistrationRoute, RosterEntry
from enishi.accounts.queries import erasures
from enishi.core import clock, outbox, sending
from enishi.core.models import AuditEntry, MailState, OutgoingMail
from enishi.office.imports import runs
from factories.registration import STINT, make_entry

pytestmark = pytest.mark.usefixtures("noon")
PEOPLE = reverse("office:roster-people")
INVITE = reverse("office:roster-invite")
INVITATIONS = reverse("accounts:office-invitations")


@pytest.fixture
def miyake(cast: Cast) -> Client:
    client = Client()
    client.force_login(cast.miyake.user)
    return client


def entry(number: int, **fields: Any) -> RosterEntry:
    values = {"employee_number": f"{number:06}", "email": f"p{number}@mail.example", "family_name": f"黒田{number}"}
    return make_entry(**{**values, **fields})


def page(client: Client, where: str, data: dict[str, Any] | None = None) -> str:
    answer = client.get(where, data or {})
    assert answer.status_code == 200
    return answer.content.decode()


def send(client: Client, picked: dict[str, Any], **letter: Any) -> Any:
    mark = re.search(r'name="mark" value="(\w+)"', page(client, INVITE, picked))
    values = {"language": "ja", "covered": "on", "send": "1", "mark": mark[1] if mark else "", **letter}
    return client.post(INVITE, {**picked, **{k: v for k, v in values.items() if v is not None}})


def invited() -> list[str]:
    return sorted(Invitation.objects.filter(revoked_at=None).values_list("email", flat=True))


def test_those_with_a_tick_are_invited_and_counted_under_a_code_of_their_own(miyake: Client, cast: Cast) -> None:
    rows = [entry(1), entry(2), entry(3)]
    answer = send(miyake, {"pick": "chosen", "row": [rows[0].pk, rows[2].pk]}, words="秋の会へどうぞ。")
    assert (answer.status_code, answer.headers["Location"]) == (303, INVITATIONS)
    assert invited() == ["p1@mail.example", "p3@mail.example"]
    one = Invitation.objects.get(email="p1@mail.example")
    code = RegistrationRoute.objects.get()
    assert (one.roster_entry, one.route_code, one.invited_by, one.words) == (
        rows[0], code, cast.miyake.user, "秋の会へどうぞ。",
    )  # fmt: skip
    assert (code.label, code.route) == ("名簿からの招待（2026年11月24日）", "flyer")
    assert AuditEntry.objects.filter(verb="invitation.sent").count() == 2


def test_an_address_with_words_alone_is_a_search_too(miyake: Client) -> None:
    entry(1)
    entry(2)
    assert [row.email for row, *_ in miyake.get(PEOPLE, {"q": "p2@"}).context["rows"]] == ["p2@mail.example"]


def test_the_letters_wait_and_then_go(miyake: Client) -> None:
    send(miyake, {"pick": "chosen", "row": [entry(1).pk]})
    assert sending.due() == []
    with clock.at(clock.now() + invitations.HOLD):
        mail = OutgoingMail.objects.get(kind="invitation")
        assert sending.due() == [mail.pk]
        letter = outbox.compose(mail)
    assert letter is not None
    assert letter.to == "p1@mail.example"
    assert "退職された方の名簿" in letter.reason
    assert "office@wakakusa.example" in letter.reason


def test_all_can_be_stopped_until_they_go(miyake: Client) -> None:
    send(miyake, {"pick": "chosen", "row": [entry(1).pk, entry(2).pk]})
    stop = reverse("accounts:office-invitations-stop")
    assert stop in page(miyake, INVITATIONS)
    assert miyake.post(stop).status_code == 303
    assert invited() == []
    assert stop not in page(miyake, INVITATIONS)
    assert AuditEntry.objects.filter(verb="invitation.revoked").count() == 2
    with clock.at(clock.now() + invitations.HOLD):
        keys = sending.due()
        assert sending.send_due() == 2
        states = OutgoingMail.objects.filter(pk__in=keys).values_list("state", flat=True)
        assert list(states) == [MailState.DROPPED] * 2


def test_what_went_out_is_not_stopped(miyake: Client) -> None:
    send(miyake, {"pick": "chosen", "row": [entry(1).pk]})
    with clock.at(clock.now() + invitations.HOLD):
        miyake.post(reverse("accounts:office-invitations-stop"))
    assert invited() == ["p1@mail.example"]


def test_all_that_match_are_invited_and_nobody_else(miyake: Client) -> None:
    entry(1, left_on="2019-03-31")
    entry(2, left_on="2021-03-31")
    entry(3, left_on="2023-03-31")
    send(miyake, {"pick": "all", "standing": "free", "left_from": "2021", "left_to": "令和3年"})
    assert invited() == ["p2@mail.example"]
    send(miyake, {"pick": "all", "standing": "free"})
    assert invited() == ["p1@mail.example", "p2@mail.example", "p3@mail.example"]


def test_each_who_is_left_out_is_named_with_the_reason(miyake: Client, cast: Cast) -> None:
    free = entry(1)
    rows = {
        "メンバーです": entry(2),
        "アドレスがありません": entry(3, email=""),
        "招待済みです": entry(4),
        "登録の手続き中です": entry(5),
        "登録を見送りました": entry(6),
        "前の行と同じアドレスです": entry(7, email=free.email, family_kana="ン"),
        "ご本人の希望で削除しました": entry(8),
        "1週間に3回招待しました": entry(9),
    }
    cast.mori.roster_entry = rows["メンバーです"]
    cast.mori.save()
    invitations.invite(kind="officer", email="p4@mail.example", by=cast.miyake.user)
    claims = {5: "submitted", 6: "declined"}
    for number, state in claims.items():
        claim = registrations.begin(email=f"p{number}@mail.example")
        Registration.objects.filter(pk=claim.pk).update(state=state, email_proved_at=clock.now())
    ErasureRecord.objects.create(employee_number_hash=erasures.number_hash("000008"), email_hash="", at=clock.now())
    for _each in range(3):
        invitations.revoke(
            invitations.invite(kind="officer", email="p9@mail.example", by=cast.miyake.user), by=cast.miyake.user
        )
    before = invited()
    picked = {"pick": "chosen", "row": [free.pk, *(row.pk for row in rows.values())]}
    left_out = page(miyake, INVITE, picked).split('id="h-skipped"')[1]
    for why, row in rows.items():
        assert row.shown_name in left_out.split(f"<span>{why} ")[1].split("</details>")[0]
    send(miyake, picked)
    assert invited() == sorted([*before, "p1@mail.example"])


def test_a_member_by_address_alone_is_left_out_too(miyake: Client, cast: Cast) -> None:
    row = entry(1, email=cast.mori.user.email)
    assert "メンバーです" in page(miyake, INVITE, {"pick": "chosen", "row": [row.pk]})
    assert send(miyake, {"pick": "chosen", "row": [row.pk]}).status_code == 422
    assert invited() == []


def test_an_open_draft_with_an_unproved_address_stops_nobody(miyake: Client) -> None:
    registrations.begin(email="p1@mail.example")
    send(miyake, {"pick": "chosen", "row": [entry(1).pk]})
    assert invited() == ["p1@mail.example"]


def test_the_letter_is_shown_as_it_will_be_read(miyake: Client) -> None:
    picked = {"pick": "chosen", "row": [entry(1).pk]}
    shown = page(miyake, INVITE, picked)
    assert '<article class="card stack" lang="ja">' in shown
    assert "黒田1" in shown
    assert "退職された方の名簿" in shown
    answer = miyake.post(INVITE, {**picked, "look": "1", "words": "Please come.", "language": "en"})
    article = answer.content.decode().split("<article")[1].split("</article>")[0]
    assert answer.status_code == 200
    assert 'lang="en"' in article
    assert "Please come." in article
    assert "Alumni Office" in article
    assert "アルムナイ事務局" not in article
    assert invited() == []


@pytest.mark.parametrize(
    ("letter", "words"),
    [
        ({"covered": None}, "チェック"),
        ({"mark": "other"}, "一覧が変わりました"),
        ({"words": "あ" * 401}, "400"),
        ({"language": "xx"}, ""),
        ({"code": "999999"}, ""),
        ({"code": "x\0"}, ""),
    ],
)
def test_what_is_missing_is_asked_for_and_nothing_is_sent(miyake: Client, letter: dict[str, Any], words: str) -> None:
    picked = {"pick": "chosen", "row": [entry(1).pk]}
    answer = send(miyake, picked, **letter)
    assert answer.status_code == 422
    assert words in answer.content.decode()
    assert invited() == []
    assert RegistrationRoute.objects.count() == 0
    assert send(miyake, picked).status_code == 303


def test_a_letter_to_many_asks_for_the_number(miyake: Client, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("enishi.office.forms.invite.SURE_ABOVE", 1)
    picked = {"pick": "chosen", "row": [entry(1).pk, entry(2).pk]}
    assert send(miyake, picked, number="3").status_code == 422
    assert send(miyake, picked).status_code == 422
    assert invited() == []
    assert send(miyake, picked, number="２名").status_code == 303
    assert len(invited()) == 2


def test_more_than_fit_in_one_letter_wait_for_the_next(miyake: Client, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("enishi.office.queries.invite.MOST_AT_ONCE", 2)
    for number in range(3):
        entry(number)
    send(miyake, {"pick": "all", "standing": "free"})
    assert len(invited()) == 2
    send(miyake, {"pick": "all", "standing": "free"})
    assert len(invited()) == 3


def test_letters_to_many_have_a_limit_a_day(miyake: Client, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(invitations, "TOGETHER", replace(invitations.TOGETHER, most=1))
    assert send(miyake, {"pick": "chosen", "row": [entry(1).pk]}).status_code == 303
    assert send(miyake, {"pick": "chosen", "row": [entry(2).pk]}).status_code == 429
    with clock.at(clock.now() + timedelta(days=1)):
        assert send(miyake, {"pick": "chosen", "row": [entry(3).pk]}).status_code == 303


def test_a_code_that_is_there_already_can_be_chosen(miyake: Client, cast: Cast) -> None:
    code = RegistrationRoute.objects.create(code="autumn", label="秋の案内", route="told_on_leaving")
    send(miyake, {"pick": "chosen", "row": [entry(1).pk]}, code=str(code.pk))
    one = Invitation.objects.get()
    assert one.route_code == code
    registration = registrations.accept_invitation(one)
    assert (registration.route, registration.route_code) == ("told_on_leaving", code)
    registrations.save_step(registration, given_name="翠", stints=[STINT])
    registrations.submit(registration, purpose_version=1)
    registration.refresh_from_db()
    assert registration.state == "admitted"
    assert "秋の案内" in page(miyake, reverse("accounts:office-routes"))


@pytest.mark.parametrize(
    "picked",
    [
        {}, {"pick": "all", "left_from": "soon"}, {"pick": "chosen"},
        {"pick": "all", "standing": "x"}, {"row": []},
    ],
)  # fmt: skip
def test_without_anybody_the_list_is_shown_again(miyake: Client, picked: dict[str, Any]) -> None:
    entry(1)
    answer = miyake.get(INVITE, picked)
    assert (answer.status_code, answer.headers["Location"]) == (303, PEOPLE)


@pytest.mark.parametrize("row", ["x", "9" * 40, "-1", "0", "٣"])
def test_rows_that_never_were_pick_nobody(miyake: Client, row: str) -> None:
    assert "選んだ方の中に、いま招待できる方はいません" in page(miyake, INVITE, {"pick": "chosen", "row": [row]})


def test_the_list_finds_by_name_number_address_year_and_standing(miyake: Client) -> None:
    entry(1, family_name="髙田", family_kana="タカダ", left_on="2019-03-31")
    entry(2, email="", left_on="2021-03-31")

    def found(**data: str) -> list[str]:
        shown = page(miyake, PEOPLE, {"standing": "", **data})
        return [name for name in ("髙田", "黒田2") if f"<b>{name}" in shown]

    assert found() == ["髙田", "黒田2"]
    assert found(q="p1@mail") == ["髙田"]
    assert found(q="takada") == ["髙田"]
    assert found(q="たか") == ["髙田"]
    assert found(q="高田") == ["髙田"]
    assert found(q="000002") == ["黒田2"]
    assert found(standing="no_address") == ["黒田2"]
    assert found(left_from="2020") == ["黒田2"]
    assert found(left_to="2020") == ["髙田"]
    assert found(q="誰か") == []
    assert found(left_to="いつか") == []
    assert "黒田2" not in page(miyake, PEOPLE)  # at first those who can be invited


def test_the_list_asks_a_fixed_number_of_questions(miyake: Client) -> None:
    def asked(rows: int) -> int:
        for _each in range(rows):
            entry(RosterEntry.objects.count() + 1)
        with CaptureQueriesContext(connection) as questions:
            shown = page(miyake, PEOPLE)
        assert shown.count('name="row"') == RosterEntry.objects.count()
        return len(questions)

    assert asked(1) == asked(2) <= 12


def test_the_ground_of_the_import_stands_beside_the_button(miyake: Client) -> None:
    run = ImportRun.objects.create(file_name="x.csv", fingerprint="x", basis="退職時の同意書12")
    shown = page(miyake, INVITE, {"pick": "chosen", "row": [entry(1, last_run=run).pk, entry(2).pk]})
    assert "退職時の同意書12" in shown
    assert "記録がありません" in shown


def test_others_reach_neither_page(cast: Cast) -> None:
    row = entry(1)
    other = Client()
    other.force_login(cast.fujii.user)
    assert other.get(PEOPLE).status_code == 403
    assert other.post(INVITE, {"pick": "chosen", "row": [row.pk], "send": "1", "covered": "on"}).status_code == 403
    assert invited() == []


def test_who_wishes_no_invitation_gets_none_until_allowed_again(miyake: Client, cast: Cast) -> None:
    row = entry(1)
    address = reverse("office:roster-mail", args=[row.pk])
    send(miyake, {"pick": "chosen", "row": [row.pk]})
    answer = miyake.post(address, {"mail": "no"}, follow=True)
    assert "招待を希望しません" in answer.content.decode()
    assert invited() == []  # the one that waited has ended
    assert send(miyake, {"pick": "chosen", "row": [row.pk]}).status_code == 422
    with pytest.raises(ValidationError):
        invitations.invite(kind="officer", email="p1@mail.example", by=cast.miyake.user)
    miyake.post(address, {"mail": "yes"})
    send(miyake, {"pick": "chosen", "row": [row.pk]})
    assert invited() == ["p1@mail.example"]
    lines = AuditEntry.objects.filter(verb__startswith="roster.mail").order_by("pk")
    assert [(line.verb, line.object_id) for line in lines] == [
        ("roster.mail-stopped", row.pk), ("roster.mail-allowed", row.pk),
    ]  # fmt: skip


def test_a_later_import_leaves_the_wish_as_it_is(miyake: Client, cast: Cast) -> None:
    row = entry(1)
    roster.stop_mail(row, by=cast.miyake.user)
    file = "社員番号,氏名,メールアドレス\r\n000001,黒田1 翠,new@mail.example\r\n".encode()
    run = runs.check(file, file_name="x.csv", by=cast.miyake.user)
    runs.carry_out(run, file, by=cast.miyake.user)
    row.refresh_from_db()
    assert (row.email, row.no_mail_at is not None) == ("new@mail.example", True)
