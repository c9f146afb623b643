"""What the mails of this app are about, as members choose among them."""

from __future__ import annotations

from django.utils.translation import gettext_lazy as _

from enishi.core.mail_topics import Topic

ANNOUNCEMENTS = Topic("announcements", _("Announcements of new events"), _("When sign-up for an event opens"), 10)
REMINDERS = Topic(
    "reminders", _("Reminders before a session"), _("A day and an hour before a session in which you have a seat"), 30
)
SIGN_UPS = Topic(
    "sign-ups",
    _("Your own sign-ups"),
    _("When you sign up or withdraw, when a seat becomes free for you, when your session is moved or cancelled"),
    50,
    can_stop=False,
)
