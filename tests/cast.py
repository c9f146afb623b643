"""The cast: the office's three and a dozen alumni, with stints, zones and visibility. Invented people.

Three of the office: Tadokoro (owner), Miyake (officer), Fujii (host). Alumni: Nakamura lives in Tokyo, Jansen in Amsterdam,
Harada in New York; Mori has shared a site with Nakamura; Saeki hides all she can; Onishi never shared a workplace with
anyone. Outsider: an account without a member behind it (applicant).
"""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date
from typing import Any

from django.contrib.auth.hashers import make_password

from enishi.accounts.choices import RoleKind, Route
from enishi.accounts.models import Role, User
from enishi.core import network as network_cache
from enishi.core.models import NetworkSettings
from enishi.members.models import Department, Member, Site, Stint

PEOPLE: dict[str, dict[str, Any]] = {
    "tadokoro": {
        "family": "田所",
        "given": "恵",
        "kana": "タドコロ メグミ",
        "email": "tadokoro@wakakusa.example",
        "is_employee": True,
    },
    "miyake": {
        "family": "三宅",
        "given": "誠",
        "kana": "ミヤケ マコト",
        "email": "miyake@wakakusa.example",
        "is_employee": True,
    },
    "fujii": {
        "family": "藤井",
        "given": "彩",
        "kana": "フジイ アヤ",
        "email": "fujii@wakakusa.example",
        "is_employee": True,
    },
    "nakamura": {
        "family": "中村",
        "given": "聡",
        "kana": "ナカムラ サトシ",
        "email": "nakamura@mail.example",
        "country": "日本",
        "employer": "医療ベンチャー",
    },
    "jansen": {
        "family": "Jansen",
        "given": "Laura",
        "email": "jansen@mail.example",
        "zone": "Europe/Amsterdam",
        "language": "en",
        "country": "オランダ",
        "employer": "製薬会社",
    },
    "harada": {
        "family": "原田",
        "given": "健",
        "kana": "ハラダ ケン",
        "email": "harada@mail.example",
        "zone": "America/New_York",
        "country": "アメリカ",
        "employer": "病院",
    },
    "mori": {
        "family": "森",
        "given": "由紀子",
        "kana": "モリ ユキコ",
        "email": "mori@mail.example",
        "country": "日本",
        "employer": "製薬会社",
    },
    "saeki": {
        "family": "佐伯",
        "given": "美香",
        "kana": "サエキ ミカ",
        "email": "saeki@mail.example",
        "country": "日本",
        "employer": "行政機関",
    },
    "onishi": {
        "family": "大西",
        "given": "仁",
        "kana": "オオニシ ジン",
        "email": "onishi@mail.example",
        "country": "日本",
        "employer": "フリーランス",
    },
}
NETWORK: dict[str, Any] = {
    "name_ja": "若草製薬アルムナイ",
    "name_en": "Wakakusa Alumni",
    "company_ja": "若草製薬株式会社",
    "company_en": "Wakakusa Pharma",
    "office_ja": "アルムナイ事務局",
    "office_en": "Alumni Office",
    "contact_email": "office@wakakusa.example",
    "purpose_ja": "退職された方どうし、また会社との縁をつなぐため",
    "purpose_en": "To keep alumni in touch with each other and with the company",
    "purpose_dated": date(2026, 5, 1),
    "founded_on": date(2026, 5, 1),
    "is_demo": True,
}
ROLES = {"tadokoro": RoleKind.OWNER, "miyake": RoleKind.OFFICER, "fujii": RoleKind.HOST}
STINTS = (
    ("nakamura", "つくば研究所", "創薬研究部", (2005, 2012)),
    ("mori", "つくば研究所", "薬事部", (2009, 2016)),
    ("jansen", "本社", "開発本部", (2011, 2018)),
    ("saeki", "本社", "薬事部", (2001, 2010)),
    ("onishi", "小石川", "営業部", (1995, 2003)),
)


@dataclass(frozen=True)
class Cast:
    """Each is a Member (`.user` is the account), but for the applicant, who is a User alone."""

    network: NetworkSettings
    tadokoro: Member  # owner
    miyake: Member  # officer
    fujii: Member  # host
    nakamura: Member
    jansen: Member
    harada: Member
    mori: Member
    saeki: Member
    onishi: Member
    applicant: User

    @property
    def alumni(self) -> tuple[Member, ...]:
        return (self.nakamura, self.jansen, self.harada, self.mori, self.saeki, self.onishi)


def make_network(**fields: Any) -> NetworkSettings:
    """A network with a name; a demo unless said otherwise, so that roles need no second factor."""
    row, _ = NetworkSettings.objects.update_or_create(pk=1, defaults={**NETWORK, **fields})
    network_cache.forget()
    return row


def make_member(
    family: str,
    given: str,
    *,
    kana: str = "",
    email: str,
    zone: str = "",
    language: str = "ja",
    role: str = "",
    **fields: Any,
) -> Member:
    """An admitted person with an account; `kana` is "family given"."""
    user = User.objects.create_user(email, zone=zone, language=language)
    family_kana, _, given_kana = kana.partition(" ")
    member = Member.objects.create(
        user=user,
        family_name=family,
        given_name=given,
        family_kana=family_kana,
        given_kana=given_kana,
        **{"route": Route.TOLD_ON_LEAVING, **fields},
    )
    if role:
        Role.objects.create(user=user, kind=role)
    return member


def make_stint(member: Member, site: str, department: str, years: tuple[int, int | None]) -> Stint:
    return Stint.objects.create(
        member=member,
        site=Site.objects.get_or_create(name=site)[0],
        department=Department.objects.get_or_create(name=department)[0],
        from_year=years[0],
        from_month=4,
        to_year=years[1],
        to_month=3 if years[1] else None,
    )


def build() -> Cast:
    """Everyone, in a named network; in one statement a table, since most tests of data begin with it."""
    here = NetworkSettings(pk=1, **NETWORK)
    here.save()  # an update first, so that a network that a test has made already is this one
    members = {name: _unsaved(**given) for name, given in PEOPLE.items()}
    applicant = User(email="applicant@mail.example", password=NO_PASSWORD)
    for name in ROLES:
        members[name].user.ever_had_role = True
    User.objects.bulk_create([*(each.user for each in members.values()), applicant])
    for member in members.values():
        member.user = member.user  # takes the number over
        member.name_keys = _name_keys(member)
    Member.objects.bulk_create(members.values())
    Role.objects.bulk_create(Role(user=members[name].user, kind=kind) for name, kind in ROLES.items())
    _make_stints(members)
    return Cast(network=here, applicant=applicant, **members)


def _unsaved(
    family: str, given: str, email: str, kana: str = "", zone: str = "", language: str = "ja", **fields: Any
) -> Member:
    family_kana, _, given_kana = kana.partition(" ")
    return Member(
        user=User(email=email, zone=zone, language=language, password=NO_PASSWORD),
        family_name=family,
        given_name=given,
        family_kana=family_kana,
        given_kana=given_kana,
        **{"route": Route.TOLD_ON_LEAVING, **fields},
    )


def _name_keys(member: Member) -> str:
    """As saving would set it, worked out once for each of the cast."""
    if member.user.email not in _KEYS:
        _KEYS[member.user.email] = member._name_keys()
    return _KEYS[member.user.email]


def _make_stints(members: dict[str, Member]) -> None:
    sites = {name: Site(name=name) for name in dict.fromkeys(site for _who, site, _department, _years in STINTS)}
    departments = {name: Department(name=name) for name in dict.fromkeys(each[2] for each in STINTS)}
    Site.objects.bulk_create(sites.values())
    Department.objects.bulk_create(departments.values())
    Stint.objects.bulk_create(
        Stint(
            member=members[who],
            site=sites[site],
            department=departments[department],
            from_year=years[0],
            from_month=4,
            to_year=years[1],
            to_month=3,
        )
        for who, site, department, years in STINTS
    )


_KEYS: dict[str, str] = {}
NO_PASSWORD = make_password(None)
