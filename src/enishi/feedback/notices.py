"""The words feedback sends."""

from __future__ import annotations

from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy, pgettext

from enishi.accounts.queries.receivers import language
from enishi.core import network, outbox
from enishi.core.models import OutgoingMail
from enishi.events.models import EventSeries
from enishi.feedback import policies
from enishi.feedback.mail_topics import QUESTIONS
from enishi.feedback.queries import answers, links
from enishi.members.models import Member

INVITE = "feedback.invite"


def _member(mail: OutgoingMail) -> Member | None:
    return Member.objects.filter(pk=mail.about.get("member")).select_related("user").first()


def invitation(mail: OutgoingMail) -> outbox.Letter | None:
    """Not sent to someone who has left, was not there after all, or has answered already."""
    member = _member(mail)
    series = EventSeries.objects.filter(pk=mail.about.get("series")).first()
    if member is None or series is None or not policies.can_answer(member, series):
        return None
    if answers.find(member, series) is not None:
        return None
    here = network.current()
    address = links.url(member, series)
    return outbox.Letter(
        to=member.user.email,
        subject=_("How was it? Two minutes for “%(series)s” | %(network)s")
        % {"series": series.title, "network": here.name},
        greeting=_("Dear %(name)s,") % {"name": member.name},
        paragraphs=[
            _("this is the %(office)s of %(network)s. Thank you for coming to “%(series)s”.")
            % {"office": here.office, "network": here.name, "series": series.title},
            _(
                "What you say decides what we do next. Choose one below and press “Send” on the page; the rest is up to you."
            ),
        ],
        choices=[(f"{number}  {words}", f"{address}?satisfaction={number}") for number, words in satisfaction_words()],
        button=(_("Open the form"), address),
        after=[
            _(
                "You need not sign in. The link is yours alone, works for %(days)s days and can be opened again to change what you wrote."
            )
            % {"days": links.DAYS},
            _("The office sees who answered. Whether a sentence is quoted, and how, is for you to choose on the page."),
        ],
        reason=_("You get this mail once, because you came to a session of this series."),
    )


def satisfaction_words() -> list[tuple[int, str]]:
    """5 to 1, with words: the question that the mail asks already."""
    return [
        (5, pgettext("satisfaction", "very good")),
        (4, pgettext("satisfaction", "good")),
        (3, pgettext("satisfaction", "all right")),
        (2, pgettext("satisfaction", "not so good")),
        (1, pgettext("satisfaction", "not good")),
    ]


KINDS = [
    outbox.Kind(
        name=INVITE,
        title=gettext_lazy("Question after a session"),
        compose=invitation,
        language=language,
        topic=QUESTIONS,
    )
]
