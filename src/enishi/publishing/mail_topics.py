"""What the mail of this app is about, as members choose among their mails."""

from __future__ import annotations

from django.utils.translation import gettext_lazy as _

from enishi.core.mail_topics import Topic

REPORTS = Topic("reports", _("New reports"), _("When the report of an event can be read"), 20)
PUBLISHED = "publishing.published"  # the kind of mail that has it
