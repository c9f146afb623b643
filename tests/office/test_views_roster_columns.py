"""Miyake looks at the columns of a roster that has the name in two of them, and changes what was guessed."""

from __future__ import annotations

from pathlib import Path

import pytest
from django.core.management import call_command
from django.test import Client
from django.urls import reverse

from cast import Cast
from enishi.accounts.models import ImportRun, RosterEntry
from enishi.office.imports import runs

pytestmark = pytest.mark.usefixtures("noon")
CONTENT = (
    "社員番号,姓,名,セイ,メイ,通称\r\n001,髙田,学,タカダ,マナブ,古川 学\r\n002,﨑山,𠮷男,サキヤマ,ヨシオ,\r\n".encode(
        "utf-8-sig"
    )
)
GUESSED = {"employee_number": 0, "family_name": 1, "given_name": 2, "family_kana": 3, "given_kana": 4}


@pytest.fixture
def miyake(cast: Cast) -> Client:
    client = Client(headers={"accept-language": "ja"})
    client.force_login(cast.miyake.user)
    return client


@pytest.fixture
def run(cast: Cast) -> ImportRun:
    return runs.check(CONTENT, file_name="leavers.csv", by=cast.miyake.user)


def read_again(client: Client, run: ImportRun, **columns: int) -> tuple[int, str]:
    chosen = {f"column_{name}": str(at) for name, at in columns.items()}
    answer = client.post(reverse("office:roster-read", args=[run.pk]), {"encoding": "utf-8", **chosen})
    return answer.status_code, answer.content.decode()


def names() -> list[tuple[str, ...]]:
    entries = RosterEntry.objects.order_by("employee_number")
    return list(entries.values_list("family_name", "given_name", "family_kana", "given_kana"))


def test_both_columns_are_shown_and_become_one_name(miyake: Client, run: ImportRun) -> None:
    page = miyake.get(reverse("office:roster-import", args=[run.pk])).content.decode()
    heads = [f'<th scope="col">{word}</th>' for word in ("社員番号", "姓", "名", "セイ", "メイ")]
    assert "".join(heads) in page
    assert "<td>﨑山</td><td>𠮷男</td>" in page
    assert [at for at in range(6) if f'<option value="{at}" selected>' in page] == [0, 1, 2, 3, 4]
    miyake.post(reverse("office:roster-carry-out", args=[run.pk]))
    assert names() == [("髙田", "学", "タカダ", "マナブ"), ("﨑山", "𠮷男", "サキヤマ", "ヨシオ")]


@pytest.mark.parametrize(
    ("without", "words"),
    [
        ({"given_name"}, "もう一方の列だけが選ばれています。"),
        ({"family_kana"}, "もう一方の列だけが選ばれています。"),
        ({"family_name", "given_name"}, "氏名の列か、姓と名の列を選んでください。"),
    ],
)
def test_half_a_name_is_asked_for_the_other_half(miyake: Client, run: ImportRun, without: set[str], words: str) -> None:
    chosen = {name: at for name, at in GUESSED.items() if name not in without}
    status, page = read_again(miyake, run, **chosen)
    assert (status, words in page) == (422, True)
    assert [at for at in range(6) if f'<option value="{at}" selected>' in page] == sorted(chosen.values())
    assert ImportRun.objects.get().pk == run.pk
    assert read_again(miyake, run, **GUESSED)[0] == 303


def test_a_whole_name_goes_before_its_parts(miyake: Client, run: ImportRun) -> None:
    assert read_again(miyake, run, **GUESSED, name=5)[0] == 303
    again = ImportRun.objects.get()
    assert again.columns == {"employee_number": 0, "name": 5, "family_kana": 3, "given_kana": 4}
    assert again.tally == {"warned": 1, "rejected": 1}
    assert "<td>古川 学</td>" in miyake.get(reverse("office:roster-import", args=[again.pk])).content.decode()


def test_the_command_brings_two_columns_in(db: None, tmp_path: Path) -> None:
    path = tmp_path / "leavers.csv"
    path.write_bytes(CONTENT)
    call_command("roster", "import", str(path))
    assert names() == [("髙田", "学", "タカダ", "マナブ"), ("﨑山", "𠮷男", "サキヤマ", "ヨシオ")]
