"""Mails about one person's place: booked, waiting, promoted, offered, withdrawn."""

from __future__ import annotations

from django.conf import settings
from django.urls import reverse
from django.utils.translation import gettext as _

from enishi.core import clock, dates, outbox
from enishi.core.models import OutgoingMail
from enishi.events.choices import SignupState
from enishi.events.models import Signup
from enishi.events.notices import letters
from enishi.events.queries import offers, queue


def booked(mail: OutgoingMail) -> outbox.Letter | None:
    signup = letters.signup_of(mail, SignupState.BOOKED)
    if signup is None:
        return None
    return _with_entry(
        signup, _("Your seat is booked"), _("You have a seat in this session. Thank you for signing up.")
    )


def promoted(mail: OutgoingMail) -> outbox.Letter | None:
    signup = letters.signup_of(mail, SignupState.BOOKED)
    if signup is None:
        return None
    return _with_entry(
        signup,
        _("A seat became free for you"),
        _("You were next on the waitlist, and a seat became free. It is booked for you; there is nothing more to do."),
    )


def waiting(mail: OutgoingMail) -> outbox.Letter | None:
    signup = letters.signup_of(mail, SignupState.WAITING)
    if signup is None:
        return None
    place = queue.place(signup)
    words = _("This session is full. You are number %(place)s on the waitlist.") % {"place": place}
    return outbox.Letter(
        to=signup.member.user.email,
        subject=letters.subject(signup.session, _("You are on the waitlist")),
        greeting=letters.greeting(signup.member.name),
        paragraphs=[
            letters.who_writes(),
            words,
            _(
                "Until the day before, a seat that becomes free is booked for you by itself and we write to you. After that we ask you first."
            ),
        ],
        facts=letters.facts(signup.session, signup.member.user),
        button=letters.session_button(signup.session),
        after=[_("You can leave the waitlist on that page at any time.")],
        reason=letters.because_signed_up(),
    )


def offer(mail: OutgoingMail) -> outbox.Letter | None:
    """Nothing happens by opening the link: the page has a button for yes and one for no."""
    signup = letters.signup_of(mail, SignupState.OFFERED)
    if signup is None or signup.offer_until is None or signup.offer_until <= clock.now():
        return None
    until = clock.local(signup.offer_until, dates.network_zone())
    words = _(
        "A seat became free, and you are next on the waitlist. Do you want it? Please answer by %(day)s %(hour)s (%(zone)s)."
    ) % {
        "day": dates.day(until),
        "hour": dates.hour(until),
        "zone": dates.zone_words(dates.network_zone()),
    }
    address = settings.ORIGIN + reverse("events:offer", args=[offers.token(signup)])
    return outbox.Letter(
        to=signup.member.user.email,
        subject=letters.subject(signup.session, _("A seat is offered to you")),
        greeting=letters.greeting(signup.member.name),
        paragraphs=[letters.who_writes(), words],
        facts=letters.facts(signup.session, signup.member.user),
        button=(_("Answer the offer"), address),
        after=[
            _("You need not sign in to answer. Without an answer the seat goes to the next person."),
            _("This link is yours alone, so please do not pass it on."),
        ],
        reason=letters.because_signed_up(),
    )


def withdrawn(mail: OutgoingMail) -> outbox.Letter | None:
    signup = letters.signup_of(mail, SignupState.WITHDRAWN)
    if signup is None:
        return None
    return outbox.Letter(
        to=signup.member.user.email,
        subject=letters.subject(signup.session, _("Your sign-up was withdrawn")),
        greeting=letters.greeting(signup.member.name),
        paragraphs=[
            letters.who_writes(),
            _("You withdrew your sign-up for this session. The entry in your calendar is cancelled by this mail."),
        ],
        facts=letters.facts(signup.session, signup.member.user)[:-2],
        button=(_("See the other dates"), letters.series_url(signup.session.series_id)),
        after=[_("If this was a mistake, you can take it back on that page; you are then first on the waitlist.")],
        reason=letters.because_signed_up(),
        attachments=[letters.cancellation(signup)],
    )


def _with_entry(signup: Signup, subject: str, words: str) -> outbox.Letter:
    return outbox.Letter(
        to=signup.member.user.email,
        subject=letters.subject(signup.session, subject),
        greeting=letters.greeting(signup.member.name),
        paragraphs=[letters.who_writes(), words],
        facts=letters.facts(signup.session, signup.member.user),
        button=letters.session_button(signup.session),
        after=[letters.how_to_withdraw(), _("The attached file puts the session into your calendar.")],
        reason=letters.because_signed_up(),
        attachments=[letters.invitation(signup)],
    )
