"""A roster of 100,000 rows: checked and imported, against plain csv reading and bulk inserts in the same run.

    .venv/bin/python bench/roster/run.py [--rows 100000]

Each part runs in a process of its own on a fresh SQLite file; memory is its peak above what the process held before it
began. The last line is JSON.
"""

from __future__ import annotations

import argparse
import csv
import io
import json
import os
import secrets
import subprocess
import sys
import tempfile
import time
from itertools import islice
from pathlib import Path
from typing import Any

RESULTS = Path(__file__).parents[1] / "results"
HEADER = "社員番号,氏名,フリガナ,メールアドレス,入社年月日,退職年月日,異動歴,上司,現在の勤務先,現在の職種,居住国,タイムゾーン,登録のきっかけ"
FAMILY = ("髙田 タカダ", "森 モリ", "渡邉 ワタナベ", "小川 オガワ", "山口 ヤマグチ", "﨑山 サキヤマ", "池田 イケダ")
GIVEN = ("学 マナブ", "由紀子 ユキコ", "𠮷男 ヨシオ", "葵 アオイ", "桃子 モモコ")
GOAL = {"seconds": 60, "megabytes": 200}


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--rows", type=int, default=100_000)
    parser.add_argument("--part", choices=["enishi", "bare"], help="used by the run itself")
    chosen = parser.parse_args()
    if chosen.part:
        _start()
        print(
            json.dumps({"enishi": _enishi, "bare": _bare}[chosen.part](Path(os.environ["ENISHI_DATA"]) / "roster.csv"))
        )
        return
    bare, ours = _in_a_process("bare", chosen.rows), _in_a_process("enishi", chosen.rows)
    whole = {
        "rows": chosen.rows,
        "bytes": ours["bytes"],
        **{f"enishi_{name}": ours[name] for name in ("check_seconds", "import_seconds", "seconds", "megabytes")},
        **{f"bare_{name}": bare[name] for name in ("seconds", "megabytes")},
        "seconds_of_goal": round(ours["seconds"] / GOAL["seconds"], 3),
        "megabytes_of_goal": round(ours["megabytes"] / GOAL["megabytes"], 3),
        "times_bare": round(ours["seconds"] / bare["seconds"], 2),
    }
    for name, value in whole.items():
        print(f"{name:24} {value:12}")
    RESULTS.mkdir(exist_ok=True)
    (RESULTS / "roster.json").write_text(json.dumps(whole, indent=1))
    print(json.dumps(whole))


def _in_a_process(part: str, rows: int) -> dict[str, Any]:
    with tempfile.TemporaryDirectory(prefix="enishi-bench-") as folder:
        environment = {
            **os.environ,
            "ENISHI_DATA": folder,
            "ENISHI_DATABASE_URL": "",
            "ENISHI_SECRET_KEY": secrets.token_hex(40),
            "DJANGO_SETTINGS_MODULE": "enishi.config.settings",
        }
        (Path(folder) / "roster.csv").write_bytes(_file(rows))
        command = [sys.executable, __file__, "--rows", str(rows), "--part", part]
        done = subprocess.run(command, stdout=subprocess.PIPE, check=True, text=True, env=environment)
    found: dict[str, Any] = json.loads(done.stdout.splitlines()[-1])
    return found


def _start() -> None:
    import django
    from django.core.management import call_command

    django.setup()
    call_command("migrate", verbosity=0)


def _file(rows: int) -> bytes:
    """A roster as Excel in Japan saves it; every field is filled."""
    lines = [HEADER]
    for n in range(rows):
        (family, family_kana), (given, given_kana) = FAMILY[n % 7].split(), GIVEN[n % 5].split()
        year = 1985 + n % 30
        lines.append(
            f"{n:06},{family} {given},{family_kana} {given_kana},guest{n}@mail.example,{year}/4/1,{year + 5}/3/31,"
            f"{year}/04-{year + 2}/03 製造部(つくば研究所); {year + 2}/04-{year + 5}/03 薬事部(本社),小川 和也,病院,薬剤師,日本,"
            "Asia/Tokyo,検索して見つけた"
        )
    return ("\r\n".join(lines) + "\r\n").encode()


def _enishi(path: Path) -> dict[str, Any]:
    from enishi.accounts.models import RosterEntry
    from enishi.office.imports import runs

    runs.check(_file(50), file_name="warm.csv")
    before, begun = _memory(), time.perf_counter()
    content = path.read_bytes()
    run = runs.check(content, file_name="roster.csv")
    checked = time.perf_counter()
    outcome = runs.carry_out(run, content)
    ended = time.perf_counter()
    assert outcome.created == RosterEntry.objects.count(), outcome
    return {
        "bytes": len(content),
        "check_seconds": round(checked - begun, 2),
        "import_seconds": round(ended - checked, 2),
        "seconds": round(ended - begun, 2),
        "megabytes": round(_peak() - before, 1),
    }


def _bare(path: Path) -> dict[str, Any]:
    """Read with csv, insert the texts a thousand at a time: no verdicts, no dates, no keys of names, no undo."""
    from django.db import transaction

    from enishi.accounts.models import RosterEntry

    before, begun = _memory(), time.perf_counter()
    reader = csv.DictReader(io.StringIO(path.read_text(encoding="utf-8"), newline=""))
    with transaction.atomic():
        while batch := list(islice(reader, 1000)):
            RosterEntry.objects.bulk_create(
                RosterEntry(
                    employee_number=row["社員番号"],
                    family_name=row["氏名"],
                    family_kana=row["フリガナ"],
                    email=row["メールアドレス"],
                    stints=[row["異動歴"]],
                    manager=row["上司"],
                    employer=row["現在の勤務先"],
                    title=row["現在の職種"],
                    country=row["居住国"],
                    zone=row["タイムゾーン"],
                )
                for row in batch
            )
    return {"seconds": round(time.perf_counter() - begun, 2), "megabytes": round(_peak() - before, 1)}


def _memory() -> float:
    """Resident now, in megabytes; the peak is counted from here (Linux)."""
    Path("/proc/self/clear_refs").write_text("5")
    return _status("VmRSS")


def _peak() -> float:
    return _status("VmHWM")


def _status(name: str) -> float:
    lines = Path("/proc/self/status").read_text().splitlines()
    return next(int(line.split()[1]) / 1024 for line in lines if line.startswith(name + ":"))


if __name__ == "__main__":
    main()
