"""Mail about being a member: the welcome, and the answer to a request."""

from __future__ import annotations

from django.conf import settings
from django.urls import reverse
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy, pgettext

from enishi.accounts.queries.receivers import language
from enishi.core import network
from enishi.core.models import OutgoingMail
from enishi.core.outbox import Kind, Letter
from enishi.core.outbox import register as register_kind
from enishi.members.models import Member, OfficeRequest


def register() -> None:
    """Called from the app's `ready`."""
    register_kind(Kind("welcome", gettext_lazy("Welcome"), welcome, language))
    register_kind(Kind("request-answered", gettext_lazy("Answer to a request"), request_answered, language))


def welcome(mail: OutgoingMail) -> Letter | None:
    member = Member.objects.present().select_related("user").filter(pk=mail.about.get("member")).first()
    if member is None:
        return None
    here = network.current()
    return Letter(
        to=member.user.email,
        subject=_("Welcome to %(network)s") % {"network": here.name},
        greeting=pgettext("mail", "Dear %(name)s,") % {"name": member.name},
        paragraphs=[
            _("%(office)s has looked at your registration. You are now a member of %(network)s.")
            % {"office": here.office, "network": here.name},
            _("You sign in with this mail address. There is no password: a link comes by mail each time."),
        ],
        button=(_("Go to the sign-in page"), settings.ORIGIN + reverse("accounts:sign-in")),
        after=[_("Under “My page” you can see and change at any time who sees what of you.")],
        reason=_("You got this mail because you asked to join %(network)s.") % {"network": here.name},
    )


def request_answered(mail: OutgoingMail) -> Letter | None:
    request = OfficeRequest.objects.select_related("member__user").filter(pk=mail.about.get("request")).first()
    if request is None or request.member is None or request.done_at is None:
        return None
    here = network.current()
    return Letter(
        to=request.member.user.email,
        subject=_("Answer to your request｜%(network)s") % {"network": here.name},
        greeting=pgettext("mail", "Dear %(name)s,") % {"name": request.member.name},
        paragraphs=[
            _("The office has answered your request (%(kind)s).") % {"kind": request.get_kind_display()},
            request.result,
        ],
        button=(_("See your requests"), settings.ORIGIN + reverse("members:data")),
        reason=_("You got this mail because you asked the office about your data."),
    )
