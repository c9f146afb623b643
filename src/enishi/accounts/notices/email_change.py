"""Mail about another address: the proof to the new one, the word to the old one."""

from __future__ import annotations

from django.conf import settings
from django.urls import reverse
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from enishi.accounts.models import EmailChange, User
from enishi.accounts.queries import proofs
from enishi.accounts.queries.receivers import language
from enishi.core import clock, dates, network, outbox
from enishi.core.models import OutgoingMail


def register() -> None:
    """Called from the app's `ready`."""
    outbox.register(outbox.Kind("accounts.email_change", gettext_lazy("Another mail address"), proof, language))
    outbox.register(outbox.Kind("accounts.email_changed", gettext_lazy("Mail address changed"), changed, language))


def proof(mail: OutgoingMail) -> outbox.Letter | None:
    """Link and code; where the address belongs to someone already, the word that nothing has changed."""
    change = _change(mail)
    if change is None or proofs.look(EmailChange, change.pk, proofs.token(change))[0] is not proofs.State.OPEN:
        return None
    if User.objects.by_email(change.email):
        return _taken(change)
    here = network.current()
    until = clock.local(change.expires_at, here.zone)
    path = reverse("accounts:email-change-link", kwargs={"number": change.pk, "token": proofs.token(change)})
    return outbox.Letter(
        to=change.email,
        subject=_("Confirm your new mail address｜%(network)s") % {"network": here.name},
        greeting=_greeting(change),
        paragraphs=[
            _(
                "Someone wants to sign in to %(network)s with this address from now on. Open the link below and press “Use this address” on the page."
            )
            % {"network": here.name},
            _("Where you asked for the change you can type this code instead."),
        ],
        facts=[
            (
                _("Good until"),
                _("%(day)s %(hour)s (%(zone)s), once")
                % {"day": dates.day(until), "hour": dates.hour(until), "zone": dates.zone_words(here.zone)},
            )
        ],
        code=proofs.code(change),
        button=(_("Open the page"), settings.ORIGIN + path),
        after=[
            _("If you did not ask for this, delete this mail. As long as nobody presses the button, nothing happens.")
        ],
        reason=_("You get this mail because this address was given as a member's new one."),
    )


def changed(mail: OutgoingMail) -> outbox.Letter | None:
    """To the old address: when, and whom to write to if it was someone else."""
    change = _change(mail)
    if change is None or change.used_at is None:
        return None
    here = network.current()
    at = clock.local(change.used_at, here.zone)
    return outbox.Letter(
        to=change.old_email,
        subject=_("Your mail address was changed｜%(network)s") % {"network": here.name},
        greeting=_greeting(change),
        paragraphs=[
            _("Your account in %(network)s has another mail address now. Mails and sign-in links go there, and no more to this one.")
            % {"network": here.name}
        ],
        facts=[(_("Changed"), f"{dates.day(at, year=True)} {dates.hour(at)} ({dates.zone_words(here.zone)})")],
        after=[
            _("If it was not you, please write to %(mail)s at once. The office can close the account.")
            % {"mail": here.contact_email}
        ],
        reason=_("You get this mail because this was the address of your account."),
    )  # fmt: skip


def _taken(change: EmailChange) -> outbox.Letter:
    here = network.current()
    return outbox.Letter(
        to=change.email,
        subject=_("This address is registered already｜%(network)s") % {"network": here.name},
        greeting="",
        paragraphs=[
            _(
                "Someone, perhaps you, wanted to use this address for another account. It belongs to an account already, so nothing was changed."
            )
        ],
        button=(_("Go to the sign-in page"), settings.ORIGIN + reverse("accounts:sign-in")),
        reason=_("If it was not you, please do nothing. Nothing has changed."),
    )


def _greeting(change: EmailChange) -> str:
    member = getattr(change.user, "member", None)
    return _("Dear %(name)s,") % {"name": member.name} if member else ""


def _change(mail: OutgoingMail) -> EmailChange | None:
    return EmailChange.objects.select_related("user__member").filter(pk=mail.about.get("change")).first()
