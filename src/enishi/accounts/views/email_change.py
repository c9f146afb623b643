"""Another address: say which, prove it by its mail, and go on."""

from __future__ import annotations

from typing import Any

from django.contrib import messages
from django.contrib.auth import update_session_auth_hash
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.utils.translation import ngettext
from django.views.decorators.http import require_http_methods

from enishi.accounts.actions import email_change as actions
from enishi.accounts.actions.sign_in import CODE_TRIES, LIFETIME
from enishi.accounts.forms.email_change import EmailChangeForm
from enishi.accounts.forms.sign_in import CodeForm
from enishi.accounts.models import EmailChange, User
from enishi.accounts.policies_http import SeeOther, reader, signed_in, sure
from enishi.accounts.queries.proofs import State, look
from enishi.accounts.views.sign_in import browser_key, too_late
from enishi.core import clock, limits

_KEY = "email_change"  # in the session of the browser that asked: change, address, tries, when
MINUTES = int(LIFETIME.total_seconds() // 60)


@signed_in
@require_http_methods(["GET", "HEAD", "POST"])
@sure
def email_change(request: HttpRequest) -> HttpResponse:
    """Which address. The answer is the same whether someone has it or not."""
    user = reader(request)
    form = EmailChangeForm(request.POST or None, now=user.email)
    if request.method == "POST" and form.is_valid():
        email = form.cleaned_data["email"]
        change = actions.ask(user, email, browser=browser_key(request), ip=limits.client_address(request))
        request.session[_KEY] = {"change": change.pk, "email": email, "tries": 0, "at": clock.now().isoformat()}
        return SeeOther(reverse("accounts:email-change-sent"))
    status = 422 if request.method == "POST" else 200
    return render(request, "accounts/email_change.html", {"form": form}, status=status)


@signed_in
@require_http_methods(["GET", "HEAD", "POST"])
def email_change_sent(request: HttpRequest) -> HttpResponse:
    """Look into the new mailbox; or type its code here."""
    asked: dict[str, Any] | None = request.session.get(_KEY)
    if not asked:
        return redirect("accounts:email-change")
    form = CodeForm(request.POST or None)
    over = too_late(asked)
    if request.method == "POST" and not over and form.is_valid():
        asked["tries"] += 1
        request.session[_KEY] = asked
        change = actions.use_code(asked["change"], form.cleaned_data["code"], browser=browser_key(request))
        if change:
            return _go_on(request, change)
        over = too_late(asked)
        if not over:
            form.add_error("code", _misfit(CODE_TRIES - asked["tries"]))
    context = {"form": form, "asked": asked, "over": over, "minutes": MINUTES}
    status = 422 if request.method == "POST" else 200
    return render(request, "accounts/email_change_sent.html", context, status=status)


@require_http_methods(["GET", "HEAD", "POST"])
def email_change_link(request: HttpRequest, number: int, token: str) -> HttpResponse:
    """The mailed link, in any browser: opening it changes nothing, the button does."""
    if request.method != "POST":
        return _page(request, *look(EmailChange, number, token))
    state, change = actions.use_link(number, token)
    if state is State.OPEN and change is not None:
        return _go_on(request, change)
    return _page(request, state, change)


def _go_on(request: HttpRequest, change: EmailChange) -> HttpResponse:
    """Every other session has ended; this one goes on where it is the person's own, with a new id."""
    user: User = change.user
    if request.user.is_authenticated and request.user.pk == user.pk:
        request.session.pop(_KEY, None)
        update_session_auth_hash(request, user)
        messages.success(request, _("Your mail address is %(email)s now.") % {"email": user.email}, extra_tags="ok")
        return SeeOther(reverse("members:profile") if hasattr(user, "member") else "/")
    return _page(request, State.OPEN, change, done=True)


def _page(request: HttpRequest, state: State, change: EmailChange | None, *, done: bool = False) -> HttpResponse:
    status = {State.OPEN: 200, State.UNKNOWN: 404}.get(state, 410)
    context = {"state": state.value, "change": change, "done": done, "minutes": MINUTES}
    return render(request, "accounts/email_change_link.html", context, status=status)


def _misfit(left: int) -> str:
    return ngettext(
        "This code does not fit. Look at the newest mail; you have %(left)s more try.",
        "This code does not fit. Look at the newest mail; you have %(left)s more tries.",
        left,
    ) % {"left": left}
