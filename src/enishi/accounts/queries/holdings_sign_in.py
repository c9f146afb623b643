"""What the door keeps of a person: the account, its duties, its ledger of consents, its second factor."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

from allauth.account.models import EmailAddress
from allauth.mfa.models import Authenticator
from django.db.models import Model
from django.utils.translation import gettext_lazy as _

from enishi.accounts.models import Consent, EmailChange, Role, SignInTicket, User
from enishi.core import clock
from enishi.core.personal_data import Holding, Rows
from enishi.core.personal_data import register as hold


def register() -> None:
    """Called from the app's `ready`."""
    hold(
        Holding("accounts.User", _("Account"), _account, _close, _("a number, so that the record of acts stays whole"))
    )
    hold(
        Holding(
            "accounts.Role",
            _("Duties in the office"),
            _rows(Role, "kind", "granted_at", "expires_at", "ended_at"),
            lambda user: Role.objects.filter(user=user, ended_at=None).update(ended_at=clock.now()),
            _("which duty was held from when to when, under a number"),
        )
    )
    hold(
        Holding(
            "accounts.Consent",
            _("Consents"),
            _rows(Consent, "kind", "version", "agreed", "at"),
            lambda user: 0,
            _("three years, under a number, as proof of what was agreed"),
        )
    )
    hold(_gone("accounts.SignInTicket", _("Sign-ins asked for"), SignInTicket, "created_at", "used_at"))
    hold(
        _gone("accounts.EmailChange", _("Changes of the mail address"), EmailChange, "email", "old_email", "created_at")
    )
    hold(_gone("mfa.Authenticator", _("Second factor"), Authenticator, "type", "created_at", "last_used_at"))
    hold(_gone("account.EmailAddress", _("Further addresses"), EmailAddress, "email", "verified"))


def _account(user: User) -> Rows:
    return [
        {
            "email": user.email,
            "language": user.language,
            "zone": user.zone,
            "theme": user.theme,
            "created_at": user.created_at,
            "last_login": user.last_login,
        }
    ]


def _close(user: User) -> int:
    """Empty the account: it stays as a number that opens nothing."""
    user.end_access()
    return User.objects.filter(pk=user.pk).update(
        email=f"erased-{user.pk}@invalid",
        is_active=False,
        language="ja",
        zone="",
        theme="",
        last_login=None,
        closed_at=clock.now(),
    )


def _gone(name: str, title: Any, model: type[Model], *fields: str) -> Holding:
    """Rows that go with the person."""
    return Holding(
        name, title, _rows(model, *fields), lambda user: model._default_manager.filter(user=user).delete()[0]
    )


def _rows(model: type[Model], *fields: str) -> Callable[[Any], Rows]:
    return lambda user: [dict(row) for row in model._default_manager.filter(user=user).values(*fields)]
