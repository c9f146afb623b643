"""The office's first page, the roster, the demo's doors."""

from __future__ import annotations

from typing import Any

from django.core.files.uploadedfile import SimpleUploadedFile

from cast import Cast

ACTORS = ("anonymous", "applicant", "member", "other", "host", "officer", "owner", "ex_member")
OFFICE = {
    **dict.fromkeys(ACTORS, "403"),
    "officer": "ok",
    "owner": "ok",
    "anonymous": "sign-in",
    "ex_member": "sign-in",
}
# The cast's network is a demo on this machine; elsewhere the doors do not exist (tests/office/test_views_demo.py).
DEMO = dict.fromkeys(ACTORS, "ok")
NO_SUCH_DOOR = dict.fromkeys(ACTORS, "404")

ROUTES: dict[str, dict[str, Any]] = {
    "office:dashboard": {"methods": {"GET": OFFICE}},
    "office:mail": {"methods": {"GET": OFFICE, "POST": OFFICE}},
    "office:roster": {"methods": {"GET": OFFICE, "POST": OFFICE}},
    "office:roster-people": {"methods": {"GET": OFFICE}},
    "office:roster-mail": {"methods": {"POST": OFFICE}},
    "office:roster-invite": {"methods": {"GET": OFFICE, "POST": OFFICE}},
    "office:roster-import": {"methods": {"GET": OFFICE}},
    "office:roster-read": {"methods": {"POST": OFFICE}},
    "office:roster-carry-out": {"methods": {"POST": OFFICE}},
    "office:roster-undo": {"methods": {"POST": OFFICE}},
    "office:roster-faults": {"methods": {"GET": OFFICE}},
    # Its people are the demo's, not the cast's: nobody is behind this door here.
    "office:demo-door": {"methods": {"GET": NO_SUCH_DOOR, "POST": NO_SUCH_DOOR}},
    "office:demo-mail": {"methods": {"GET": DEMO}},
    "office:demo-letter": {"methods": {"GET": DEMO}},
}


def objects(cast: Cast) -> dict[str, dict[str, object]]:
    from enishi.accounts.models import RosterEntry
    from enishi.core import outbox
    from enishi.office.imports import runs

    content = "社員番号,氏名\r\n001,髙田 学\r\n".encode()
    run = runs.check(content, file_name="leavers.csv", by=cast.miyake.user)
    letter = outbox.write("welcome", user=cast.nakamura.user, member=cast.nakamura.pk)
    assert letter is not None
    names = ["roster-import", "roster-read", "roster-carry-out", "roster-undo", "roster-faults"]
    return {
        **{f"office:{name}": {"pk": run.pk} for name in names},
        "office:roster-mail": {"pk": RosterEntry.objects.create(employee_number="900", family_name="黒田").pk},
        "office:demo-door": {"key": "nobody"},
        "office:demo-letter": {"number": letter.pk},
    }


def data(cast: Cast) -> dict[str, dict[str, object]]:
    file = SimpleUploadedFile("leavers.csv", "社員番号,氏名\r\n001,髙田 学\r\n".encode())
    return {
        "office:mail": {"again": "1"},
        "office:roster": {"file": file, "basis": "consent on leaving"},
        "office:roster-read": {"encoding": "", "column_employee_number": "0", "column_name": "1"},
    }
