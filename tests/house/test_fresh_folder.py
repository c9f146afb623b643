"""The commands answer where nothing was ever started."""

from __future__ import annotations

import json
import os
import subprocess
import sys
from pathlib import Path

HEADER = "社員番号,氏名,フリガナ,メールアドレス,入社年月日,退職年月日,異動歴,上司,現在の勤務先,現在の職種,居住国,タイムゾーン,登録のきっかけ"
ROW = "00001,鈴木 花子,スズキ ハナコ,hanako@example.jp,2008/4/1,2014/3/31,2008/04-2014/03 研究部(つくば),,,,日本,,検索して見つけた"


def enishi(folder: Path, *words: str) -> subprocess.CompletedProcess[str]:
    own = {name: value for name, value in os.environ.items() if name != "DJANGO_SETTINGS_MODULE"}
    return subprocess.run(
        [sys.executable, "-m", "enishi.cli", "--data", str(folder), *words],
        capture_output=True,
        text=True,
        check=False,
        env=own,
    )


def test_a_list_is_checked_and_a_report_is_missed_in_words(tmp_path: Path) -> None:
    table = tmp_path / "roster.csv"
    table.write_text(f"{HEADER}\r\n{ROW}\r\n", encoding="cp932")

    checked = enishi(tmp_path / "one", "roster", "check", str(table), "--json")
    missed = enishi(tmp_path / "one", "report", "facts", "1")

    assert (checked.returncode, json.loads(checked.stdout)["tally"]) == (0, {"accepted": 1})
    assert (missed.returncode, missed.stderr) == (1, "CommandError: There is no series “1”. There is none yet.\n")


def test_what_runs_beside_others_says_what_to_run_first(tmp_path: Path) -> None:
    worker = enishi(tmp_path / "two", "worker", "--once")

    assert worker.returncode == 1
    assert worker.stderr == (
        "CommandError: This data folder has no tables yet. Run “enishi migrate” first, or start with bin/run.\n"
    )
