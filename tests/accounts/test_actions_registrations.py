"""Kuroda asks to join."""

from __future__ import annotations

from datetime import timedelta
from typing import Any

import pytest
from django.core.exceptions import ValidationError

from cast import Cast
from conftest import NOON
from enishi.accounts.actions import registrations
from enishi.accounts.actions.registrations import CodeAnswer
from enishi.accounts.choices import DeclineReason, RegistrationState
from enishi.accounts.models import Registration
from enishi.accounts.queries import registrations as queries
from enishi.core import clock, limits, outbox
from enishi.core.models import OutgoingMail
from factories.registration import STINT, make_registration

pytestmark = pytest.mark.usefixtures("noon")
BROWSER = "b" * 64


def begun(email: str = "kuroda@mail.example", **fields: Any) -> Registration:
    return registrations.begin(**{"email": email, "browser": BROWSER, "route": "search", **fields})


def letter_of(kind: str) -> outbox.Letter | None:
    return outbox.compose(OutgoingMail.objects.filter(kind=kind).latest("pk"))


def test_the_mail_holds_the_code_that_proves_the_address(cast: Cast) -> None:
    registration = begun("  Kuroda@Mail.Example ")
    letter = letter_of("registration-proof")
    assert letter is not None
    assert letter.to == "kuroda@mail.example"
    answer, going_on = registrations.prove_by_code(registration, letter.code)
    assert (answer, going_on.pk) == (CodeAnswer.RIGHT, registration.pk)
    registration.refresh_from_db()
    assert registration.email_proved_at == NOON


def test_neither_code_nor_token_is_kept(cast: Cast) -> None:
    registration = begun()
    kept = repr(list(Registration.objects.values())) + repr(list(OutgoingMail.objects.values()))
    assert registration.nonce in kept
    assert queries.code_of(registration) not in kept
    assert queries.link_token(registration) not in kept


def test_three_wrong_codes_end_the_code_even_for_the_right_one(cast: Cast) -> None:
    registration = begun()
    right = queries.code_of(registration)
    wrong = "000000" if right != "000000" else "000001"
    answers = [registrations.prove_by_code(registration, wrong)[0] for _ in range(3)]
    assert answers == [CodeAnswer.WRONG, CodeAnswer.WRONG, CodeAnswer.SPENT]
    assert registrations.prove_by_code(registration, right)[0] is CodeAnswer.SPENT


def test_a_code_ends_after_a_quarter_of_an_hour_and_a_new_mail_brings_another(cast: Cast) -> None:
    registration = begun()
    first = queries.code_of(registration)
    with clock.at(NOON + timedelta(minutes=16)):
        assert registrations.prove_by_code(registration, first)[0] is CodeAnswer.SPENT
        registrations.mail_again(registration, place="192.0.2.1")
        assert queries.code_of(registration) != first
        assert registrations.prove_by_code(registration, queries.code_of(registration))[0] is CodeAnswer.RIGHT


def test_a_members_address_is_told_by_mail_only(cast: Cast) -> None:
    """Written and shown is the same; the mail says that there is nothing to register."""
    mine, other = begun("Nakamura@mail.example"), begun("nobody@mail.example")
    fields = [f.attname for f in Registration._meta.fields if f.attname not in {"id", "nonce", "email"}]
    assert [getattr(mine, name) for name in fields] == [getattr(other, name) for name in fields]
    to_member, to_nobody = (outbox.compose(mail) for mail in OutgoingMail.objects.filter(kind="registration-proof"))
    assert to_member is not None
    assert to_nobody is not None
    assert (to_member.code, to_member.button and to_member.button[1]) == ("", "http://testserver/sign-in/")
    assert to_nobody.code == queries.code_of(other)
    assert registrations.prove_by_code(mine, queries.code_of(mine))[0] is CodeAnswer.WRONG


def test_an_address_gets_five_mails_an_hour_from_wherever_they_are_asked(cast: Cast) -> None:
    for place in range(5):
        begun(place=f"192.0.2.{place}")
    with pytest.raises(limits.TooMany):
        begun(place="192.0.2.99")
    assert OutgoingMail.objects.filter(kind="registration-proof").count() == 5


def test_one_place_begins_ten_registrations_an_hour(cast: Cast) -> None:
    for number in range(10):
        begun(f"person{number}@mail.example", place="192.0.2.1")
    with pytest.raises(limits.TooMany):
        begun("one-more@mail.example", place="192.0.2.1")


def test_beginning_again_with_the_same_address_goes_on_with_the_earlier_one(cast: Cast) -> None:
    earlier = make_registration(sent=False)
    later = begun()
    going_on = registrations.mark_proved(later, browser=BROWSER)
    assert (going_on.pk, going_on.browser) == (earlier.pk, BROWSER)
    assert not Registration.objects.filter(pk=later.pk).exists()


def test_joined_and_left_are_read_from_the_stints(cast: Cast) -> None:
    later = {**STINT, "from_year": 2011, "from_month": 10, "to_year": 2015, "to_month": None}
    registration = make_registration(stints=[later, STINT], sent=False)
    registration.refresh_from_db()
    told = (registration.joined_year, registration.joined_month, registration.left_year, registration.left_month)
    assert told == (2004, 4, 2015, None)


@pytest.mark.parametrize("name", ["髙", "﨑山", "𠮷", "Jansen", "O’Neill-van der Berg"])
def test_names_go_in_and_come_out_unchanged(cast: Cast, name: str) -> None:
    registration = make_registration(family_name=name, family_kana="", given_kana="")
    assert Registration.objects.get(pk=registration.pk).family_name == name


def test_what_is_sent_waits_for_the_office_with_one_receipt(cast: Cast) -> None:
    registration = begun()
    registrations.mark_proved(registration, browser=BROWSER)
    registrations.save_step(registration, family_name="黒田", stints=[STINT])
    registrations.submit(registration, purpose_version=1)
    registration.refresh_from_db()
    assert (registration.state, registration.submitted_at) == (RegistrationState.SUBMITTED, NOON)
    assert OutgoingMail.objects.filter(kind="registration-received").count() == 1
    with pytest.raises(ValidationError):
        registrations.submit(registration, purpose_version=1)
    assert OutgoingMail.objects.filter(kind="registration-received").count() == 1


def test_without_a_proved_address_or_a_name_nothing_is_sent(cast: Cast) -> None:
    registration = begun()
    with pytest.raises(ValidationError):
        registrations.submit(registration, purpose_version=1)
    registrations.mark_proved(registration)
    with pytest.raises(ValidationError):
        registrations.submit(registration, purpose_version=1)


def test_asked_back_the_person_answers_and_sends_again(cast: Cast) -> None:
    registration = make_registration()
    with pytest.raises(ValidationError):
        registrations.save_step(registration, title="医師")
    registrations.ask_back(registration, question="どちらの拠点でしたか。", by=cast.miyake.user)
    letter = letter_of("registration-asked-back")
    assert letter is not None
    assert "どちらの拠点でしたか。" in letter.paragraphs
    registrations.save_step(registration, title="医師")
    registrations.submit(registration, purpose_version=1, answer="つくばです。")
    registration.refresh_from_db()
    assert (registration.state, registration.answer, registration.title) == ("submitted", "つくばです。", "医師")


def test_a_letter_keeps_the_order_of_a_latin_name(cast: Cast) -> None:
    registration = make_registration(family_name="Jansen", given_name="Laura", language="en")
    registrations.ask_back(registration, question="Which site?", by=cast.miyake.user)
    letter = letter_of("registration-asked-back")
    assert letter is not None
    assert letter.greeting == "Dear Laura Jansen,"


@pytest.mark.parametrize("reason", DeclineReason.values)
@pytest.mark.parametrize("language", ["ja", "en"])
def test_a_refusal_never_tells_what_the_roster_holds(cast: Cast, reason: str, language: str) -> None:
    registration = make_registration()
    Registration.objects.update(language=language)
    registrations.decline(registration, reason=reason, by=cast.miyake.user)
    letter = letter_of("registration-declined")
    assert letter is not None
    said = " ".join([*letter.paragraphs, *letter.after]).lower()
    assert said
    assert not [word for word in ("名簿", "roster", "一致", "match") if word in said]


def test_a_decision_is_taken_once(cast: Cast) -> None:
    registration = make_registration()
    registrations.decline(registration, reason="not_eligible", by=cast.miyake.user)
    with pytest.raises(ValidationError):
        registrations.ask_back(registration, question="？", by=cast.miyake.user)
    assert OutgoingMail.objects.filter(kind="registration-asked-back").count() == 0


def test_an_unknown_reason_is_refused(cast: Cast) -> None:
    with pytest.raises(ValidationError):
        registrations.decline(make_registration(), reason="because", by=cast.miyake.user)


def test_withdrawn_leaves_the_route_and_nothing_of_the_person(cast: Cast) -> None:
    registration = make_registration(employee_number="CANARY", roman="CANARY", former_family="CANARY")
    registrations.withdraw(registration)
    row = repr(Registration.objects.filter(pk=registration.pk).values().get())
    assert Registration.objects.get(pk=registration.pk).route == "search"
    assert not [word for word in ("CANARY", "黒田", "クロダ", "kuroda", "大学病院", "つくば") if word in row]


def test_what_was_sent_can_be_taken_back_and_mended(cast: Cast) -> None:
    registration = make_registration()
    registrations.take_back(registration)
    registrations.save_step(registration, given_name="みどり")
    registrations.submit(registration, purpose_version=1)
    registration.refresh_from_db()
    assert (registration.given_name, registration.state) == ("みどり", "submitted")


def test_old_drafts_and_old_refusals_are_forgotten(cast: Cast) -> None:
    draft, declined, waiting = (make_registration(email=f"{n}@mail.example", sent=n > 0) for n in range(3))
    registrations.decline(declined, reason="not_eligible", by=cast.miyake.user)
    assert registrations.forget_old() == 0
    with clock.at(NOON + timedelta(days=91)):
        assert registrations.forget_old() == 2
    assert not Registration.objects.filter(pk=draft.pk).exists()
    assert Registration.objects.get(pk=declined.pk).family_name == ""
    assert Registration.objects.get(pk=waiting.pk).family_name == "黒田"
