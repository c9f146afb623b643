"""Mail about asking to join: the code, the receipt, a question, a refusal, an invitation."""

from __future__ import annotations

from django.conf import settings
from django.urls import reverse
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy, pgettext

from enishi.accounts.choices import DeclineReason, InvitationKind, RegistrationState
from enishi.accounts.models import Invitation, Registration, User
from enishi.accounts.queries import invitations, registrations
from enishi.core import clock, dates, network
from enishi.core.models import OutgoingMail
from enishi.core.outbox import Kind, Letter, register


def register_kinds() -> None:
    """Called from the app's `ready`."""
    for name, title, compose in (
        ("registration-proof", gettext_lazy("Confirm the address of a registration"), proof),
        ("registration-received", gettext_lazy("Registration received"), received),
        ("registration-asked-back", gettext_lazy("Question about a registration"), asked_back),
        ("registration-declined", gettext_lazy("Registration declined"), declined),
    ):
        register(Kind(name, title, compose, _language))
    register(Kind("invitation", gettext_lazy("Invitation"), invitation, _invitation_language))


def proof(mail: OutgoingMail) -> Letter | None:
    """The code and the link; a member's address gets word that it is one already."""
    registration = _registration(mail)
    if registration is None or registration.state not in registrations.OPEN or registration.email_proved_at:
        return None
    if User.objects.by_email(registration.email):
        return _already_member(registration)
    if not registrations.link_is_live(registration):
        return None
    return Letter(
        to=registration.email,
        subject=_("Your code for the registration｜%(network)s") % {"network": network.current().name},
        greeting=_greeting(registration),
        paragraphs=[
            _("Thank you for asking to join %(network)s. Please type this code on the screen where you began.")
            % {"network": network.current().name}
        ],
        code=registrations.code_of(registration),
        button=(_("Go on in this browser instead"), link(registration)),
        after=[
            _(
                "The code works for 15 minutes, the link for 24 hours. Opening the link does nothing yet; you press a button there."
            ),
        ],
        reason=_("Someone entered this address on the registration page. If it was not you, please do nothing."),
    )


def received(mail: OutgoingMail) -> Letter | None:
    registration = _registration(mail)
    if registration is None or registration.state != RegistrationState.SUBMITTED:
        return None
    here = network.current()
    return Letter(
        to=registration.email,
        subject=_("We have your registration｜%(network)s") % {"network": here.name},
        greeting=_greeting(registration),
        paragraphs=[
            _(
                "Your registration has reached %(office)s. We look at what you wrote and answer by mail, usually within three working days."
            )
            % {"office": here.office}
        ],
        button=(_("See or withdraw the registration"), link(registration)),
        reason=_reason(),
    )


def asked_back(mail: OutgoingMail) -> Letter | None:
    registration = _registration(mail)
    if registration is None or registration.state != RegistrationState.ASKED_BACK:
        return None
    return Letter(
        to=registration.email,
        subject=_("A question about your registration｜%(network)s") % {"network": network.current().name},
        greeting=_greeting(registration),
        paragraphs=[_("The office has a question about your registration."), registration.question],
        button=(_("Answer and send again"), link(registration)),
        reason=_reason(),
    )


def declined(mail: OutgoingMail) -> Letter | None:
    registration = _registration(mail)
    if registration is None or registration.state != RegistrationState.DECLINED or not registration.email:
        return None
    here = network.current()
    return Letter(
        to=registration.email,
        subject=_("About your registration｜%(network)s") % {"network": here.name},
        greeting=_greeting(registration),
        paragraphs=[sentence_of(registration.reason)],
        after=[
            _("If you think we are mistaken, please write to %(mail)s. What you entered is deleted after 90 days.")
            % {"mail": here.contact_email}
        ],
        reason=_reason(),
    )


def sentence_of(reason: str) -> str:
    """The prepared sentence of a refusal: none of them tells what the roster holds."""
    here = network.current()
    sentences = {
        DeclineReason.NOT_ELIGIBLE: _(
            "%(network)s is for people who once worked at %(company)s. From what you wrote we could not welcome you this time."
        ),
        DeclineReason.NOT_CONFIRMED: _(
            "We could not confirm the time at %(company)s from what you wrote, so we could not complete the registration in %(network)s."
        ),
        DeclineReason.DUPLICATE: _(
            "You are registered in %(network)s with another address already. Please sign in with that one."
        ),
        DeclineReason.ON_REQUEST: _("As you asked, we have stopped your registration in %(network)s."),
    }
    return sentences[DeclineReason(reason)] % {"network": here.name, "company": here.company}


def invitation(mail: OutgoingMail) -> Letter | None:
    found = Invitation.objects.select_related("invited_by").filter(pk=mail.about.get("invitation")).first()
    if found is None or invitations.state(found) != "open" or User.objects.by_email(found.email):
        return None
    return invitation_letter(found, reverse("accounts:join-invited", args=[invitations.token_of(found)]))


def invitation_letter(found: Invitation, path: str) -> Letter:
    """What an invitation says; `path` is where its button leads. An unsaved one gives the office its look beforehand."""
    here = network.current()
    from_office = found.kind == InvitationKind.OFFICER
    name = found.shown_name
    opening = (
        _("%(office)s invites you to %(network)s, the network of people who once worked at %(company)s.")
        if from_office
        else _("%(signed)s invites you to %(network)s, the network of people who once worked at %(company)s.")
    )
    return Letter(
        to=found.email,
        subject=_("Invitation to %(network)s") % {"network": here.name},
        greeting=pgettext("mail", "Dear %(name)s,") % {"name": name} if name else "",
        paragraphs=[
            opening
            % {
                "office": here.office,
                "signed": dates.person(found.signed),
                "network": here.name,
                "company": here.company,
            },
            *([_("Their words: %(words)s") % {"words": found.words}] if found.words and not from_office else []),
            *([found.words] if found.words and from_office else []),
        ],
        facts=[(_("Open until"), dates.day(clock.local(found.expires_at, here.zone), year=True))],
        button=(_("See the invitation"), settings.ORIGIN + path),
        after=[_("The invitation is for you alone and works once. If you do not wish to join, you need do nothing.")],
        reason=_reason_of(found),
    )


def _reason_of(found: Invitation) -> str:
    """Where the address comes from: whoever is on the company's roster learns that, and whom to tell to stop."""
    here = network.current()
    if found.kind != InvitationKind.OFFICER or found.roster_entry_id is None:
        return _("You got this mail because your address was given for an invitation. It is sent once.")
    return _(
        "You got this mail because your address stands in %(company)s's record of people who left. If you wish no such mail, please write to %(mail)s."
    ) % {"company": here.company, "mail": here.contact_email}


def link(registration: Registration) -> str:
    """The address that opens this registration in any browser, after a button."""
    return settings.ORIGIN + reverse(
        "accounts:join-link", args=[registration.pk, registrations.link_token(registration)]
    )


def _already_member(registration: Registration) -> Letter:
    here = network.current()
    return Letter(
        to=registration.email,
        subject=_("You are a member already｜%(network)s") % {"network": here.name},
        greeting="",
        paragraphs=[
            _(
                "Someone, perhaps you, began a registration with this address. It belongs to a member already, so there is nothing to register: please sign in."
            )
        ],
        button=(_("Go to the sign-in page"), settings.ORIGIN + reverse("accounts:sign-in")),
        reason=_("If it was not you, please do nothing. Nothing has changed."),
    )


def _greeting(registration: Registration) -> str:
    name = registration.shown_name
    return pgettext("mail", "Dear %(name)s,") % {"name": name} if name else ""


def _reason() -> str:
    return _("You got this mail because you asked to join %(network)s.") % {"network": network.current().name}


def _registration(mail: OutgoingMail) -> Registration | None:
    return Registration.objects.filter(pk=mail.about.get("registration")).first()


def _language(mail: OutgoingMail) -> str:
    registration = _registration(mail)
    return registration.language if registration else "ja"


def _invitation_language(mail: OutgoingMail) -> str:
    return Invitation.objects.filter(pk=mail.about.get("invitation")).values_list("language", flat=True).first() or "ja"
