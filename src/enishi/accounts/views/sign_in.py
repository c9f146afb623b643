"""The door: an address, a mail, a press."""

from __future__ import annotations

from allauth.account.internal.flows.login import record_authentication
from allauth.account.utils import perform_login
from allauth.mfa.utils import is_mfa_enabled
from django.conf import settings
from django.contrib import messages
from django.contrib.auth import logout
from django.core.exceptions import BadRequest
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_POST

from enishi.accounts.actions import sign_in as actions
from enishi.accounts.forms.sign_in import SignInForm
from enishi.accounts.models import SignInTicket, User
from enishi.accounts.policies_http import own_path, reader, signed_in
from enishi.accounts.queries.proofs import State, look
from enishi.accounts.views import proving
from enishi.core import limits
from enishi.core.see_other import SeeOther

_KEY = "sign_in"  # in the session of the browser that asked


@require_http_methods(["GET", "HEAD", "POST"])
def sign_in(request: HttpRequest) -> HttpResponse:
    """Ask for an address and mail to it; the answer is the same whether someone has that address or not."""
    onward = own_path(request.POST.get("next", "") or request.GET.get("next", ""))
    if request.user.is_authenticated and not request.POST:
        return redirect(onward or settings.LOGIN_REDIRECT_URL)
    form = SignInForm(request.POST or None)
    if request.method == "POST" and form.is_valid():
        mail_to(request, form.cleaned_data["email"], onward)
        return SeeOther(_sent_path())
    status = 422 if request.method == "POST" else 200
    return render(request, "accounts/sign_in.html", {"form": form, "next": onward}, status=status)


@require_http_methods(["GET", "HEAD", "POST"])
def sent(request: HttpRequest) -> HttpResponse:
    """Look into your mail; or type its code here, in the browser that asked."""
    if _KEY not in request.session:
        return redirect("accounts:sign-in")
    ticket, shown = proving.typed(request, _KEY, actions.use_code)
    if ticket:
        return enter(request, ticket)
    status = 422 if request.method == "POST" else 200
    return render(request, "accounts/sign_in_sent.html", shown, status=status)


@require_http_methods(["GET", "HEAD", "POST"])
def link(request: HttpRequest, number: int, token: str) -> HttpResponse:
    """The mailed link. Opening it shows a button and changes nothing, so a mail scanner may open it as often as it likes."""
    if request.method != "POST":
        return _link_page(request, *look(SignInTicket, number, token))
    if "again" in request.POST:
        state, ticket = look(SignInTicket, number, token)
        if ticket is None:
            return _link_page(request, state, ticket)
        mail_to(request, ticket.user.email, ticket.next_path)
        return SeeOther(_sent_path())
    state, ticket = actions.use_link(number, token)
    if state is State.OPEN and ticket is not None:
        return enter(request, ticket)
    return _link_page(request, state, ticket)


@signed_in
@require_http_methods(["GET", "HEAD", "POST"])
def confirm(request: HttpRequest) -> HttpResponse:
    """Before an act that needs to be sure of the person: prove the address anew by a mail."""
    onward = own_path(request.POST.get("next", "") or request.GET.get("next", ""))
    if request.method == "POST":
        mail_to(request, reader(request).email, onward)
        return SeeOther(_sent_path())
    return render(request, "accounts/confirm.html", {"next": onward})


@require_POST
def sign_out(request: HttpRequest) -> HttpResponse:
    logout(request)
    messages.success(request, _("You have signed out."))
    return SeeOther("/")


@require_POST
def language(request: HttpRequest) -> HttpResponse:
    """Keep the reader's language: in a cookie, and with the account."""
    chosen = request.POST.get("language", "")
    if chosen not in dict(settings.LANGUAGES):
        raise BadRequest("No such language.")
    if request.user.is_authenticated:
        User.objects.filter(pk=request.user.pk).update(language=chosen)
    response = SeeOther(own_path(request.POST.get("next", "")) or "/")
    response.set_cookie(
        settings.LANGUAGE_COOKIE_NAME,
        chosen,
        max_age=60 * 60 * 24 * 365,
        secure=bool(settings.SESSION_COOKIE_SECURE),
        httponly=True,
        samesite="Lax",
    )
    return response


def mail_to(request: HttpRequest, email: str, onward: str) -> None:
    """Ask for a mail on behalf of this browser, and remember in its session what was asked."""
    browser = proving.browser_key(request)
    ticket = actions.ask(email, browser=browser, ip=limits.client_address(request), next_path=onward)
    proving.remember(request, _KEY, proof=ticket, email=email, onward=onward)


def enter(request: HttpRequest, ticket: SignInTicket) -> HttpResponse:
    """Through the door: past the second factor if there is one, with a new session id, to where the person was going."""
    user = ticket.user
    onward = ticket.next_path or settings.LOGIN_REDIRECT_URL
    request.session.pop(_KEY, None)
    if request.user.is_authenticated and request.user.pk == user.pk:
        # Already inside: the mail proves the person anew, but never in place of the second factor.
        if not is_mfa_enabled(user):
            record_authentication(request, user, method="mail", reauthenticated=True)
        return SeeOther(onward)
    if request.user.is_authenticated:
        logout(request)
    record_authentication(request, user, method="mail", reauthenticated=True)
    response: HttpResponse = perform_login(request, user, email_verification="none", redirect_url=onward)
    response.status_code = 303
    return response


def _link_page(request: HttpRequest, state: State, ticket: SignInTicket | None) -> HttpResponse:
    context = {"state": state.value, "ticket": ticket, "minutes": proving.MINUTES}
    return render(request, "accounts/sign_in_link.html", context, status=proving.STATUS[state])


def _sent_path() -> str:
    return reverse("accounts:sign-in-sent")
