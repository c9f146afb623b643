"""Another address: say which, prove it by its mail, and go on."""

from __future__ import annotations

from django.contrib import messages
from django.contrib.auth import update_session_auth_hash
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods

from enishi.accounts.actions import email_change as actions
from enishi.accounts.forms.email_change import EmailChangeForm
from enishi.accounts.models import EmailChange, User
from enishi.accounts.policies_http import reader, signed_in, sure
from enishi.accounts.queries.proofs import State, look
from enishi.accounts.views import proving
from enishi.core import limits
from enishi.core.see_other import SeeOther

_KEY = "email_change"  # in the session of the browser that asked


@signed_in
@require_http_methods(["GET", "HEAD", "POST"])
@sure
def email_change(request: HttpRequest) -> HttpResponse:
    """Which address. The answer is the same whether someone has it or not."""
    user = reader(request)
    form = EmailChangeForm(request.POST or None, now=user.email)
    if request.method == "POST" and form.is_valid():
        email = form.cleaned_data["email"]
        browser = proving.browser_key(request)
        change = actions.ask(user, email, browser=browser, ip=limits.client_address(request))
        proving.remember(request, _KEY, proof=change.pk, email=email)
        return SeeOther(reverse("accounts:email-change-sent"))
    status = 422 if request.method == "POST" else 200
    return render(request, "accounts/email_change.html", {"form": form}, status=status)


@signed_in
@require_http_methods(["GET", "HEAD", "POST"])
def email_change_sent(request: HttpRequest) -> HttpResponse:
    """Look into the new mailbox; or type its code here."""
    if _KEY not in request.session:
        return redirect("accounts:email-change")
    change, shown = proving.typed(request, _KEY, actions.use_code)
    if change:
        return _go_on(request, change)
    status = 422 if request.method == "POST" else 200
    return render(request, "accounts/email_change_sent.html", shown, status=status)


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
    context = {"state": state.value, "change": change, "done": done, "minutes": proving.MINUTES}
    return render(request, "accounts/email_change_link.html", context, status=proving.STATUS[state])
