"""A ticket opens the door once, in time, and only for the account as it was."""

from __future__ import annotations

from datetime import timedelta

import pytest
from django.db import connection

from cast import Cast
from enishi.accounts.actions import sign_in
from enishi.accounts.models import SignInTicket
from enishi.accounts.queries.proofs import State, code, look, token
from enishi.core import clock, limits, outbox, sending
from enishi.core.models import AuditEntry, OutgoingMail


def _ticket(cast: Cast, browser: str = "b") -> SignInTicket:
    return SignInTicket.objects.get(pk=sign_in.ask(cast.nakamura.user.email, browser=browser, ip="192.0.2.1"))


def test_nakamura_comes_in_by_the_link_once(cast: Cast, noon: object) -> None:
    ticket = _ticket(cast)
    assert look(SignInTicket, ticket.pk, token(ticket))[0] is State.OPEN
    assert sign_in.use_link(ticket.pk, token(ticket))[0] is State.OPEN
    assert sign_in.use_link(ticket.pk, token(ticket))[0] is State.USED


def test_the_link_is_over_after_fifteen_minutes(cast: Cast, noon: object) -> None:
    ticket = _ticket(cast)
    with clock.at(clock.now() + timedelta(minutes=14, seconds=59)):
        assert look(SignInTicket, ticket.pk, token(ticket))[0] is State.OPEN
    with clock.at(clock.now() + timedelta(minutes=15)):
        assert sign_in.use_link(ticket.pk, token(ticket))[0] is State.EXPIRED
    ticket.refresh_from_db()
    assert ticket.used_at is None


def test_a_raised_epoch_ends_tickets(cast: Cast, noon: object) -> None:
    ticket = _ticket(cast)
    ticket.user.end_access()
    assert sign_in.use_link(ticket.pk, token(ticket))[0] is State.EXPIRED
    assert sign_in.use_code(ticket.pk, code(ticket), browser="b") is None


def test_a_closed_account_has_no_open_link(cast: Cast, noon: object) -> None:
    ticket = _ticket(cast)
    type(ticket.user).objects.filter(pk=ticket.user_id).update(is_active=False)
    assert sign_in.use_link(ticket.pk, token(ticket))[0] is State.UNKNOWN


def test_the_code_opens_in_the_browser_that_asked_only(cast: Cast, noon: object) -> None:
    ticket = _ticket(cast)
    assert sign_in.use_code(ticket.pk, code(ticket), browser="another") is None
    assert sign_in.use_code(ticket.pk, code(ticket), browser="b") == ticket
    assert sign_in.use_code(ticket.pk, code(ticket), browser="b") is None


def test_the_code_is_dead_after_three_tries(cast: Cast, noon: object) -> None:
    ticket = _ticket(cast)
    wrong = "000000" if code(ticket) != "000000" else "111111"
    for _ in range(3):
        assert sign_in.use_code(ticket.pk, wrong, browser="b") is None
    assert sign_in.use_code(ticket.pk, code(ticket), browser="b") is None
    assert sign_in.use_link(ticket.pk, token(ticket))[0] is State.OPEN  # the link is another way


def test_the_code_is_over_after_fifteen_minutes(cast: Cast, noon: object) -> None:
    ticket = _ticket(cast)
    with clock.at(clock.now() + timedelta(minutes=15)):
        assert sign_in.use_code(ticket.pk, code(ticket), browser="b") is None
    assert sign_in.use_code(ticket.pk, code(ticket), browser="b") == ticket


@pytest.mark.parametrize("given", ["", "x", "ｘ", "\x00", "a" * 100_000])
def test_a_broken_token_is_unknown(cast: Cast, noon: object, given: str) -> None:
    ticket = _ticket(cast)
    assert sign_in.use_link(ticket.pk, given) == (State.UNKNOWN, None)
    assert sign_in.use_link(ticket.pk + 99, token(ticket)) == (State.UNKNOWN, None)


def test_neither_link_nor_code_is_stored(cast: Cast, noon: object) -> None:
    ticket = _ticket(cast)
    secrets = {token(ticket), code(ticket)}
    with connection.cursor() as cursor:
        for table in connection.introspection.table_names():
            cursor.execute(f'SELECT * FROM "{table}"')  # noqa: S608 - the names come from the database
            text = repr(cursor.fetchall())
            assert not [each for each in secrets if each in text], table
    letter = outbox.compose(OutgoingMail.objects.get(kind="accounts.sign_in"))
    assert letter is not None and letter.code == code(ticket) and token(ticket) in (letter.button or ("", ""))[1]


def test_no_letter_for_a_used_ticket(cast: Cast, noon: object) -> None:
    ticket = _ticket(cast)
    sign_in.use_link(ticket.pk, token(ticket))
    assert outbox.compose(OutgoingMail.objects.get(kind="accounts.sign_in")) is None


def test_nobody_is_mailed_for_an_unknown_address(cast: Cast, noon: object, mailoutbox: list[object]) -> None:
    cast.network.is_demo = False
    cast.network.save()
    assert sign_in.ask("stranger@mail.example", browser="b", ip="192.0.2.1") == 0
    assert SignInTicket.objects.count() == 0
    assert sending.send_due() == 1
    assert mailoutbox == []
    sign_in.ask("nakamura@mail.example", browser="b", ip="192.0.2.1")
    sending.send_due()
    assert len(mailoutbox) == 1


def test_five_mails_an_hour_an_address_whatever_its_letters(cast: Cast, noon: object) -> None:
    spellings = ["nakamura@mail.example", "NAKAMURA@mail.example", " Nakamura@Mail.Example "]
    for number in range(5):
        sign_in.ask(spellings[number % 3], browser="b", ip=f"192.0.2.{number}")
    with pytest.raises(limits.TooMany):
        sign_in.ask("nakamura@mail.example", browser="b", ip="192.0.2.9")
    assert SignInTicket.objects.count() == 5
    with clock.at(clock.now() + timedelta(hours=1)):
        assert sign_in.ask("nakamura@mail.example", browser="b", ip="192.0.2.9")


def test_twenty_mails_an_hour_a_place(cast: Cast, noon: object) -> None:
    for number in range(20):
        sign_in.ask(f"someone{number}@mail.example", browser="b", ip="192.0.2.1")
    with pytest.raises(limits.TooMany):
        sign_in.ask("nakamura@mail.example", browser="b", ip="192.0.2.1")


def test_old_tickets_are_forgotten(cast: Cast, noon: object) -> None:
    _ticket(cast)
    with clock.at(clock.now() + timedelta(hours=24)):
        assert sign_in.forget_old() == 0
    with clock.at(clock.now() + timedelta(hours=25)):
        assert sign_in.forget_old() == 1


def test_a_wrong_code_leaves_a_line_without_the_code(cast: Cast, noon: object) -> None:
    ticket = _ticket(cast)
    sign_in.use_code(ticket.pk, "12", browser="b")
    line = AuditEntry.objects.get(verb="sign_in.refused")
    assert (line.object_id, line.data) == (ticket.pk, {})
