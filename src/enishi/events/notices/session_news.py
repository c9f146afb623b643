"""Mails about a session to those who have a place in it: reminder, moved, cancelled."""

from __future__ import annotations

from django.utils.translation import gettext as _

from enishi.core import outbox
from enishi.core.models import OutgoingMail
from enishi.events.choices import SessionState, SignupState
from enishi.events.models import Signup
from enishi.events.notices import letters


def reminder(mail: OutgoingMail) -> outbox.Letter | None:
    signup = letters.signup_of(mail, SignupState.BOOKED)
    if signup is None or signup.session.state != SessionState.OPEN or signup.session.has_begun:
        return None
    if int(signup.session.starts_at.timestamp()) != mail.about["starts"]:
        return None
    return outbox.Letter(
        to=signup.member.user.email,
        subject=letters.subject(signup.session, _("Reminder of your session")),
        greeting=letters.greeting(signup.member.name),
        paragraphs=[letters.who_writes(), _("The session that you signed up for is near.")],
        facts=letters.facts(signup.session, signup.member.user),
        button=letters.session_button(signup.session),
        after=[letters.how_to_withdraw()],
        reason=letters.because_signed_up(),
    )


def changed(mail: OutgoingMail) -> outbox.Letter | None:
    held = (SignupState.BOOKED, SignupState.OFFERED, SignupState.WAITING)
    signup = letters.signup_of(mail, *held)
    if signup is None or signup.session.state != SessionState.OPEN:
        return None
    booked = signup.state == SignupState.BOOKED
    after = [letters.how_to_withdraw()]
    if booked:
        after.append(_("The attached file changes the entry in your calendar."))
    return outbox.Letter(
        to=signup.member.user.email,
        subject=letters.subject(signup.session, _("New date or time")),
        greeting=letters.greeting(signup.member.name),
        paragraphs=[
            letters.who_writes(),
            _("The date or time of a session that you signed up for has changed. Your place stays as it is."),
            *_word(signup),
        ],
        facts=letters.facts(signup.session, signup.member.user),
        button=letters.session_button(signup.session),
        after=after,
        reason=letters.because_signed_up(),
        attachments=[letters.invitation(signup)] if booked else [],
    )


def cancelled(mail: OutgoingMail) -> outbox.Letter | None:
    signup = letters.signup_of(mail, SignupState.CANCELLED)
    if signup is None:
        return None
    had_entry = bool(mail.about.get("entry"))
    words = _("We are sorry: this session will not take place.")
    if had_entry:
        words = _(
            "We are sorry: this session will not take place. The entry in your calendar is cancelled by this mail."
        )
    return outbox.Letter(
        to=signup.member.user.email,
        subject=letters.subject(signup.session, _("This session is cancelled")),
        greeting=letters.greeting(signup.member.name),
        paragraphs=[letters.who_writes(), words, *_word(signup)],
        facts=letters.facts(signup.session, signup.member.user)[:-2],
        button=(_("See the other dates"), letters.series_url(signup.session.series_id)),
        reason=letters.because_signed_up(),
        attachments=[letters.cancellation(signup)] if had_entry else [],
    )


def _word(signup: Signup) -> list[str]:
    word = signup.session.word
    return [_("A word from the office: %(word)s") % {"word": word}] if word else []
