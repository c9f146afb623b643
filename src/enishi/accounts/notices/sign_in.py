"""The mail with link and code."""

from __future__ import annotations

from django.conf import settings
from django.urls import reverse
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from enishi.accounts.models import SignInTicket
from enishi.accounts.queries import proofs
from enishi.accounts.queries.receivers import language
from enishi.core import clock, dates, network, outbox
from enishi.core.models import OutgoingMail


def register() -> None:
    """Called from the app's `ready`."""
    outbox.register(outbox.Kind("accounts.sign_in", gettext_lazy("Sign-in"), compose, language))
    # Written where an unknown address was typed, so that both cases take as long; it has no receiver and is dropped.
    outbox.register(
        outbox.Kind("accounts.sign_in_unknown", gettext_lazy("Sign-in, address unknown"), lambda mail: None, language)
    )


def compose(mail: OutgoingMail) -> outbox.Letter | None:
    """Link and code, made here and kept nowhere; None when the ticket is no longer good."""
    ticket = SignInTicket.objects.select_related("user__member").filter(pk=mail.about.get("ticket")).first()
    if ticket is None:
        return None
    token = proofs.token(ticket)
    if proofs.look(SignInTicket, ticket.pk, token)[0] is not proofs.State.OPEN:
        return None
    here = network.current()
    member = getattr(ticket.user, "member", None)
    until = clock.local(ticket.expires_at, dates.network_zone())
    path = reverse("accounts:sign-in-link", kwargs={"number": ticket.pk, "token": token})
    return outbox.Letter(
        to=ticket.user.email,
        subject=_("Link and code to sign in｜%(network)s") % {"network": here.name},
        greeting=_("Dear %(name)s,") % {"name": member.name} if member else "",
        paragraphs=[
            _(
                "Someone asked to sign in to %(network)s with this address. Open the link below and press “Sign in” on the page. "
                "It works in any browser, also on another device."
            )
            % {"network": here.name},
            _("In the browser where you asked you can type this code instead."),
        ],
        facts=[
            (
                _("Good until"),
                _("%(day)s %(hour)s (%(zone)s), once")
                % {
                    "day": dates.day(until),
                    "hour": dates.hour(until),
                    "zone": dates.zone_words(dates.network_zone()),
                },
            )
        ],
        code=proofs.code(ticket),
        button=(_("Open the sign-in page"), settings.ORIGIN + path),
        after=[
            _("If you did not ask for this, delete this mail. As long as nobody presses the button, nothing happens.")
        ],
        reason=_("You get this mail because this address was typed on the sign-in page."),
    )
