"""The event page and a sign-up against a bare Django view; sixty visitors for nine places on 1, 2 and 8 processes.

    .venv/bin/python bench/events/run.py [--postgres postgres://user:password@host/name] [--pages-only]

The named PostgreSQL database is made for the run and dropped after it. The last line is JSON.
"""

from __future__ import annotations

import argparse
import json
import os
import subprocess
import sys
import tempfile
from pathlib import Path
from urllib.parse import urlsplit

sys.path.insert(0, str(Path(__file__).parent))
import world

PROCESSES = (1, 2, 8)
RESULTS = Path(__file__).parents[1] / "results"


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--postgres", default=os.environ.get("ENISHI_BENCH_POSTGRES", ""))
    parser.add_argument("--pages-only", action="store_true")
    parser.add_argument("--part", choices=["pages", "race"], help="used by the run itself")
    chosen = parser.parse_args()
    if chosen.part:
        print(json.dumps(_part(chosen.part, chosen.postgres)))
        return
    found = _in_a_process("pages", "")
    _print(found)
    races = {}
    if not chosen.pages_only:
        races = {"sqlite": _in_a_process("race", "")}
        if chosen.postgres:
            _recreate(chosen.postgres)
            try:
                races["postgresql"] = _in_a_process("race", chosen.postgres)
            finally:
                _drop(chosen.postgres)
        for name, rushes in races.items():
            for each in rushes:
                print(f"{name:11} {each}")
    RESULTS.mkdir(exist_ok=True)
    whole = {**{key: round(value, 3) for key, value in found.items()}, "races": races}
    (RESULTS / "events.json").write_text(json.dumps(whole, indent=1))
    print(json.dumps(whole))


def _part(part: str, postgres: str) -> object:
    world.start(world.settings_for(postgres))
    if part == "pages":
        import pages

        return pages.measure()
    import race

    return [race.run(number) for number in PROCESSES]


def _in_a_process(part: str, postgres: str) -> dict:  # type: ignore[type-arg]
    """A fresh interpreter for each part: settings and database are chosen once in a process."""
    with tempfile.TemporaryDirectory(prefix="enishi-bench-") as _folder:
        command = [sys.executable, __file__, "--part", part, *(["--postgres", postgres] if postgres else [])]
        done = subprocess.run(command, stdout=subprocess.PIPE, check=True, text=True)
    return json.loads(done.stdout.splitlines()[-1])


def _print(found: dict[str, float]) -> None:
    for name, value in found.items():
        print(f"{name:24} {value:9.2f}")


def _recreate(url: str) -> None:
    _drop(url)
    _on_server(url, "CREATE DATABASE {}")


def _drop(url: str) -> None:
    _on_server(url, "DROP DATABASE IF EXISTS {} WITH (FORCE)")


def _on_server(url: str, statement: str) -> None:
    import psycopg
    from psycopg import sql

    name = urlsplit(url).path.strip("/")
    with psycopg.connect(url.rsplit("/", 1)[0] + "/postgres", autocommit=True) as line:
        line.execute(sql.SQL(statement).format(sql.Identifier(name)))  # type: ignore[arg-type]


if __name__ == "__main__":
    main()
