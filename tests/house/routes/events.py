"""Events: members' pages, one's own places, the office's pages."""

from __future__ import annotations

from datetime import timedelta
from typing import Any

from cast import Cast

ACTORS = ("anonymous", "applicant", "member", "other", "host", "officer", "owner", "ex_member")


def _all(answer: str) -> dict[str, str]:
    return dict.fromkeys(ACTORS, answer)


def _signed_in(answer: str) -> dict[str, str]:
    return {**_all(answer), "anonymous": "sign-in", "ex_member": "sign-in"}


MEMBERS = {**_signed_in("ok"), "applicant": "404"}
MINE_ALONE = {**_signed_in("404"), "member": "ok"}
OFFICE = {**_signed_in("403"), "officer": "ok", "owner": "ok"}
# Of a session that the host leads: to the others there is no such page.
LED = {**_signed_in("404"), "host": "ok", "officer": "ok", "owner": "ok"}
# Nakamura's link: whoever holds it may use it, but for a reader who is signed in as another member.
BY_LINK = {**_all("404"), "anonymous": "ok", "applicant": "ok", "member": "ok", "ex_member": "ok"}

ROUTES: dict[str, dict[str, Any]] = {
    "events:list": {"methods": {"GET": MEMBERS}},
    "events:series-detail": {"methods": {"GET": MEMBERS}},
    "events:signup-create": {"methods": {"POST": MEMBERS}},
    "events:signup-result": {"methods": {"GET": MEMBERS}},
    "events:signup-change": {"methods": {"GET": MINE_ALONE, "POST": MINE_ALONE}},
    "events:signup-withdraw": {"methods": {"POST": MINE_ALONE}},
    "events:signup-undo": {"methods": {"POST": MINE_ALONE}},
    "events:offer": {"methods": {"GET": BY_LINK, "POST": BY_LINK}},
    "events:session-detail": {"methods": {"GET": MEMBERS}},
    "events:session-calendar": {"methods": {"GET": MINE_ALONE}},
    "events:session-attendance": {"methods": {"POST": LED}},
    "events:office-list": {"methods": {"GET": OFFICE}},
    "events:office-series-create": {"methods": {"GET": OFFICE, "POST": OFFICE}},
    "events:office-series-edit": {"methods": {"GET": OFFICE, "POST": OFFICE}},
    "events:office-series-announce": {"methods": {"GET": OFFICE, "POST": OFFICE}},
    "events:office-series-discard": {"methods": {"POST": OFFICE}},
    "events:office-session": {"methods": {"GET": OFFICE}},
    "events:office-session-cancel": {"methods": {"GET": OFFICE, "POST": OFFICE}},
    "events:office-session-extend": {"methods": {"POST": OFFICE}},
    "events:office-session-move": {"methods": {"POST": OFFICE}},
    "events:office-session-attendance": {"methods": {"POST": OFFICE}},
    "events:office-session-print": {"methods": {"GET": OFFICE}},
}


def objects(cast: Cast) -> dict[str, dict[str, object]]:
    """A series two weeks ahead in which Nakamura is booked, a seat offered to Nakamura, one session for each act."""
    from enishi.core import clock
    from enishi.events.actions import signups
    from enishi.events.models import Signup
    from enishi.events.queries import offers
    from factories.events import make_series, make_session

    ahead = {"starts_at": clock.now() + timedelta(days=14), "closes_at": None, "minimum": 1}
    series = make_series(**ahead)
    session = series.sessions.get()
    mine = {"pk": _booked(signups, session, cast)}
    offered = Signup.objects.get(pk=_booked(signups, make_session(**ahead), cast))
    Signup.objects.filter(pk=offered.pk).update(state="offered", offer_until=clock.now() + timedelta(hours=2))
    offered.refresh_from_db()
    begun = make_session(hosts=(cast.fujii,), **ahead)
    type(begun).objects.filter(pk=begun.pk).update(starts_at=clock.now() - timedelta(minutes=5))
    in_series, in_session = {"pk": series.pk}, {"pk": session.pk}
    return {
        "events:series-detail": in_series,
        "events:signup-create": in_series,
        "events:signup-result": in_series,
        "events:signup-change": mine,
        "events:signup-withdraw": {"pk": _booked(signups, make_session(**ahead), cast)},
        "events:signup-undo": {"pk": _booked(signups, make_session(**ahead), cast)},
        "events:offer": {"token": offers.token(offered)},
        "events:session-detail": in_session,
        "events:session-calendar": in_session,
        "events:session-attendance": {"pk": begun.pk},
        "events:office-series-edit": {"pk": make_series(announced=False, **ahead).pk},
        "events:office-series-announce": {"pk": make_series(announced=False, **ahead).pk},
        "events:office-series-discard": {"pk": make_series(**ahead).pk},
        "events:office-session": in_session,
        "events:office-session-cancel": {"pk": make_session(**ahead).pk},
        "events:office-session-extend": {"pk": make_session(**ahead).pk},
        "events:office-session-move": {"pk": make_session(**ahead).pk},
        "events:office-session-attendance": {"pk": begun.pk},
        "events:office-session-print": in_session,
    }


def data(cast: Cast) -> dict[str, dict[str, Any]]:
    """What each form wants; all but the sign-up's date can be said without knowing the objects."""
    from enishi.core import clock
    from enishi.events.models import Signup

    local = clock.local(clock.now() + timedelta(days=14), "Asia/Tokyo")
    mine = Signup.objects.filter(member=cast.nakamura).order_by("pk").first()
    series = {
        "title_ja": "顔合わせ会",
        "purpose_ja": "知り合うため",
        "session-count": "1",
        "session-0-day": (local + timedelta(days=3)).strftime("%Y-%m-%d"),
        "session-0-hour": "18:00",
        "session-0-minutes": "60",
        "session-0-minimum": "3",
        "session-0-maximum": "9",
        "segment-count": "1",
        "segment-0-kind": "greeting",
        "segment-0-minutes": "5",
    }
    return {
        "events:signup-create": {"session": [str(mine.session_id)] if mine else []},
        "events:signup-change": {"note": "つくばの話"},
        "events:signup-withdraw": {},
        "events:signup-undo": {},
        "events:offer": {"answer": "yes"},
        "events:office-series-create": series,
        "events:office-series-edit": series,
        "events:office-series-announce": {"mail": "no"},
        "events:office-series-discard": {},
        "events:office-session-cancel": {"word_ja": "台風のため"},
        "events:office-session-extend": {"extend-until": local.strftime("%Y-%m-%dT%H:%M")},
        "events:office-session-move": {
            "move-day": (local + timedelta(days=1)).strftime("%Y-%m-%d"),
            "move-hour": "18:00",
            "move-minutes": "60",
            "move-closes": local.strftime("%Y-%m-%dT%H:%M"),
            "move-minimum": "1",
            "move-maximum": "9",
        },
        "events:session-attendance": {"present": []},
        "events:office-session-attendance": {"present": []},
    }


def _booked(signups: Any, session: Any, cast: Cast) -> int:
    key: int = signups.sign_up(session, member=cast.nakamura).signup.pk
    return key
