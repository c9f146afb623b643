"""Registrations and rows of the roster, as a test needs them."""

from __future__ import annotations

from datetime import date
from typing import Any

from enishi.accounts.actions import registrations
from enishi.accounts.models import Registration, RosterEntry
from enishi.engines import names

STINT = {
    "site": "つくば研究所",
    "department": "創薬研究部",
    "from_year": 2004,
    "from_month": 4,
    "to_year": 2011,
    "to_month": 9,
    "until_now": False,
    "manager": "",
}


def make_entry(**fields: Any) -> RosterEntry:
    """HR's row of Kuroda Midori."""
    values: dict[str, Any] = {
        "employee_number": "000123",
        "family_name": "黒田",
        "given_name": "翠",
        "family_kana": "クロダ",
        "given_kana": "ミドリ",
        "email": "kuroda@mail.example",
        "joined_on": date(2004, 4, 1),
        "left_on": date(2011, 9, 30),
        "stints": [STINT],
        **fields,
    }
    person = names.PersonName(values["family_name"], values["given_name"], values["family_kana"], values["given_kana"])
    return RosterEntry.objects.create(**{"name_keys": "|" + "|".join(names.keys(person)) + "|", **values})


def make_registration(*, email: str = "kuroda@mail.example", sent: bool = True, **fields: Any) -> Registration:
    """Kuroda's claim, address proved; sent to the office unless said otherwise."""
    registration = registrations.begin(email=email, route="search")
    registration = registrations.mark_proved(registration)
    registrations.save_step(
        registration,
        **{
            "family_name": "黒田",
            "given_name": "翠",
            "family_kana": "クロダ",
            "given_kana": "ミドリ",
            "employer": "大学病院",
            "title": "薬剤師",
            "country": "日本",
            "stints": [STINT],
            "visibility": {},
            **fields,
        },
    )
    if sent:
        registrations.submit(registration, purpose_version=1)
    return registration
