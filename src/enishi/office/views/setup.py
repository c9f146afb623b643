"""The first owner: code, name and address, the network; then the second factor."""

from __future__ import annotations

from dataclasses import asdict
from typing import Any

from allauth.account.internal.flows.login import record_authentication
from allauth.account.utils import perform_login
from django.contrib.auth import logout
from django.core.exceptions import ValidationError
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils.translation import get_language
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods

from enishi.accounts.actions import setup_code
from enishi.core import limits
from enishi.core.see_other import SeeOther
from enishi.office.actions import setup as actions
from enishi.office.forms.network import NetworkForm, OwnerForm, SetupCodeForm

_KEY = "setup"  # in the session: the code's key, then the owner's name and address


@require_http_methods(["GET", "HEAD", "POST"])
def setup(request: HttpRequest) -> HttpResponse:
    """The code from the console. Once there is an owner this page is not there."""
    _only_without_owner()
    form = SetupCodeForm(request.POST or None)
    if request.method == "POST" and form.is_valid():
        number = setup_code.prove(form.cleaned_data["code"], ip=limits.client_address(request))
        if number is not None:
            request.session.cycle_key()
            request.session[_KEY] = {"code": number}
            return SeeOther(reverse("office:setup-owner"))
        form.add_error(
            "code",
            _(
                "This code does not fit, or it is too old. Look at the console again, or print a new one: bin/enishi setup_code"
            ),
        )
    return _page(request, "office/setup.html", form, 1)


@require_http_methods(["GET", "HEAD", "POST"])
def setup_owner(request: HttpRequest) -> HttpResponse:
    """The owner's own name and address."""
    _only_without_owner()
    known = _known(request)
    if known is None:
        return redirect("office:setup")
    form = OwnerForm(request.POST or None, initial=known.get("owner"))
    if request.method == "POST" and form.is_valid():
        request.session[_KEY] = {**known, "owner": asdict(actions.Owner(**form.cleaned_data))}
        return SeeOther(reverse("office:setup-network"))
    return _page(request, "office/setup_owner.html", form, 2)


@require_http_methods(["GET", "HEAD", "POST"])
def setup_network(request: HttpRequest) -> HttpResponse:
    """The network's name and purpose; with it all is done in one transaction, and the owner is inside."""
    _only_without_owner()
    known = _known(request)
    if known is None:
        return redirect("office:setup")
    if "owner" not in known:
        return redirect("office:setup-owner")
    form = NetworkForm(request.POST or None, initial={"contact_email": known["owner"]["email"]})
    if request.method == "POST" and form.is_valid():
        try:
            user = actions.found(
                actions.Owner(**known["owner"]),
                form.cleaned_data,
                code=known["code"],
                language=(get_language() or "ja")[:2],
            )
        except ValidationError as refusal:
            form.add_error(None, refusal)
        else:
            request.session.pop(_KEY, None)
            return _enter(request, user)
    return _page(request, "office/setup_network.html", form, 3)


def _enter(request: HttpRequest, user: Any) -> HttpResponse:
    """Signed in; the code from the console stands for the mail. The second factor comes next."""
    if request.user.is_authenticated:
        logout(request)
    record_authentication(request, user, method="setup_code", reauthenticated=True)
    answer: HttpResponse = perform_login(
        request, user, email_verification="none", redirect_url=reverse("mfa_activate_totp")
    )
    answer.status_code = 303
    return answer


def _known(request: HttpRequest) -> dict[str, Any] | None:
    """What this browser has told so far, while its code is still good."""
    known: dict[str, Any] | None = request.session.get(_KEY)
    return known if known and setup_code.is_open(known["code"]) else None


def _only_without_owner() -> None:
    if setup_code.owner_exists():
        raise Http404


def _page(request: HttpRequest, template: str, form: Any, step: int) -> HttpResponse:
    status = 422 if request.method == "POST" else 200
    return render(request, template, {"form": form, "step": step, "steps": 3}, status=status)
