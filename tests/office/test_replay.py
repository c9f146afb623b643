"""A past series lived through again: the first network's own, and awkward ones."""

from __future__ import annotations

import json
from collections.abc import Callable
from datetime import UTC, datetime, timedelta
from pathlib import Path
from typing import Any

import pytest
from django.core.exceptions import ValidationError
from django.core.management import CommandError, call_command

from enishi.accounts.models import RosterEntry, User
from enishi.core import clock
from enishi.core.models import NetworkSettings
from enishi.events.choices import SessionState, SignupState
from enishi.events.models import EventSeries, EventSession, Signup
from enishi.feedback.models import Answer
from enishi.members.models import Member
from enishi.office import demo
from enishi.office.replay import living, reading, telling
from enishi.office.replay.story import BrokenStory
from enishi.publishing.choices import ReportState
from enishi.publishing.models import Report
from enishi.publishing.queries import figures
from factories import stories
from factories.stories import person, session, several, voice

ASAGI = Path(__file__).resolve().parents[3] / "shared" / "data" / "asagi"
THREE = several(1, [1, 2, 3])


def live(folder: Path) -> tuple[EventSeries, dict[str, Any]]:
    """The series, and its raw figures."""
    series, _report = living.live(reading.read(folder))
    return series, figures.of_series(series).as_data()


def figures_of(folder: Path) -> dict[str, Any]:
    return live(folder)[1]


@pytest.mark.skipif(
    not ASAGI.exists(), reason="the first network's data (../shared/data/asagi) is not beside this checkout"
)
def test_the_first_network_comes_to_its_expected_figures(db: None) -> None:
    assert figures_of(ASAGI) == json.loads((ASAGI / "expected_report.json").read_text())


@pytest.mark.skipif(
    not ASAGI.exists(), reason="the first network's data (../shared/data/asagi) is not beside this checkout"
)
@pytest.mark.parametrize("name", ["roster.csv", "signups.csv", "voices.csv", "gathering.json"])
def test_the_demo_carries_the_first_networks_own_data(name: str) -> None:
    assert (demo.FOLDER / name).read_bytes() == (ASAGI / name).read_bytes()


def test_the_demos_own_story(db: None) -> None:
    series, found = live(demo.FOLDER)
    assert found["per_session"] == {"1": 9, "2": 7, "3": 6, "4": 3}
    assert (found["attendances"], found["people"], found["repeaters"]) == (25, 21, 3)
    assert found["quote_consent"] == {"anonymous": 9, "named": 9, "none": 3}
    assert found["satisfaction_mean"] == 4.52
    assert Member.objects.filter(is_employee=False).count() == 21
    assert Report.objects.get(series=series).state == ReportState.PUBLISHED


@pytest.mark.parametrize("where", ["signups", "voices"])
def test_an_unknown_number_stops_before_anything_is_written(db: None, tmp_path: Path, where: str) -> None:
    rows: dict[str, Any] = {"signups": THREE, "voices": []}
    rows[where] = [(1, "999")] if where == "signups" else [voice("001"), voice("999")]
    row = 1 if where == "signups" else 2
    with pytest.raises(CommandError) as refusal:
        call_command("replay", str(stories.write(tmp_path, **rows)))
    assert str(refusal.value) == (
        f"{where}.csv, row {row}: the employee number '999' is not in the roster. Nothing was written."
    )
    assert [model.objects.count() for model in (NetworkSettings, RosterEntry, User, EventSeries)] == [0, 0, 0, 0]


def test_a_row_that_was_not_taken_into_the_roster_is_unknown(tmp_path: Path) -> None:
    people = [person(n) for n in range(1, 4)] + [person(4, 氏名="")]
    stories.write(tmp_path, people=people, signups=several(1, [1, 2, 3, 4]))
    with pytest.raises(BrokenStory, match="'004' is not in the roster"):
        reading.read(tmp_path)


def test_numbers_with_gaps_stay_as_the_file_has_them(db: None, tmp_path: Path) -> None:
    folder = stories.write(
        tmp_path,
        sessions=[session(7, "2021-05-11T12:00"), session(3, "2021-05-13T12:00"), session(20, "2021-05-12T12:00")],
        signups=several(7, [1, 2, 3]) + several(3, [1, 2, 3, 4]) + several(20, [1, 2, 3, 4, 5]),
    )
    assert figures_of(folder)["per_session"] == {"3": 4, "7": 3, "20": 5}


def test_sessions_may_stand_in_any_order_of_dates(db: None, tmp_path: Path) -> None:
    folder = stories.write(
        tmp_path,
        sessions=[session(1, "2021-05-20T12:00"), session(2, "2021-05-11T12:00")],
        signups=several(1, [1, 2, 3]) + several(2, [4, 5, 6, 7]),
        voices=[voice("001", satisfaction="5"), voice("004", satisfaction="2")],
    )
    series, found = live(folder)
    assert found["per_session"] == {"1": 3, "2": 4}
    starts = dict(series.sessions.values_list("number", "starts_at"))
    assert starts[1] > starts[2]
    assert found["satisfaction_mean"] == 3.5


def test_two_sessions_at_one_instant(db: None, tmp_path: Path) -> None:
    folder = stories.write(
        tmp_path,
        sessions=[session(2, "2021-05-11T12:00"), session(1, "2021-05-11T12:00", minutes=90)],
        signups=several(1, [1, 2, 3]) + several(2, [4, 5, 6, 7]),
    )
    assert figures_of(folder)["per_session"] == {"1": 3, "2": 4}


def test_the_tenth_for_nine_seats_waits_and_is_not_counted(db: None, tmp_path: Path) -> None:
    folder = stories.write(
        tmp_path,
        signups=several(1, range(1, 11)),
        voices=[voice("010", satisfaction="1"), voice("009", satisfaction="5")],
    )
    _series, found = live(folder)
    assert found["per_session"] == {"1": 9}
    assert found["people"] == 9
    assert found["satisfaction_mean"] == 5
    waiting = Signup.objects.get(state=SignupState.WAITING)
    assert waiting.member.roster_entry.employee_number == "010"  # type: ignore[union-attr]


def test_a_session_below_its_minimum_is_not_held_and_not_counted(db: None, tmp_path: Path) -> None:
    folder = stories.write(
        tmp_path,
        sessions=[session(1, "2021-05-11T12:00"), session(2, "2021-05-12T12:00")],
        signups=several(1, [1, 2]) + several(2, [2, 3, 4]),
        voices=[voice("001", satisfaction="1"), voice("002", satisfaction="4")],
    )
    series, found = live(folder)
    assert (found["sessions"], found["per_session"], found["people"], found["repeaters"]) == (1, {"2": 3}, 3, 0)
    assert found["satisfaction_mean"] == 4
    assert series.sessions.get(number=1).state == SessionState.NOT_HELD


def test_a_session_may_have_bounds_of_its_own(db: None, tmp_path: Path) -> None:
    folder = stories.write(
        tmp_path,
        sessions=[
            session(1, "2021-05-11T12:00", capacity={"min": 1, "max": 2}),
            session(2, "2021-05-12T12:00", capacity={"min": 5, "max": 9}),
        ],
        signups=several(1, [1, 2, 3]) + several(2, [1, 2, 3, 4]),
    )
    assert figures_of(folder)["per_session"] == {"1": 2}


def test_who_signs_up_twice_for_one_session_takes_one_seat(db: None, tmp_path: Path) -> None:
    folder = stories.write(tmp_path, signups=several(1, [1, 1, 2, 3, 1]))
    found = figures_of(folder)
    assert (found["per_session"], found["attendances"], found["repeaters"]) == ({"1": 3}, 3, 0)


def test_voices_of_people_who_did_not_come_are_not_counted(db: None, tmp_path: Path) -> None:
    folder = stories.write(
        tmp_path,
        signups=THREE,
        voices=[voice("001", satisfaction="5"), voice("012", satisfaction="1", want_theme="情報交換")],
    )
    found = figures_of(folder)
    assert (found["satisfaction_mean"], found["want_theme"], found["quote_consent"]) == (5, {}, {"none": 1})
    assert Answer.objects.count() == 1


def test_who_writes_twice_has_changed_their_words(db: None, tmp_path: Path) -> None:
    voices = [voice("001", satisfaction="2", quote_consent="named", liked="海"), voice("001", satisfaction="4")]
    found = figures_of(stories.write(tmp_path, signups=THREE, voices=voices))
    assert (found["satisfaction_mean"], found["quote_consent"]) == (4, {"none": 1})


def test_people_without_an_address_or_with_a_shared_one(db: None, tmp_path: Path) -> None:
    people = [person(1, メールアドレス=""), person(2), person(3, メールアドレス="guest2@mail.example"), person(4)]
    people[3]["メールアドレス"] = "miyake@asagi.example"  # the officer's own
    found = figures_of(stories.write(tmp_path, people=people, signups=several(1, [1, 2, 3, 4])))
    assert found["people"] == 4
    entries = RosterEntry.objects.order_by("employee_number")
    assert [entry.member.user.email for entry in entries] == [
        f"3-{entries[0].pk}@replay.invalid",
        "guest2@mail.example",
        f"3-{entries[2].pk}@replay.invalid",
        f"3-{entries[3].pk}@replay.invalid",
    ]


def test_names_as_people_write_them(db: None, tmp_path: Path) -> None:
    written = {1: "髙\ufa11 𠮷", 2: "Laura Jansen", 3: "李", 4: "客" * 60}
    people = [person(n, 氏名=name, フリガナ="") for n, name in written.items()]
    figures_of(stories.write(tmp_path, people=people, signups=several(1, [1, 2, 3, 4])))
    names = Member.objects.filter(is_employee=False).order_by("pk").values_list("family_name", "given_name")
    assert list(names) == [("髙\ufa11", "𠮷"), ("Jansen", "Laura"), ("李", ""), ("客" * 60, "")]


def test_the_hours_are_the_storys_own_zones(db: None, tmp_path: Path) -> None:
    folder = stories.write(
        tmp_path,
        timezone="America/New_York",
        sessions=[session(1, "2021-03-13T20:00"), session(2, "2021-03-14T20:00"), session(3, "2021-05-11T12:00+09:00")],
        signups=several(1, [1, 2, 3]) + several(2, [1, 2, 3]) + several(3, [1, 2, 3]),
    )
    series, found = live(folder)
    assert found["per_session"] == {"1": 3, "2": 3, "3": 3}
    assert [each.starts_at for each in series.sessions.order_by("number")] == [
        datetime(2021, 3, 14, 1, tzinfo=UTC),
        datetime(2021, 3, 15, 0, tzinfo=UTC),  # the clocks went forward in between
        datetime(2021, 5, 11, 3, tzinfo=UTC),
    ]
    assert NetworkSettings.objects.get().zone == "America/New_York"
    assert set(User.objects.filter(member__is_employee=False).values_list("zone", flat=True)) == {"America/New_York"}


@pytest.mark.parametrize("encoding", ["utf-8-sig", "cp932", "utf-16"])
def test_tables_may_be_written_as_excel_writes_them(db: None, tmp_path: Path, encoding: str) -> None:
    voices = [voice("001", want_theme="情報交換", satisfaction="5", liked="楽しい会でした")]
    found = figures_of(stories.write(tmp_path, signups=THREE, voices=voices, encoding=encoding))
    assert (found["per_session"], found["want_theme"], found["fields"]) == ({"1": 3}, {"情報交換": 1}, {"病院": 3})


def test_what_was_not_said_is_not_counted(db: None, tmp_path: Path) -> None:
    people = [person(1, 現在の勤務先="", 居住国="", 登録のきっかけ=""), person(2), person(3)]
    voices = [voice("001"), voice("002", satisfaction="3", next_theme="飲み会", quote_consent="")]
    found = figures_of(stories.write(tmp_path, people=people, signups=THREE, voices=voices))
    assert (found["want_theme"], found["next_theme"], found["satisfaction_mean"]) == ({}, {"飲み会": 1}, 3)
    assert (found["fields"], found["countries"]) == ({"病院": 2}, ["日本"])
    assert found["routes"] == {"検索して見つけた": 2, "その他": 1}


def test_nobody_comes_at_all(db: None, tmp_path: Path) -> None:
    out = tmp_path / "out"
    stories.write(tmp_path / "story")
    call_command("replay", str(tmp_path / "story"), out=out, as_json=True)
    found = figures.of_series(EventSeries.objects.get()).as_data()
    assert (found["sessions"], found["per_session"], found["smallest"], found["largest"]) == (0, {}, 0, 0)
    assert (found["people"], found["countries"], found["satisfaction_mean"]) == (0, [], None)
    assert sorted(path.name for path in out.iterdir()) == ["report.html", "report.pdf"]


def test_a_programme_in_words_of_its_own(db: None, tmp_path: Path) -> None:
    program = [
        {"step": "greeting", "minutes": "8"},
        {"step": "乾杯"},
        {"step": "topic", "title": "海", "prompts": ["夏"]},
    ]
    series, _found = live(stories.write(tmp_path, signups=THREE, program=program, purpose="会う" * 150))
    assert list(series.segments.values_list("kind", "title_ja", "minutes")) == [
        ("greeting", "", 8),
        ("topic", "乾杯", None),
        ("topic", "海", None),
    ]
    assert (len(series.purpose_ja), len(series.text_ja)) == (200, 300)


def test_the_command_prints_the_figures_and_writes_the_report(
    db: None, tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    folder = stories.write(tmp_path / "story", signups=several(1, range(1, 10)))
    call_command("replay", str(folder), out=tmp_path, as_json=True)
    said = capsys.readouterr()
    assert json.loads(said.out)["per_session"] == {"1": 9}
    assert said.err == f"The report stands in {tmp_path}.\n"
    assert (tmp_path / "report.pdf").read_bytes().startswith(b"%PDF")
    assert "顔合わせ会" in (tmp_path / "report.html").read_text(encoding="utf-8")


def test_the_command_wants_an_empty_data_folder(cast: Any, tmp_path: Path) -> None:
    with pytest.raises(CommandError, match="holds a network already"):
        call_command("replay", str(stories.write(tmp_path, signups=THREE)))
    assert EventSession.objects.count() == 0


def test_a_story_that_breaks_off_leaves_nothing(db: None, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    def refuse(*_args: Any, **_named: Any) -> None:
        assert Answer.objects.count() == 1
        raise ValidationError("The report has no title.")

    monkeypatch.setattr(telling, "publish", refuse)
    folder = stories.write(tmp_path, signups=THREE, voices=[voice("001")])
    with pytest.raises(CommandError) as refusal:
        call_command("replay", str(folder), out=tmp_path)
    assert str(refusal.value) == "The story breaks off, and nothing was written: The report has no title."
    assert [model.objects.count() for model in (NetworkSettings, RosterEntry, User, EventSeries)] == [0, 0, 0, 0]


def test_a_story_without_a_purpose_has_its_title_for_one(tmp_path: Path) -> None:
    plan = reading.read(stories.write(tmp_path, title="夏の会", purpose=None)).gathering
    assert (plan.title, plan.purpose) == ("夏の会", "夏の会")


def test_figures_may_be_typed_in_full_width(tmp_path: Path) -> None:
    voices = [voice("001", satisfaction="４", quote_consent="Named")]
    story = reading.read(stories.write(tmp_path, signups=[("１", "001")], voices=voices))
    assert story.signups == ((1, "001"),)
    assert (story.voices["001"]["satisfaction"], story.voices["001"]["quote_consent"]) == ("4", "named")


def test_tables_may_be_delimited_by_semicolons(tmp_path: Path) -> None:
    stories.write(tmp_path, signups=THREE)
    for name in ("signups.csv", "voices.csv"):
        (tmp_path / name).write_bytes((tmp_path / name).read_bytes().replace(b",", b";"))
    assert reading.read(tmp_path).signups == ((1, "001"), (1, "002"), (1, "003"))


def test_another_story_takes_the_place_of_an_earlier_one(tmp_path: Path) -> None:
    database = tmp_path / "enishi.sqlite3"
    database.write_text("the first story")
    with living.set_aside(database, make=lambda: database.write_text("")):
        database.write_text("the second story")
    assert {path.name: path.read_text() for path in tmp_path.iterdir()} == {"enishi.sqlite3": "the second story"}


def test_an_earlier_story_comes_back_when_the_next_one_breaks_off(tmp_path: Path) -> None:
    database = tmp_path / "enishi.sqlite3"
    database.write_text("the first story")
    with pytest.raises(ValidationError), living.set_aside(database, make=lambda: database.write_text("")):
        raise ValidationError("no")
    assert {path.name: path.read_text() for path in tmp_path.iterdir()} == {"enishi.sqlite3": "the first story"}


def _cells(name: str, content: bytes) -> Callable[[Path], object]:
    return lambda folder: (folder / name).write_bytes(content)


def _gathering(**fields: Any) -> Callable[[Path], object]:
    return lambda folder: stories.write(folder, signups=THREE, **fields)


CANNOT = "number, starts_at (2020-11-10T12:00), minutes or capacity cannot be read."
BROKEN: dict[str, tuple[Callable[[Path], object], str]] = {
    "no roster": (lambda folder: (folder / "roster.csv").unlink(), "holds no roster.csv."),
    "no gathering": (lambda folder: (folder / "gathering.json").unlink(), "holds no gathering.json."),
    "no sign-ups": (lambda folder: (folder / "signups.csv").unlink(), "holds no signups.csv."),
    "no voices": (lambda folder: (folder / "voices.csv").unlink(), "holds no voices.csv."),
    "a folder for a file": (
        lambda folder: ((folder / "voices.csv").unlink(), (folder / "voices.csv").mkdir()),
        "voices.csv cannot be read: Is a directory.",
    ),
    "no JSON": (_cells("gathering.json", b"{"), "gathering.json is not readable as JSON:"),
    "bytes for JSON": (_cells("gathering.json", b"\xff\xfe\x00"), "gathering.json is not readable as JSON:"),
    "JSON without end": (_cells("gathering.json", b"[" * 200_000), "gathering.json is not readable as JSON:"),
    "another JSON": (_cells("gathering.json", b"[1]"), "gathering.json has no sessions."),
    "no title": (_gathering(title=" "), "gathering.json has no title."),
    "no such zone": (_gathering(timezone="Asia/Edo"), "“Asia/Edo” is no time zone."),
    "a session without start": (_gathering(sessions=[{"number": 1}]), f"session 1: {CANNOT}"),
    "a session that is a number": (_gathering(sessions=[1]), f"session 1: {CANNOT}"),
    "a session in the year one": (_gathering(sessions=[session(1, "0001-01-01T12:00")]), f"session 1: {CANNOT}"),
    "a session in a capacity": (_gathering(capacity=9), f"session 1: {CANNOT}"),
    "a number twice": (
        _gathering(sessions=[session(1, "2021-05-11T12:00"), session(1, "2021-05-12T12:00")]),
        "the session number 1 stands twice or is below 1.",
    ),
    "a minimum above the maximum": (_gathering(capacity={"min": 9, "max": 3}), "the minimum 9, the maximum 3"),
    "a programme of numbers": (_gathering(program=[1]), "part 1 of the program: step, minutes or prompts"),
    "an empty roster": (_cells("roster.csv", b""), "roster.csv: The file is empty."),
    "a roster of other columns": (_cells("roster.csv", b"a,b\r\n1,2\r\n"), "roster.csv: No column with the heading"),
    "empty sign-ups": (_cells("signups.csv", b"\r\n"), "signups.csv is empty."),
    "sign-ups of other columns": (_cells("signups.csv", b"session,who\r\n1,001\r\n"), "no column employee_number."),
    "sign-ups in no encoding": (_cells("signups.csv", b"session,employee_number\r\n1,\x81"), "signups.csv: The char"),
    "sign-ups with zero bytes": (
        _cells("signups.csv", b"session,employee_number\r\n1,0\x0001\r\n"),
        "row 1: employee_num",
    ),
    "a sign-up for no session": (
        _cells("signups.csv", b"session,employee_number\r\n2,001\r\n"),
        "signups.csv, row 1: there is no session '2'.",
    ),
    "voices of other columns": (
        _cells("voices.csv", b"employee_number,noticed\r\n"),
        "voices.csv has no column want_theme, want, liked, next_theme, next, quote_consent, satisfaction.",
    ),
    "a cell without end": (
        _cells("voices.csv", ",".join(stories.VOICES).encode() + b'\r\n001,"' + b"a" * 11_000_000),
        "voices.csv: The table breaks off at line 2:",
    ),
    "a satisfaction of six": (
        lambda folder: stories.write(folder, voices=[voice("001", satisfaction="6")]),
        "voices.csv, row 1: the satisfaction '6' is not 1 to 5.",
    ),
    "a theme as long as a letter": (
        lambda folder: stories.write(folder, voices=[voice("001", want_theme="長" * 61)]),
        "voices.csv, row 1: want_theme has 61 characters. A theme has 60 at the most.",
    ),
    "a consent that nobody knows": (
        lambda folder: stories.write(folder, voices=[voice("001", quote_consent="maybe")]),
        "the consent 'maybe' is none of named, anonymous, none.",
    ),
}


@pytest.mark.parametrize(("spoil", "words"), BROKEN.values(), ids=BROKEN)
def test_a_broken_folder_is_answered_with_one_sentence(
    tmp_path: Path, spoil: Callable[[Path], object], words: str
) -> None:
    stories.write(tmp_path, signups=THREE)
    reading.read(tmp_path)
    spoil(tmp_path)
    with pytest.raises(CommandError) as refusal:
        call_command("replay", str(tmp_path))
    assert words in str(refusal.value)
    assert refusal.value.returncode == 1


def test_the_clock_is_given_back(db: None, tmp_path: Path) -> None:
    before = clock.now()
    live(stories.write(tmp_path, signups=THREE))
    assert before <= clock.now() <= before + timedelta(minutes=1)
