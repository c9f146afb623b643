"""What the mail of this app is about, as members choose among their mails."""

from __future__ import annotations

from django.utils.translation import gettext_lazy as _

from enishi.core.mail_topics import Topic

QUESTIONS = Topic(
    "questions",
    _("The question after a session"),
    _("Once for each event that you came to"),
    40,
)
