"""Every kind of mail is sorted: about the account, about one's own seat, or one that a member can stop."""

from __future__ import annotations

from enishi.core import outbox

ACCOUNT = ""
SORTED = {
    "accounts.email_change": ACCOUNT,
    "accounts.email_changed": ACCOUNT,
    "accounts.role_ended": ACCOUNT,
    "accounts.role_given": ACCOUNT,
    "accounts.role_over": ACCOUNT,
    "accounts.sign_in": ACCOUNT,
    "accounts.sign_in_unknown": ACCOUNT,
    "events.announcement": "announcements",
    "events.below_minimum": ACCOUNT,  # a duty of the office
    "events.booked": "sign-ups",
    "events.offer": "sign-ups",
    "events.promoted": "sign-ups",
    "events.reminder": "reminders",
    "events.session_cancelled": "sign-ups",
    "events.session_changed": "sign-ups",
    "events.waiting": "sign-ups",
    "events.withdrawn": "sign-ups",
    "feedback.invite": "questions",
    "invitation": ACCOUNT,  # to someone who is no member, once
    "publishing.published": "reports",
    "registration-asked-back": ACCOUNT,
    "registration-declined": ACCOUNT,
    "registration-proof": ACCOUNT,
    "registration-received": ACCOUNT,
    "request-answered": ACCOUNT,
    "welcome": ACCOUNT,
}


def test_every_kind_is_sorted() -> None:
    assert {kind.name: kind.topic.name if kind.topic else ACCOUNT for kind in outbox.kinds()} == SORTED


def test_all_but_the_mails_of_ones_own_seat_can_be_stopped() -> None:
    assert [(topic.name, topic.can_stop) for topic in outbox.topics()] == [
        ("announcements", True),
        ("reports", True),
        ("reminders", True),
        ("questions", True),
        ("sign-ups", False),
    ]
