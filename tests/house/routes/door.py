"""The door, the second factor, the set-up, duties, settings and the public pages."""

from __future__ import annotations

from typing import Any

from cast import Cast

ACTORS = ("anonymous", "applicant", "member", "other", "host", "officer", "owner", "ex_member")


def _all(answer: str) -> dict[str, str]:
    return dict.fromkeys(ACTORS, answer)


def _account(answer: str) -> dict[str, str]:
    """Whoever has an open account gets the answer; others are asked to sign in."""
    return {**_all(answer), "anonymous": "sign-in", "ex_member": "sign-in"}


PUBLIC = {"methods": {"GET": _all("ok")}}
OPEN_FORM = {"methods": {"GET": _all("ok"), "POST": _all("ok")}}
LEADS_TO_SIGN_IN = {"methods": {"GET": _all("sign-in"), "POST": _all("sign-in")}}
# A network with an owner has no set-up any more.
NO_SET_UP = {"methods": {"GET": _all("404"), "POST": _all("404")}}
OWNER = {**_account("403"), "owner": "ok"}

ROUTES: dict[str, dict[str, Any]] = {
    "office:front": PUBLIC,
    "office:about": PUBLIC,
    "office:privacy": PUBLIC,
    "office:robots": PUBLIC,
    "office:sitemap": PUBLIC,
    "office:setup": NO_SET_UP,
    "office:setup-owner": NO_SET_UP,
    "office:setup-network": NO_SET_UP,
    "office:settings": {"methods": {"GET": OWNER, "POST": OWNER}},
    "accounts:sign-in": OPEN_FORM,
    # Nobody of the table has asked for a mail in this browser.
    "accounts:sign-in-sent": LEADS_TO_SIGN_IN,
    # Whoever holds the token of a mail may use it: it is the key.
    "accounts:sign-in-link": OPEN_FORM,
    "accounts:confirm": {"methods": {"GET": _account("ok"), "POST": _account("ok")}},
    "accounts:email-change": {"methods": {"GET": _account("ok"), "POST": _account("ok")}},
    # Leads to the form before it where this browser has not asked.
    "accounts:email-change-sent": {"methods": {"GET": _account("ok"), "POST": _account("ok")}},
    "accounts:email-change-link": OPEN_FORM,
    "accounts:sign-out": {"methods": {"POST": _all("ok")}},
    "accounts:language": {"methods": {"POST": _all("ok")}},
    "accounts:office-roles": {"methods": {"GET": OWNER, "POST": OWNER}},
    "accounts:office-role-end": {"methods": {"POST": OWNER}},
    # Second factor: each acts on the reader's own account alone; nobody of the cast has an authenticator.
    "mfa_index": {"methods": {"GET": _account("ok")}},
    "mfa_authenticate": {"methods": {"GET": _account("ok"), "POST": _account("ok")}},
    "mfa_reauthenticate": {"methods": {"GET": _account("403"), "POST": _account("403")}},
    "mfa_activate_totp": {"methods": {"GET": _account("ok"), "POST": _account("ok")}},
    "mfa_deactivate_totp": {"methods": {"GET": _account("404"), "POST": _account("404")}},
    "mfa_view_recovery_codes": {"methods": {"GET": _account("404")}},
    "mfa_generate_recovery_codes": {"methods": {"GET": _account("ok"), "POST": _account("ok")}},
    "mfa_download_recovery_codes": {"methods": {"GET": _account("404")}},
    "account_reauthenticate": {"methods": {"GET": _account("403"), "POST": _account("403")}},
    "account_login": LEADS_TO_SIGN_IN,
    "account_inactive": LEADS_TO_SIGN_IN,
}


def objects(cast: Cast) -> dict[str, dict[str, object]]:
    """A mailed link of Nakamura's, and the host's duty."""
    from enishi.accounts.actions import email_change, sign_in
    from enishi.accounts.models import Role, SignInTicket
    from enishi.accounts.queries.proofs import token

    change = email_change.ask(cast.nakamura.user, "new@mail.example", browser="table", ip="192.0.2.7")
    number = sign_in.ask(cast.nakamura.user.email, browser="table", ip="192.0.2.7")
    ticket = SignInTicket.objects.get(pk=number)
    return {
        "accounts:sign-in-link": {"number": ticket.pk, "token": token(ticket)},
        "accounts:email-change-link": {"number": change.pk, "token": token(change)},
        "accounts:office-role-end": {"number": Role.objects.get(user=cast.fujii.user).pk},
    }


def data(cast: Cast) -> dict[str, dict[str, str]]:
    return {
        "accounts:sign-in": {"email": "nakamura@mail.example"},
        "accounts:email-change": {"email": "other@mail.example"},
        "accounts:language": {"language": "en", "next": "/about/"},
        "accounts:office-roles": {"email": "mori@mail.example", "kind": "host", "last_day": ""},
        "office:settings": {
            "name_ja": "若草製薬アルムナイ",
            "company_ja": "若草製薬株式会社",
            "office_ja": "アルムナイ事務局",
            "contact_email": "office@wakakusa.example",
            "purpose_ja": "退職された方どうし、また会社との縁をつなぐため",
            "zone": "Asia/Tokyo",
            "language": "ja",
            "smallest_cell": "3",
        },
    }
