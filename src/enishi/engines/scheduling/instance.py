"""Sign-up instances as JSON: reading what is asked, writing what is answered."""

from __future__ import annotations

from typing import Any

from .places import Person, Places, Plan, Session, Weights


def places_from(data: dict[str, Any]) -> Places:
    """Read an instance of kind "signup".

    `sessions`: id, day, hour_jst, cap, min, lang. `people`: id, langs, avail, pref, first_timer, want, host.
    `keep_apart`: pairs. `weights`: first_timer, returning, extra_seat, preference. Times that nobody can tell
    apart (same day and hour) are one slot. Sessions and pairs of people that are no longer there are passed over.
    """
    if not isinstance(data, dict) or data.get("kind", "signup") != "signup":
        raise ValueError('This is no sign-up instance; give a JSON object with "kind": "signup".')
    try:
        sessions = tuple(_session(one) for one in data["sessions"])
        people = tuple(_person(one) for one in data["people"])
        known = {p.id for p in people}
        pairs = tuple((int(a), int(b)) for a, b in data.get("keep_apart") or () if a != b)
        weights = Weights(**{key: float(value) for key, value in (data.get("weights") or {}).items()})
    except (KeyError, TypeError, ValueError, AttributeError) as error:
        raise ValueError(
            f"The instance lacks or misspells {error}; see places_from() for what each entry holds."
        ) from error
    return Places(sessions, people, tuple(p for p in pairs if known.issuperset(p)), weights)


def answer_of(plan: Plan) -> dict[str, dict[str, list[int]]]:
    """The plan as {"sessions": {"0": [person, ...]}}; a closed session has an empty list."""
    return {"sessions": {str(session): list(sitting) for session, sitting in sorted(plan.seats.items())}}


def _session(data: dict[str, Any]) -> Session:
    slot = (data["day"], data["hour_jst"]) if "day" in data else data.get("utc", data["id"])
    return Session(int(data["id"]), slot, int(data["cap"]), int(data.get("min", 1)), str(data.get("lang", "")))


def _person(data: dict[str, Any]) -> Person:
    return Person(
        id=int(data["id"]),
        available=frozenset(map(int, data["avail"])),
        languages=frozenset(map(str, data.get("langs", ("",)))),
        preference={int(session): float(points) for session, points in (data.get("pref") or {}).items()},
        first_timer=bool(data.get("first_timer")),
        wanted=int(data.get("want", 1)),
        host=bool(data.get("host")),
    )
