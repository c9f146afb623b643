"""Reports: members read what is published, the office writes."""

from __future__ import annotations

from typing import Any

from cast import Cast

ACTORS = ("anonymous", "applicant", "member", "other", "host", "officer", "owner", "ex_member")


def _signed_in(answer: str) -> dict[str, str]:
    return {**dict.fromkeys(ACTORS, answer), "anonymous": "sign-in", "ex_member": "sign-in"}


MEMBERS = {**_signed_in("ok"), "applicant": "404"}
OFFICE = {**_signed_in("403"), "officer": "ok", "owner": "ok"}

ROUTES: dict[str, dict[str, Any]] = {
    "publishing:reports": {"methods": {"GET": MEMBERS}},
    "publishing:report": {"methods": {"GET": MEMBERS}},
    "publishing:report-pdf": {"methods": {"GET": MEMBERS}},
    "publishing:office-reports": {"methods": {"GET": OFFICE}},
    "publishing:office-report-create": {"methods": {"POST": OFFICE}},
    "publishing:office-report": {"methods": {"GET": OFFICE, "POST": OFFICE}},
    "publishing:office-report-voices": {"methods": {"POST": OFFICE}},
    "publishing:office-report-themes": {"methods": {"POST": OFFICE}},
    "publishing:office-report-preview": {"methods": {"GET": OFFICE}},
    "publishing:office-report-publish": {"methods": {"GET": OFFICE, "POST": OFFICE}},
    "publishing:office-report-take-back": {"methods": {"POST": OFFICE}},
}


def objects(cast: Cast) -> dict[str, dict[str, object]]:
    """A published report of a series that Nakamura came to, and a series without a report."""
    from enishi.publishing.actions import reports
    from factories.gatherings import make_held, say

    series = make_held([cast.nakamura])
    answer = say(series, cast.nakamura, noticed="ことば", quote="named")
    report = reports.publish(reports.draft(series), by=cast.miyake.user)
    named = {"pk": report.pk}
    return {
        **{name: named for name in ROUTES if name.startswith("publishing:office-report-")},
        "publishing:report": named,
        "publishing:report-pdf": named,
        "publishing:office-report": named,
        "publishing:office-report-themes": {"pk": report.pk, "answer_id": answer.pk},
        "publishing:office-report-create": {"series_id": make_held([cast.nakamura]).pk},
    }


def data(cast: Cast) -> dict[str, dict[str, str]]:
    return {
        "publishing:office-report": {"title_ja": "題", "story_ja": "本文", "title_en": "", "story_en": ""},
        "publishing:office-report-themes": {"want_theme": "", "next_theme": ""},
    }
