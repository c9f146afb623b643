"""The mail that says a report can be read."""

from __future__ import annotations

from django.conf import settings
from django.urls import reverse
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from enishi.accounts.models import User
from enishi.accounts.queries.receivers import language
from enishi.core import network, outbox
from enishi.core.models import OutgoingMail
from enishi.publishing import policies
from enishi.publishing.choices import ReportState
from enishi.publishing.mail_topics import PUBLISHED, REPORTS
from enishi.publishing.models import Report


def published(mail: OutgoingMail) -> outbox.Letter | None:
    """Not sent when the report was taken back, or to someone who may not read it any more."""
    report = Report.objects.filter(pk=mail.about.get("report")).select_related("series").first()
    user = User.objects.filter(pk=mail.user_id or 0).select_related("member").first()
    if report is None or report.state != ReportState.PUBLISHED or user is None or not policies.is_member(user):
        return None
    return published_letter(report, to=user.email, name=user.member.name)


def published_letter(report: Report, *, to: str, name: str) -> outbox.Letter:
    """In the language that is active; the office's preview shows the same. No figure and no voice stands in it."""
    here = network.current()
    return outbox.Letter(
        to=to,
        # Translators: subject of a mail: title of the report, then the network's name.
        subject=_("“%(report)s” can be read now | %(network)s") % {"report": report.title, "network": here.name},
        greeting=_("Dear %(name)s,") % {"name": name},
        paragraphs=[
            _("This is %(office)s of %(network)s.") % {"office": here.office, "network": here.name},
            _("The report of “%(series)s” is published. You can read there how it went.")
            % {"series": report.series.title},
        ],
        button=(_("Read the report"), settings.ORIGIN + reverse("publishing:report", args=[report.pk])),
        after=[_("The report is for members alone. You sign in with the address that got this mail.")],
        reason=_("You receive this mail because you are a member of this network."),
    )


def register() -> None:
    """Called when the app is ready."""
    title = gettext_lazy("A report was published")
    outbox.register(outbox.Kind(PUBLISHED, title, published, language, REPORTS))
