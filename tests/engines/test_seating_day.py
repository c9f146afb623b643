"""On the day: no-shows, walk-ins, the reasons of a table, the README's example."""

from __future__ import annotations

import re
from pathlib import Path

import pytest
from seating_help import task

from enishi.engines.seating import broken, join, leave, solve, why

PEOPLE = [{"id": p, "host": p % 3 == 0, "langs": ["ja"], "dept": p % 5} for p in range(41)]
RULES = {"min": 4, "max": 5, "host_per_table": True, "common_language": True}
HALL = task(40, 3, people=PEOPLE[:40], **RULES)  # type: ignore[arg-type]


@pytest.fixture(scope="module")
def plan():  # type: ignore[no-untyped-def]
    return solve(HALL, seconds=0.6, seed=2, deadline=60).plan


@pytest.mark.parametrize("person", range(0, 40, 3))
def test_a_no_show_changes_at_most_two_tables(plan, person: int) -> None:  # type: ignore[no-untyped-def]
    after = leave(HALL, plan, person, from_round=1)
    assert after.plan[0] == plan[0]
    assert {r for r, _ in after.changed} == {1, 2}
    for r in (1, 2):
        moved = [t for t, table in enumerate(after.plan[r]) if set(table) != set(plan[r][t])]
        assert [(r, t) for t in moved] == [change for change in after.changed if change[0] == r]
        assert len(moved) <= 2
        assert sorted(p for table in after.plan[r] for p in table) == [p for p in range(40) if p != person]
        for table in after.plan[r]:
            assert not table or (4 <= len(table) <= 5 and any(PEOPLE[p]["host"] for p in table))


def test_a_walk_in_is_seated_in_every_round_left() -> None:
    roomy = {**RULES, "max": 6}
    people = solve(task(40, 3, people=PEOPLE[:40], **RULES), seconds=0.3, deadline=60).plan  # type: ignore[arg-type]
    hall = task(41, 3, people=PEOPLE, **roomy)  # type: ignore[arg-type]
    after = join(hall, people, 40, from_round=0)
    assert broken(hall, after.plan) == ()
    assert len(after.changed) <= 6
    assert all(any(40 in table for table in tables) for tables in after.plan)


def test_a_walk_in_into_a_full_hall_is_refused() -> None:
    full = solve(task(8, 1, min=4, max=4), seconds=0.1, deadline=60).plan
    with pytest.raises(ValueError, match="Every table of round 0 is full"):
        join(task(9, 1, min=1, max=4), full, 8)


def test_who_is_not_there_cannot_leave(plan) -> None:  # type: ignore[no-untyped-def]
    with pytest.raises(ValueError, match="sits at no table"):
        leave(HALL, leave(HALL, plan, 7).plan, 7)


def test_why_names_faces_host_language_mix_and_ties() -> None:
    people = [{"id": p, "host": p in (0, 3), "langs": ["ja"], "dept": p} for p in range(6)]
    extra = {"affinity": [[0, 1, 2.5]], "history": [[1, 2]], "locks": [[0, 2, 0]], "keep_together": [[0, 1]]}
    hall = task(6, 2, sizes=[3, 3], people=people, host_per_table=True, common_language=True, **extra)
    reasons = {reason.code: reason for reason in why(hall, (((0, 1, 2), (3, 4, 5)),) * 2, 0, 0)}
    assert reasons["again"].people == (0, 1, 2)
    assert reasons["before"].words == "had met before: 1 and 2"
    assert reasons["host"].people == (0,)
    assert reasons["language"].words == "all speak ja"
    assert reasons["mix"].words == "3 different values of dept among 3 people"
    assert reasons["ties"].people == reasons["together"].people == (0, 1)
    assert reasons["locked"].people == (2,)
    with pytest.raises(ValueError, match="no table 5"):
        why(hall, (((0, 1, 2), (3, 4, 5)),) * 2, 0, 5)


def test_the_example_of_the_readme_runs(capsys: pytest.CaptureFixture[str]) -> None:
    readme = (Path(__file__).parents[2] / "src/enishi/engines/seating/README.md").read_text(encoding="utf-8")
    code = re.findall(r"```python\n(.*?)```", readme, re.DOTALL)[0]
    exec(compile(code, "README.md", "exec"), {})  # noqa: S102
    lines = capsys.readouterr().out.splitlines()
    assert lines[0] == "105 of 105"
    assert lines[1] == "3 of 3 pairs meet here for the only time and had not met before"
