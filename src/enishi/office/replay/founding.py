"""The network in which a story takes place, and the office's three people in it."""

from __future__ import annotations

from datetime import datetime, timedelta

from enishi.accounts.choices import RoleKind, Route
from enishi.accounts.models import Role, User
from enishi.core import clock, network
from enishi.core.models import NetworkSettings
from enishi.members.models import Member
from enishi.office.replay.story import Gathering


def found_network(plan: Gathering) -> NetworkSettings:
    """A network for the series, marked as a demo, in the series' zone."""
    day = clock.local(plan.begins - timedelta(days=200), plan.zone).date()
    here = NetworkSettings.objects.create(
        pk=1,
        name_ja="浅葱製薬アルムナイ",
        name_en="Asagi Alumni",
        company_ja="浅葱製薬株式会社",
        company_en="Asagi Pharma",
        office_ja="アルムナイ事務局",
        office_en="Alumni Office",
        contact_email="alumni@asagi.example",
        about_ja="浅葱製薬で働いたことのある方のためのネットワークです。退職の理由は問いません。転職された方も、独立された方も歓迎します。",
        about_en="A network for everyone who once worked at Asagi Pharma, whatever the reason for leaving.",
        purpose_ja="退職された方どうし、また会社との縁をつなぐ活動（会のご案内、名簿との照合、感想の集計）のため",
        purpose_en="To keep alumni in touch with each other and with the company: announcing gatherings, checking registrations "
        "against the roster, and counting what people said",
        purpose_dated=day,
        founded_on=day,
        zone=plan.zone,
        hosting_country="日本",
        office_hours="平日 10:00〜17:00",
        is_demo=True,
    )
    network.forget()
    return here


def make_officer(family: str, given: str, kana: tuple[str, str], email: str, role: str, *, when: datetime) -> Member:
    """One of the office's people, as the demo needs them before anyone can admit anyone."""
    with clock.at(when):
        user = User.objects.create_user(email, language="ja")
        member = Member.objects.create(
            user=user,
            family_name=family,
            given_name=given,
            family_kana=kana[0],
            given_kana=kana[1],
            is_employee=True,
            title="人事部",
            route=Route.OTHER,
            admitted_at=when,
        )
        Role.objects.create(user=user, kind=role, granted_at=when)
    return member


def make_office(when: datetime) -> tuple[Member, Member, Member]:
    """Owner, officer and host of the demo."""
    return (
        make_officer("田所", "恵", ("タドコロ", "メグミ"), "tadokoro@asagi.example", RoleKind.OWNER, when=when),
        make_officer("三宅", "誠", ("ミヤケ", "マコト"), "miyake@asagi.example", RoleKind.OFFICER, when=when),
        make_officer("藤井", "彩", ("フジイ", "アヤ"), "fujii@asagi.example", RoleKind.HOST, when=when),
    )
