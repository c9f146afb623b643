"""The form after a session, one's own voices, the office's themes."""

from __future__ import annotations

from typing import Any

from cast import Cast

ACTORS = ("anonymous", "applicant", "member", "other", "host", "officer", "owner", "ex_member")


def _all(answer: str) -> dict[str, str]:
    return dict.fromkeys(ACTORS, answer)


def _signed_in(answer: str) -> dict[str, str]:
    return {**_all(answer), "anonymous": "sign-in", "ex_member": "sign-in"}


# Nakamura's link: whoever holds it and is not signed in as somebody else may use it.
BY_LINK = {**_all("404"), "anonymous": "ok", "member": "ok", "ex_member": "ok"}
MINE_ALONE = {**_signed_in("404"), "member": "ok"}
MEMBERS = {**_signed_in("ok"), "applicant": "404"}
OFFICE = {**_signed_in("403"), "officer": "ok", "owner": "ok"}

ROUTES: dict[str, dict[str, Any]] = {
    "feedback:form": {"methods": {"GET": BY_LINK, "POST": BY_LINK}},
    "feedback:thanks": {"methods": {"GET": BY_LINK}},
    "feedback:consent": {"methods": {"POST": BY_LINK}},
    "feedback:mine": {"methods": {"GET": MINE_ALONE, "POST": MINE_ALONE}},
    "feedback:my-voices": {"methods": {"GET": MEMBERS}},
    "feedback:my-consent": {"methods": {"POST": MINE_ALONE}},
    "feedback:office-themes": {"methods": {"GET": OFFICE, "POST": OFFICE}},
    "feedback:office-themes-ready": {"methods": {"POST": OFFICE}},
    "feedback:office-theme": {"methods": {"GET": OFFICE, "POST": OFFICE}},
    "feedback:office-theme-place": {"methods": {"POST": OFFICE}},
    "feedback:office-theme-use": {"methods": {"POST": OFFICE}},
}


def objects(cast: Cast) -> dict[str, dict[str, object]]:
    """A series that Nakamura came to and spoke of, and a theme."""
    from enishi.feedback.actions import themes
    from enishi.feedback.queries import links
    from factories.gatherings import make_held, say

    series = make_held([cast.nakamura])
    answer = say(series, cast.nakamura, noticed="ことば", quote="named")
    link = {"token": links.token(cast.nakamura, series)}
    theme = {"pk": themes.add("want", name_ja="情報交換").pk}
    return {
        "feedback:form": link,
        "feedback:thanks": link,
        "feedback:consent": link,
        "feedback:mine": {"series_id": series.pk},
        "feedback:my-consent": {"answer_id": answer.pk},
        "feedback:office-theme": theme,
        "feedback:office-theme-place": theme,
        "feedback:office-theme-use": theme,
    }


def data(cast: Cast) -> dict[str, dict[str, str]]:
    said = {"satisfaction": "4", "noticed": "ことば", "quote": "none"}
    withdrawn = {"field": "noticed", "attribution": "none"}
    return {
        "feedback:form": said,
        "feedback:mine": said,
        "feedback:consent": withdrawn,
        "feedback:my-consent": withdrawn,
        "feedback:office-themes": {"kind": "want", "want-name_ja": "旅"},
        "feedback:office-theme": {"name_ja": "知恵の交換"},
        "feedback:office-theme-place": {"to": "up"},
        "feedback:office-theme-use": {"use": "no"},
    }
