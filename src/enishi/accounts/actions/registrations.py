"""Asking to join: from the first mail address to the office's answer.

Whoever is admitted is made by `members.actions.admission`; the door knows nothing of profiles.
"""

from __future__ import annotations

from datetime import timedelta
from enum import Enum
from secrets import token_hex
from typing import Any

from django.core.exceptions import ValidationError
from django.db import transaction
from django.db.models import F
from django.utils.translation import gettext as _

from enishi.accounts.choices import DeclineReason, InvitationKind, RegistrationState, Route
from enishi.accounts.models import Invitation, Registration, RegistrationRoute, User
from enishi.accounts.queries.registrations import OPEN, UNSENT, code_of
from enishi.accounts.signals import registration_received
from enishi.core import audit, clock, limits, outbox, person, tokens

CODE_LIVES = timedelta(minutes=15)
TRIES = 3
DRAFTS_STAY = timedelta(days=30)
ANSWERED_STAY = timedelta(days=90)
_PERSONAL_TEXTS = [
    "employee_number",
    *person.TEXTS,
    "route_words",
    "question",
    "answer",
    "browser",
]
_STEP = {
    *_PERSONAL_TEXTS,
    *[
        "joined_year",
        "joined_month",
        "left_year",
        "left_month",
        "stints",
        "zone",
        "language",
        "visibility",
        "purpose_version",
        "route",
    ],
} - {"question", "browser"}


class CodeAnswer(Enum):
    RIGHT = "right"
    WRONG = "wrong"
    SPENT = "spent"  # three tries or a quarter of an hour


def begin(
    *,
    email: str,
    route: str = "",
    route_words: str = "",
    route_code: RegistrationRoute | None = None,
    browser: str = "",
    place: str = "",
    language: str = "ja",
    registration: Registration | None = None,
) -> Registration:
    """Begin, or begin again with another address, and mail a code and a link.

    What is written and shown is the same whether the address is a member's or not: only the mail tells, to its owner.
    `browser` is the hash of the session's key, `place` the visitor's IP; both are empty when no browser stands behind it.
    """
    address = User.objects.clean_email(email)
    if place:
        limits.hit(limits.REGISTRATION_PER_IP, place)
        limits.hit(limits.SIGN_IN_PER_ADDRESS, address)
    values = {
        "email": address,
        "email_proved_at": None,
        "route": route,
        "route_words": route_words,
        "route_code": route_code,
        "browser": browser,
        "language": language,
        "nonce": token_hex(16),
        "code_tries": 0,
        "mailed_at": clock.now(),
    }
    with transaction.atomic():
        if registration is None:
            registration = Registration.objects.create(**values)
        else:
            _change(registration, (RegistrationState.DRAFT,), **values)
        audit.record("registration.begun", about=registration, route=route)
        if browser:
            outbox.write("registration-proof", registration=registration.pk)
    return registration


def mail_again(registration: Registration, *, place: str) -> None:
    """A new code and link; the earlier ones end."""
    limits.hit(limits.REGISTRATION_PER_IP, place)
    limits.hit(limits.SIGN_IN_PER_ADDRESS, registration.email)
    with transaction.atomic():
        _change(registration, OPEN, nonce=token_hex(16), code_tries=0, mailed_at=clock.now())
        outbox.write("registration-proof", registration=registration.pk)


def prove_by_code(registration: Registration, code: str) -> tuple[CodeAnswer, Registration]:
    """Check a typed code; the second value is the registration to go on with (see `mark_proved`)."""
    counted = Registration.objects.filter(
        pk=registration.pk, code_tries__lt=TRIES, mailed_at__gt=clock.now() - CODE_LIVES
    ).update(code_tries=F("code_tries") + 1)
    if not counted:
        return CodeAnswer.SPENT, registration
    right = tokens.same(code, code_of(registration)) and User.objects.by_email(registration.email) is None
    if not right:
        registration.refresh_from_db(fields=["code_tries"])
        return CodeAnswer.SPENT if registration.code_tries >= TRIES else CodeAnswer.WRONG, registration
    return CodeAnswer.RIGHT, mark_proved(registration, browser=registration.browser)


def mark_proved(registration: Registration, *, browser: str = "") -> Registration:
    """The address is the person's: they opened its mail. The registration moves to the browser in which that was shown.

    When an earlier one with this address is still open, the person goes on with that one, and this one is let go.
    """
    if User.objects.by_email(registration.email):
        raise ValidationError(_("This address belongs to a member already. Please sign in with it."))
    with transaction.atomic():
        earlier = (
            Registration.objects.filter(email=registration.email, state__in=OPEN, email_proved_at__isnull=False)
            .exclude(pk=registration.pk)
            .order_by("-pk")
            .first()
        )
        if earlier is not None and registration.email_proved_at is None:
            _change(earlier, OPEN, browser=browser)
            registration.delete()
            return earlier
        _change(registration, OPEN, browser=browser, email_proved_at=registration.email_proved_at or clock.now())
        audit.record("registration.address-proved", about=registration)
    return registration


def accept_invitation(invitation: Invitation, *, browser: str = "", language: str = "") -> Registration:
    """Begin with an invitation: its mail proves the address. Each invitation is taken once, whoever presses twice."""
    now = clock.now()
    with transaction.atomic():
        taken = Invitation.objects.filter(pk=invitation.pk, used_at=None, revoked_at=None, expires_at__gt=now).update(
            used_at=now
        )
        if not taken:
            raise ValidationError(_("This invitation has been used already."))
        registration = Registration.objects.create(
            email=invitation.email,
            email_proved_at=now,
            nonce=token_hex(16),
            mailed_at=now,
            browser=browser,
            family_name=invitation.family_name,
            given_name=invitation.given_name,
            language=language or invitation.language,
            route=_route_of(invitation),
            route_code=invitation.route_code,
            invitation=invitation,
        )
        audit.record("invitation.accepted", about=invitation, registration=registration.pk)
    return registration


def _route_of(invitation: Invitation) -> str:
    """How someone came who was invited: by the code under which the office counts its letter, or by a member."""
    if invitation.route_code is not None:
        return invitation.route_code.route
    return Route.INVITED if invitation.kind == InvitationKind.MEMBER else ""


def save_step(registration: Registration, **fields: Any) -> None:
    """Keep what one step says. When and until when someone was here is read from the stints unless told."""
    unknown = set(fields) - _STEP
    if unknown:
        raise TypeError(f"A step of a registration has no {', '.join(sorted(unknown))}.")
    if "stints" in fields and "joined_year" not in fields:
        fields |= span_of(fields["stints"])
    _change(registration, UNSENT, **fields)


def submit(registration: Registration, *, purpose_version: int, answer: str = "") -> None:
    """Send it to the office; after a question, send it again."""
    if registration.email_proved_at is None:
        raise ValidationError(_("Please confirm your mail address first."))
    if not (registration.family_name or registration.given_name):
        raise ValidationError(_("Please enter your name first."))
    with transaction.atomic():
        _change(
            registration,
            UNSENT,
            state=RegistrationState.SUBMITTED,
            submitted_at=clock.now(),
            purpose_version=purpose_version,
            answer=answer,
        )
        audit.record("registration.submitted", about=registration, route=registration.route)
        registration_received.send(Registration, registration=registration)
        registration.refresh_from_db()
        if registration.state == RegistrationState.SUBMITTED and registration.browser:
            outbox.write("registration-received", registration=registration.pk)


def ask_back(registration: Registration, *, question: str, by: User) -> None:
    """Ask the person something; they edit and send again."""
    with transaction.atomic():
        _change(
            registration,
            (RegistrationState.SUBMITTED,),
            state=RegistrationState.ASKED_BACK,
            question=question,
            answer="",
            decided_at=clock.now(),
            decided_by=by,
        )
        audit.record("registration.asked-back", by=by, about=registration)
        outbox.write("registration-asked-back", registration=registration.pk)


def decline(registration: Registration, *, reason: str, by: User) -> None:
    """Decline with a prepared reason. Its sentence never tells whether a row of the roster matched."""
    if reason not in DeclineReason.values:
        raise ValidationError(_("Please choose a reason."))
    with transaction.atomic():
        _change(
            registration,
            (RegistrationState.SUBMITTED, RegistrationState.ASKED_BACK),
            state=RegistrationState.DECLINED,
            reason=reason,
            decided_at=clock.now(),
            decided_by=by,
        )
        audit.record("registration.declined", by=by, about=registration, reason=reason)
        outbox.write("registration-declined", registration=registration.pk)


def take_back(registration: Registration) -> None:
    """To correct something that was sent: it waits at the person's side until they send it again."""
    with transaction.atomic():
        _change(registration, (RegistrationState.SUBMITTED,), state=RegistrationState.DRAFT)
        audit.record("registration.taken-back", about=registration)


def withdraw(registration: Registration) -> None:
    """The person takes it back: what they wrote goes at once, the count of the route stays."""
    with transaction.atomic():
        _change(registration, OPEN, state=RegistrationState.WITHDRAWN, decided_at=clock.now(), **_emptied())
        audit.record("registration.withdrawn", about=registration)


def forget_old() -> int:
    """Drafts after 30 days, and the words of declined registrations after 90; returns how many."""
    now = clock.now()
    drafts = Registration.objects.filter(state=RegistrationState.DRAFT, created_at__lt=now - DRAFTS_STAY).delete()[0]
    return drafts + Registration.objects.filter(
        state=RegistrationState.DECLINED, decided_at__lt=now - ANSWERED_STAY
    ).exclude(email="").update(**_emptied())


def span_of(stints: list[dict[str, Any]]) -> dict[str, int | None]:
    """Joined and left, from the earliest beginning and the latest end of the stints."""
    begun = [(s["from_year"], s.get("from_month")) for s in stints if s.get("from_year")]
    ended = [(s["to_year"], s.get("to_month")) for s in stints if s.get("to_year")]
    first = min(begun, key=lambda at: (at[0], at[1] or 0)) if begun else (None, None)
    still = any(s.get("until_now") for s in stints)
    last = max(ended, key=lambda at: (at[0], at[1] or 12)) if ended and not still else (None, None)
    return {"joined_year": first[0], "joined_month": first[1], "left_year": last[0], "left_month": last[1]}


def _change(registration: Registration, states: tuple[str, ...], **fields: Any) -> None:
    """A conditional update: only one of two who press at once succeeds, and the other is told."""
    if not Registration.objects.filter(pk=registration.pk, state__in=states).update(**fields):
        raise ValidationError(_("This registration has been answered or sent meanwhile. Please open the page again."))
    for name, value in fields.items():
        setattr(registration, name, value)


def _emptied() -> dict[str, Any]:
    return {
        **dict.fromkeys(_PERSONAL_TEXTS, ""),
        "email": "",
        "email_proved_at": None,
        "stints": [],
        "joined_year": None,
        "joined_month": None,
        "left_year": None,
        "left_month": None,
        "visibility": {},
        "claimed_entry": None,
    }
