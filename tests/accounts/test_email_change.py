"""Nakamura has another address: the new one proves itself, the old one is told, every other session ends."""

from __future__ import annotations

from datetime import timedelta
from typing import Any

import pytest
from django.contrib.auth import SESSION_KEY
from django.test import Client
from django.urls import reverse

from cast import Cast, make_network
from enishi.accounts.actions import email_change, sign_in
from enishi.accounts.models import EmailChange, User
from enishi.accounts.queries.proofs import State, code, look, token
from enishi.core import clock, limits, outbox
from enishi.core.models import AuditEntry, OutgoingMail

pytestmark = pytest.mark.usefixtures("noon")
ASK, SENT = reverse("accounts:email-change"), reverse("accounts:email-change-sent")
OLD, NEW = "nakamura@mail.example", "satoshi@new.example"


def signed_in(user: User) -> Client:
    client = Client()
    client.force_login(user)
    return client


@pytest.fixture
def nakamura(cast: Cast) -> Client:
    return signed_in(cast.nakamura.user)


def asked(client: Client, email: str = NEW) -> EmailChange:
    answer = client.post(ASK, {"email": email})
    assert (answer.status_code, answer.headers["Location"]) == (303, SENT)
    return EmailChange.objects.latest("pk")


def link(change: EmailChange) -> str:
    return reverse("accounts:email-change-link", args=[change.pk, token(change)])


def address(cast: Cast) -> str:
    return User.objects.get(pk=cast.nakamura.user_id).email


def letter(kind: str) -> outbox.Letter | None:
    return outbox.compose(OutgoingMail.objects.filter(kind=kind).latest("pk"))


def is_in(client: Client) -> bool:
    client.get("/about/")
    return SESSION_KEY in client.session


def test_the_code_changes_the_address_where_it_was_asked(nakamura: Client, cast: Cast) -> None:
    elsewhere = signed_in(cast.nakamura.user)
    change = asked(nakamura)
    assert address(cast) == OLD
    proof = letter("accounts.email_change")
    assert proof is not None
    assert (proof.to, proof.code) == (NEW, code(change))
    answer = nakamura.post(SENT, {"code": proof.code}, follow=True)
    assert answer.redirect_chain == [("/me/", 303)]
    assert NEW in answer.content.decode()
    assert address(cast) == NEW
    assert (is_in(nakamura), is_in(elsewhere)) == (True, False)
    line = AuditEntry.objects.get(verb="email.changed")
    assert (line.actor_id, line.object_id, line.data) == (cast.nakamura.user_id, cast.nakamura.user_id, {})


def test_the_old_address_is_told_and_the_new_one_is_not_named_to_it(nakamura: Client) -> None:
    change = asked(nakamura)
    email_change.use_link(change.pk, token(change))
    word = letter("accounts.email_changed")
    assert word is not None
    assert word.to == OLD
    assert NEW not in repr(word)
    assert "office@wakakusa.example" in repr(word)


def test_the_link_works_in_another_browser_after_a_button(nakamura: Client, cast: Cast) -> None:
    change, other = asked(nakamura), Client()
    for _each in range(2):
        assert other.get(link(change)).status_code == 200
    assert address(cast) == OLD
    answer = other.post(link(change))
    assert answer.status_code == 200
    assert NEW in answer.content.decode()
    assert address(cast) == NEW
    assert (is_in(nakamura), is_in(other)) == (False, False)
    assert other.post(link(change)).status_code == 410


def test_by_the_link_in_the_same_browser_one_stays_inside(nakamura: Client, cast: Cast) -> None:
    answer = nakamura.post(link(asked(nakamura)))
    assert (answer.status_code, answer.headers["Location"]) == (303, "/me/")
    assert is_in(nakamura)


def test_someone_elses_address_gets_the_same_page_and_changes_nothing(nakamura: Client, cast: Cast) -> None:
    change = asked(nakamura, "MORI@mail.example")
    taken = nakamura.get(SENT).content.decode().replace("mori@mail.example", NEW)
    word = letter("accounts.email_change")
    assert word is not None
    assert (word.to, word.code) == ("mori@mail.example", "")
    assert nakamura.post(SENT, {"code": code(change)}).status_code == 422
    assert nakamura.post(link(change)).status_code == 410
    assert address(cast) == OLD
    asked(nakamura)
    free = nakamura.get(SENT).content.decode()
    assert [line for line in taken.splitlines() if "csrf" not in line] == [
        line for line in free.splitlines() if "csrf" not in line
    ]


def test_one_address_for_two_goes_to_the_quicker(nakamura: Client, cast: Cast) -> None:
    mine = asked(nakamura)
    theirs = asked(signed_in(cast.mori.user))
    assert email_change.use_link(theirs.pk, token(theirs))[0] is State.OPEN
    assert email_change.use_link(mine.pk, token(mine))[0] is State.USED
    assert address(cast) == OLD
    mine.refresh_from_db()
    assert mine.used_at is None


def test_three_wrong_codes_close_it_and_the_link_still_works(nakamura: Client, cast: Cast) -> None:
    change = asked(nakamura)
    wrong = "000000" if code(change) != "000000" else "111111"
    for _each in range(3):
        assert nakamura.post(SENT, {"code": wrong}).status_code == 422
    assert nakamura.post(SENT, {"code": code(change)}).status_code == 422
    assert address(cast) == OLD
    assert nakamura.post(link(change)).status_code == 303


def test_a_code_is_of_no_use_in_another_browser(nakamura: Client, cast: Cast) -> None:
    change = asked(nakamura)
    assert email_change.use_code(change.pk, code(change), browser="another") is None
    assert address(cast) == OLD


@pytest.mark.parametrize("after", [timedelta(minutes=15), timedelta(days=2)])
def test_it_is_over_after_fifteen_minutes(nakamura: Client, cast: Cast, after: timedelta) -> None:
    change = asked(nakamura)
    with clock.at(clock.now() + after):
        assert look(EmailChange, change.pk, token(change))[0] is State.EXPIRED
        assert email_change.use_code(change.pk, code(change), browser="x") is None
        assert letter("accounts.email_change") is None
    assert address(cast) == OLD


def test_a_later_wish_ends_the_earlier_one(nakamura: Client) -> None:
    first = asked(nakamura)
    second = asked(nakamura, "third@new.example")
    assert [look(EmailChange, each.pk, token(each))[0] for each in (first, second)] == [State.EXPIRED, State.OPEN]


def test_leaving_or_a_raised_epoch_ends_the_wish(nakamura: Client, cast: Cast) -> None:
    change = asked(nakamura)
    cast.nakamura.user.end_access()
    assert look(EmailChange, change.pk, token(change))[0] is State.EXPIRED


def test_a_pending_sign_in_link_ends_with_the_change(nakamura: Client, cast: Cast) -> None:
    number = sign_in.ask(OLD, browser="b", ip="192.0.2.9")
    change = asked(nakamura)
    email_change.use_link(change.pk, token(change))
    assert not sign_in._usable().filter(pk=number).exists()


@pytest.mark.parametrize("email", ["", "no address", OLD, "NAKAMURA@mail.example", "a" * 300])
def test_what_is_no_new_address_is_said_and_kept(nakamura: Client, email: str) -> None:
    assert nakamura.post(ASK, {"email": email}).status_code == 422
    assert not EmailChange.objects.exists()


def test_five_mails_an_hour_go_to_one_address(nakamura: Client) -> None:
    for _each in range(limits.SIGN_IN_PER_ADDRESS.most):
        asked(nakamura)
    assert nakamura.post(ASK, {"email": NEW}).status_code == 429


def test_outside_the_demo_the_person_proves_it_anew_first(nakamura: Client, cast: Cast) -> None:
    make_network(is_demo=False)
    answer = nakamura.post(ASK, {"email": NEW})
    assert answer.headers["Location"].startswith(reverse("accounts:confirm"))
    assert not EmailChange.objects.exists()


def test_the_old_address_is_forgotten_after_a_month(nakamura: Client) -> None:
    change = asked(nakamura)
    email_change.use_link(change.pk, token(change))
    with clock.at(clock.now() + timedelta(days=29)):
        assert email_change.forget_old() == 0
    with clock.at(clock.now() + timedelta(days=31)):
        assert email_change.forget_old() == 1


def test_neither_link_nor_code_is_kept(nakamura: Client) -> None:
    change = asked(nakamura)
    rows: list[Any] = [*EmailChange.objects.values(), *OutgoingMail.objects.values(), *AuditEntry.objects.values()]
    assert token(change) not in repr(rows)
    assert code(change) not in repr(rows)
