"""Mail about a duty: given, ended, or over with its last day."""

from __future__ import annotations

from django.conf import settings
from django.urls import reverse
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from enishi.accounts.models import Role
from enishi.accounts.queries.receivers import language
from enishi.core import clock, dates, network, outbox
from enishi.core.models import OutgoingMail


def register() -> None:
    """Called from the app's `ready`."""
    outbox.register(outbox.Kind("accounts.role_given", gettext_lazy("Duty given"), given, language))
    outbox.register(outbox.Kind("accounts.role_ended", gettext_lazy("Duty ended"), ended, language))
    outbox.register(outbox.Kind("accounts.role_over", gettext_lazy("Duty over with its last day"), over, language))


def given(mail: OutgoingMail) -> outbox.Letter | None:
    role = _role(mail)
    if role is None or role.ended_at is not None:
        return None
    here = network.current()
    facts = [(_("Duty"), str(role.get_kind_display()))]
    if role.last_moment:
        facts.append((_("Last day"), dates.day(clock.local(role.last_moment, here.zone), year=True)))
    return outbox.Letter(
        to=role.user.email,
        subject=_("A duty in the office was given to you｜%(network)s") % {"network": here.name},
        greeting=_greeting(role),
        paragraphs=[_("You have a duty in %(network)s from now on.") % {"network": here.name}],
        facts=facts,
        button=(_("Go to the sign-in page"), settings.ORIGIN + reverse("accounts:sign-in")),
        after=[
            _("You were signed out everywhere. When you sign in the next time, you set up an authenticator app, if you have not done so."),
            _("If this is a mistake, please write to %(mail)s.") % {"mail": here.contact_email},
        ],
        reason=_("You get this mail because a duty was given to you."),
    )  # fmt: skip


def ended(mail: OutgoingMail) -> outbox.Letter | None:
    role = _role(mail)
    return _farewell(role) if role is not None and role.ended_at is not None else None


def over(mail: OutgoingMail) -> outbox.Letter | None:
    """Written when the duty was given, for the end of its last day; one that was ended before has had its mail."""
    role = _role(mail)
    if role is None or role.ended_at is not None or role.expires_at is None or role.expires_at > clock.now():
        return None
    return _farewell(role)


def _farewell(role: Role) -> outbox.Letter:
    here = network.current()
    return outbox.Letter(
        to=role.user.email,
        subject=_("Your duty in the office has ended｜%(network)s") % {"network": here.name},
        greeting=_greeting(role),
        paragraphs=[
            _("Your duty in %(network)s has ended. Thank you for what you did in it.") % {"network": here.name},
            _("You stay a member, and sign in as before."),
        ],
        facts=[(_("Duty"), str(role.get_kind_display()))],
        after=[_("If this is a mistake, please write to %(mail)s.") % {"mail": here.contact_email}],
        reason=_("You get this mail because you had a duty in the office."),
    )


def _greeting(role: Role) -> str:
    member = getattr(role.user, "member", None)
    return _("Dear %(name)s,") % {"name": member.name} if member else ""


def _role(mail: OutgoingMail) -> Role | None:
    return Role.objects.select_related("user__member").filter(pk=mail.about.get("role"), user__is_active=True).first()
