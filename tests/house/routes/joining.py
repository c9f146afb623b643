"""Asking to join, invitations, routes, admission, one's own page, the request desk."""

from __future__ import annotations

from typing import Any

from cast import Cast

ACTORS = ("anonymous", "applicant", "member", "other", "host", "officer", "owner", "ex_member")


def _all(answer: str) -> dict[str, str]:
    return dict.fromkeys(ACTORS, answer)


OPEN = _all("ok")
STRANGERS = {"anonymous": "sign-in", "ex_member": "sign-in"}
# An account without a member behind it learns nothing.
MEMBERS = {**_all("ok"), **STRANGERS, "applicant": "404"}
OFFICE = {**_all("403"), **STRANGERS, "officer": "ok", "owner": "ok"}
# The invited person is not signed in; whoever is, is told that it is for someone else.
INVITED = {**_all("410"), "anonymous": "ok", "ex_member": "ok"}
# Nakamura's link at a mail's foot: whoever holds it and is not signed in as somebody else may use it.
BY_LINK = {**_all("404"), "anonymous": "ok", "member": "ok", "ex_member": "ok"}
OWN = {**_all("404"), **STRANGERS, "member": "ok"}


def _get(actors: dict[str, str]) -> dict[str, Any]:
    return {"methods": {"GET": actors}}


def _post(actors: dict[str, str]) -> dict[str, Any]:
    return {"methods": {"POST": actors}}


def _form(actors: dict[str, str]) -> dict[str, Any]:
    return {"methods": {"GET": actors, "POST": actors}}


ROUTES: dict[str, dict[str, Any]] = {
    # Each step acts on the registration of the reader's own browser, or leads to the first step.
    "accounts:join": _form(OPEN),
    "accounts:join-prove": _form(OPEN),
    "accounts:join-prove-again": _post(OPEN),
    "accounts:join-work": _form(OPEN),
    "accounts:join-visibility": _form(OPEN),
    "accounts:join-waiting": _form(OPEN),
    "accounts:join-take-back": _post(OPEN),
    "accounts:join-withdraw": _form(OPEN),
    # Whoever holds the token of a mail may use it: it is the key.
    "accounts:join-link": _form(OPEN),
    "accounts:join-invited": _form(INVITED),
    "accounts:office-invitations": _form(OFFICE),
    "accounts:office-invitation-revoke": _post(OFFICE),
    "accounts:office-invitations-stop": _post(OFFICE),
    "accounts:office-routes": _form(OFFICE),
    "accounts:office-route": _get(OFFICE),
    "accounts:office-route-qr": _get(OFFICE),
    "accounts:office-route-close": _post(OFFICE),
    "members:profile": _get(MEMBERS),
    "members:profile-edit": _form(MEMBERS),
    "members:data": _get(MEMBERS),
    "members:download": _post(MEMBERS),
    "members:request-create": _post(MEMBERS),
    "members:leave": _form(MEMBERS),
    "members:mails": _form(MEMBERS),
    "members:mail-link": _form(BY_LINK),
    "members:mail-link-undo": _post(BY_LINK),
    "members:invite": _form(MEMBERS),
    "members:invite-revoke": _post(OWN),
    "members:office-registrations": _get(OFFICE),
    "members:office-registration": _get(OFFICE),
    "members:office-registration-admit": _post(OFFICE),
    "members:office-registration-ask": _post(OFFICE),
    "members:office-registration-decline": _post(OFFICE),
    "members:office-members": _get(OFFICE),
    "members:office-member": _get(OFFICE),
    "members:office-requests": _get(OFFICE),
    "members:office-request": _form(OFFICE),
}


def objects(cast: Cast) -> dict[str, dict[str, object]]:
    """A registration that waits, an invitation of Nakamura's, a code, a request of Nakamura's."""
    from enishi.accounts.actions import invitations, routes
    from enishi.accounts.queries.invitations import token_of
    from enishi.accounts.queries.registrations import link_token
    from enishi.members.actions import requests
    from enishi.members.queries import mail_links
    from enishi.publishing.mail_topics import REPORTS
    from factories.registration import make_registration

    registration = make_registration()
    invitation = invitations.invite(kind="member", email="friend@mail.example", by=cast.nakamura.user, signed="中村")
    route = routes.create(label="ちらし", route="flyer", code="aki", by=cast.miyake.user)
    request = requests.ask(cast.nakamura, kind="correction", words="", by=cast.nakamura.user)
    one = {"pk": registration.pk}
    link = {"token": mail_links.token(cast.nakamura, REPORTS)}
    return {
        "accounts:join-link": {"pk": registration.pk, "token": link_token(registration)},
        "accounts:join-invited": {"token": token_of(invitation)},
        "accounts:office-invitation-revoke": {"pk": invitation.pk},
        "accounts:office-route": {"pk": route.pk},
        "accounts:office-route-qr": {"pk": route.pk},
        "accounts:office-route-close": {"pk": route.pk},
        "members:invite-revoke": {"pk": invitation.pk},
        "members:mail-link": link,
        "members:mail-link-undo": link,
        "members:office-registration": one,
        "members:office-registration-admit": one,
        "members:office-registration-ask": one,
        "members:office-registration-decline": one,
        "members:office-member": {"pk": cast.nakamura.pk},
        "members:office-request": {"pk": request.pk},
    }


def data(cast: Cast) -> dict[str, dict[str, str]]:
    return {
        "accounts:join": {"email": "new@mail.example", "route": "search"},
        "accounts:office-invitations": {"email": "new@mail.example", "language": "ja"},
        "accounts:office-routes": {"label": "ちらし", "route": "flyer"},
        "members:request-create": {"kind": "disclosure", "words": ""},
        "members:leave": {"sure": "yes"},
        "members:invite": {"email": "new@mail.example", "signed": "中村", "language": "ja"},
        "members:office-registration-ask": {"ask-question": "どの部署でしたか。"},
        "members:office-registration-decline": {"decline-reason": "not_confirmed"},
        "members:office-request": {"result": "お送りしました。"},
    }
