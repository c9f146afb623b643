"""What the pages of joining share: the registration of this browser, and where it goes on."""

from __future__ import annotations

import secrets
from collections.abc import Callable
from functools import wraps
from typing import Any

from django.contrib import messages
from django.core.exceptions import ValidationError
from django.http import HttpRequest, HttpResponse
from django.urls import reverse
from django.utils.translation import gettext as _

from enishi.accounts.choices import RegistrationState
from enishi.accounts.models import Registration
from enishi.accounts.queries import registrations as queries
from enishi.core.see_other import see

KEY = "registration_key"
View = Callable[..., HttpResponse]


def told(view: View) -> View:
    """What changed meanwhile (answered, sent in another window) is said on the page where the registration now stands."""

    @wraps(view)
    def guarded(request: HttpRequest, *args: Any, **kwargs: Any) -> HttpResponse:
        try:
            return view(request, *args, **kwargs)
        except ValidationError as fault:
            messages.info(request, fault.messages[0])
            return see(next_page(current(request)))

    return guarded


def current(request: HttpRequest) -> Registration | None:
    """The registration that belongs to this browser."""
    return queries.of_browser(str(request.session.get(KEY, "")))


def new_key(request: HttpRequest) -> str:
    """A fresh random key for this browser; only its hash goes into the registration."""
    key = secrets.token_urlsafe(24)
    request.session[KEY] = key
    return key


def next_page(registration: Registration | None) -> str:
    """Where this registration goes on."""
    if registration is None or registration.state == RegistrationState.WITHDRAWN:
        return reverse("accounts:join")
    if registration.state != RegistrationState.DRAFT:
        return reverse("accounts:join-waiting")
    if registration.email_proved_at is None:
        return reverse("accounts:join-prove")
    return reverse(
        "accounts:join-visibility" if registration.family_name and registration.stints else "accounts:join-work"
    )


def incomplete() -> str:
    """What to do with a link that is none of ours as it stands."""
    return _(
        "This link is not complete. Open it from the mail once more, or copy the whole line into the browser."
        " If the mail is old, you can begin anew on the registration page."
    )


def status_of(form: Any) -> int:
    return 422 if form.is_bound and form.errors else 200
