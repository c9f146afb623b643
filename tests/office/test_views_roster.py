"""Miyake brings a roster, looks at what it would do, imports it, and takes it back."""

from __future__ import annotations

import io
import zipfile
from datetime import timedelta

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.db import connection
from django.http import HttpResponse
from django.test import Client
from django.test.utils import CaptureQueriesContext
from django.urls import reverse
from openpyxl import Workbook

from cast import Cast
from enishi.accounts.choices import ImportState
from enishi.accounts.models import ImportRun, RosterEntry
from enishi.core import clock, limits
from enishi.office.imports import runs, workbooks

pytestmark = pytest.mark.usefixtures("noon")
PAGE = reverse("office:roster")
HEADER = "社員番号,氏名,フリガナ,メールアドレス,入社年月日,退職年月日,現在の勤務先\r\n"
GOOD = "001,髙田 学,タカダ マナブ,t@mail.example,2008/4/1,2020/3/31,病院\r\n"
MORE = "003,森 葵,モリ アオイ,,2008/4/1,2020/3/31,\r\n"
BASIS = "退職時の同意書12"


@pytest.fixture
def miyake(cast: Cast) -> Client:
    client = Client()
    client.force_login(cast.miyake.user)
    return client


def bring(client: Client, content: str | bytes, name: str = "leavers.csv", basis: str = BASIS) -> HttpResponse:
    data = content.encode() if isinstance(content, str) else content
    answer: HttpResponse = client.post(PAGE, {"file": SimpleUploadedFile(name, data), "basis": basis})  # type: ignore[assignment]
    return answer


def brought(client: Client, content: str | bytes) -> ImportRun:
    answer = bring(client, content)
    run = ImportRun.objects.latest("pk")
    assert (answer.status_code, answer.headers["Location"]) == (303, address("roster-import", run))
    return run


def address(name: str, run: ImportRun) -> str:
    return reverse(f"office:{name}", args=[run.pk])


def text(client: Client, where: str) -> str:
    answer = client.get(where)
    assert answer.status_code == 200
    return answer.content.decode()


def numbers() -> list[str]:
    return list(RosterEntry.objects.order_by("employee_number").values_list("employee_number", flat=True))


def workbook(*lines: list[object]) -> bytes:
    book = Workbook()
    for line in lines:
        book.active.append(line)  # type: ignore[union-attr]
    out = io.BytesIO()
    book.save(out)
    return out.getvalue()


def test_from_the_file_to_the_roster_and_back(miyake: Client) -> None:
    run = brought(miyake, HEADER + GOOD + "002,,x,,,,\r\n" + MORE)
    page = text(miyake, address("roster-import", run))
    assert "髙田 学" in page
    assert BASIS in page
    assert numbers() == []
    answer = miyake.post(address("roster-carry-out", run), follow=True)
    assert answer.redirect_chain == [(address("roster-import", run), 303)]
    assert numbers() == ["001", "003"]
    answer = miyake.post(address("roster-undo", run), follow=True)
    assert answer.redirect_chain == [(address("roster-import", run), 303)]
    assert numbers() == []
    run.refresh_from_db()
    assert (run.state, run.basis, run.by_id is not None) == (ImportState.UNDONE, BASIS, True)


def test_a_workbook_comes_in_as_well(miyake: Client) -> None:
    run = brought(miyake, workbook(["社員番号", "氏名", "フリガナ"], ["007", "﨑山 𠮷男", "サキヤマ ヨシオ"]))
    assert run.encoding == "xlsx"
    assert "﨑山 𠮷男" in text(miyake, address("roster-import", run))
    miyake.post(address("roster-carry-out", run))
    entry = RosterEntry.objects.get()
    assert (entry.employee_number, entry.family_name, entry.given_name) == ("007", "﨑山", "𠮷男")


def bomb() -> bytes:
    out = io.BytesIO()
    with (
        zipfile.ZipFile(out, "w", zipfile.ZIP_DEFLATED, compresslevel=1) as archive,
        archive.open("xl/worksheets/sheet1.xml", "w", force_zip64=True) as member,
    ):
        for _each in range(workbooks.MAX_UNPACKED // (1 << 24) + 1):
            member.write(bytes(1 << 24))
    return out.getvalue()


@pytest.mark.parametrize(
    ("content", "words"),
    [
        (b" ", "ファイルが空です。"),
        (b"", "ファイルが空です。"),
        (b"PK\x03\x04broken", "ブックを開けません。"),
        (b"\xd0\xcf\x11\xe0old", "古い形式のExcelファイル（.xls）です。"),
        (b"just one line of prose", "表として読めません。"),
        (b"a,b\r\n1,2\r\n", "「社員番号」"),
        (b"a,b\r\n\x81", "ファイルの文字を読み取れませんでした。"),
        (b"a,b\r\n\x00", "表として読めません。"),
    ],
)
def test_a_file_that_cannot_be_read_is_answered_on_the_page(miyake: Client, content: bytes, words: str) -> None:
    answer = bring(miyake, content)
    assert answer.status_code == 422
    assert words in answer.content.decode()
    assert f'value="{BASIS}"' in answer.content.decode()
    assert ImportRun.objects.count() == 0
    brought(miyake, HEADER + GOOD)


def test_headings_without_rows_are_called_that(miyake: Client) -> None:
    run = brought(miyake, HEADER)
    page = text(miyake, address("roster-import", run))
    assert "見出しの行だけがあり" in page and "問題なく読みました" not in page
    run = brought(miyake, HEADER + GOOD)
    page = text(miyake, address("roster-import", run))
    assert "見出しの行だけがあり" not in page and "問題なく読みました" in page


def test_a_bomb_is_refused_before_it_unpacks(miyake: Client) -> None:
    answer = bring(miyake, bomb(), name="roster.xlsx")
    assert answer.status_code == 422
    assert "展開すると400MBを超えるブックです。" in answer.content.decode()


def test_a_form_without_file_or_ground_is_asked_for_them(miyake: Client) -> None:
    assert miyake.post(PAGE, {}).status_code == 422
    assert miyake.post(PAGE, {"basis": BASIS}).status_code == 422
    assert bring(miyake, HEADER + GOOD, basis="").status_code == 422
    assert bring(miyake, HEADER + GOOD, basis="x\0").status_code == 422
    assert bring(miyake, HEADER + GOOD, basis="x" * 1_000_000).status_code == 422
    assert ImportRun.objects.count() == 0


def test_a_megabyte_in_a_name_loses_that_row_alone(miyake: Client) -> None:
    run = brought(miyake, HEADER + GOOD + "002," + "名" * 350_000 + ",,,,,\r\n" + MORE)
    assert run.tally == {"accepted": 2, "rejected": 1}
    assert [(line["row"], line["why"]) for line in run.report] == [(2, "name: too long")]
    assert len(text(miyake, address("roster-import", run))) < 100_000
    miyake.post(address("roster-carry-out", run))
    assert numbers() == ["001", "003"]


def test_a_megabyte_in_a_number_or_a_file_name(miyake: Client) -> None:
    run = brought(miyake, HEADER + GOOD + "9" * 1_000_000 + ",森 葵,モリ,,,,\r\n")
    assert run.tally == {"accepted": 1, "rejected": 1}
    assert len(text(miyake, address("roster-import", run))) < 100_000
    assert bring(miyake, HEADER + MORE, name="n" * 5000 + ".csv").status_code in (303, 422)


def test_a_page_for_an_import_that_never_was(miyake: Client, cast: Cast) -> None:
    run = brought(miyake, HEADER + GOOD)
    for pk in (run.pk + 1, 10**30):
        assert miyake.get(reverse("office:roster-import", args=[pk])).status_code == 404
        assert miyake.get(reverse("office:roster-faults", args=[pk])).status_code == 404
        for name in ("read", "carry-out", "undo"):
            assert miyake.post(reverse(f"office:roster-{name}", args=[pk])).status_code == 404
    assert miyake.get(address("roster-import", run)).status_code == 200
    other = Client()
    other.force_login(cast.nakamura.user)
    assert other.get(address("roster-import", run)).status_code == 403
    assert other.post(address("roster-carry-out", run)).status_code == 403
    assert numbers() == []


def test_a_second_press_brings_nothing_twice(miyake: Client) -> None:
    run = brought(miyake, HEADER + GOOD)
    miyake.post(address("roster-carry-out", run))
    again = miyake.post(address("roster-carry-out", run), follow=True)
    assert again.status_code == 200
    assert numbers() == ["001"]
    miyake.post(address("roster-undo", run))
    assert miyake.post(address("roster-undo", run), follow=True).status_code == 200
    assert miyake.post(address("roster-carry-out", run), follow=True).status_code == 200
    assert numbers() == []


def test_a_file_let_go_after_a_day_is_asked_for_again(miyake: Client) -> None:
    run = brought(miyake, HEADER + GOOD)
    ImportRun.objects.update(content=None)
    assert text(miyake, address("roster-import", run))
    assert miyake.post(address("roster-carry-out", run), follow=True).status_code == 200
    assert miyake.post(address("roster-read", run), {"encoding": "utf-8"}).status_code == 404
    assert numbers() == []


def test_undo_ends_after_a_day(miyake: Client) -> None:
    run = brought(miyake, HEADER + GOOD)
    miyake.post(address("roster-carry-out", run))
    undo = f'action="{address("roster-undo", run)}"'
    assert undo in text(miyake, address("roster-import", run))
    with clock.at(clock.now() + timedelta(hours=25)):
        assert undo not in text(miyake, address("roster-import", run))
        miyake.post(address("roster-undo", run))
    assert numbers() == ["001"]


def test_undo_names_those_who_stay(miyake: Client, cast: Cast) -> None:
    run = brought(miyake, HEADER + GOOD + MORE)
    miyake.post(address("roster-carry-out", run))
    cast.mori.roster_entry = RosterEntry.objects.get(employee_number="003")
    cast.mori.save()
    page = miyake.post(address("roster-undo", run), follow=True).content.decode()
    assert numbers() == ["003"]
    assert "003" in page.split("<main")[0] + page.split("<main")[1].split("<h1")[0]


def test_uploads_have_a_limit(miyake: Client) -> None:
    for _each in range(limits.UPLOAD.most):
        assert bring(miyake, b" ").status_code == 422
    refused = bring(miyake, HEADER + GOOD)
    assert refused.status_code == 429
    assert ImportRun.objects.count() == 0
    with clock.at(clock.now() + timedelta(hours=1)):
        brought(miyake, HEADER + GOOD)


def columns(**chosen: str) -> dict[str, str]:
    return {f"column_{name}": at for name, at in chosen.items()}


def test_other_columns_and_another_encoding(miyake: Client) -> None:
    content = "番号,社員番号,旧氏名,氏名\r\n9,001,古川 学,髙田 学\r\n".encode("cp932")
    run = brought(miyake, content)
    assert run.encoding == "cp932"
    answer = miyake.post(address("roster-read", run), {"encoding": "cp932", **columns(employee_number="1", name="2")})
    again = ImportRun.objects.get()
    assert (answer.status_code, answer.headers["Location"]) == (303, address("roster-import", again))
    assert (again.pk != run.pk, again.basis, again.columns) == (True, BASIS, {"employee_number": 1, "name": 2})
    page = text(miyake, address("roster-import", again))
    assert "古川 学" in page
    assert "髙田 学" not in page


def test_an_encoding_that_does_not_fit_keeps_what_was_chosen(miyake: Client) -> None:
    run = brought(miyake, (HEADER + GOOD).encode("cp932"))
    answer = miyake.post(address("roster-read", run), {"encoding": "utf-8", **columns(employee_number="0", name="1")})
    assert answer.status_code == 422
    assert '<option value="utf-8" selected>' in answer.content.decode()
    assert ImportRun.objects.get().pk == run.pk


@pytest.mark.parametrize("chosen", [{}, {"employee_number": "0"}, {"employee_number": "99", "name": "1"}])
def test_columns_that_do_not_do_are_asked_for(miyake: Client, chosen: dict[str, str]) -> None:
    run = brought(miyake, HEADER + GOOD)
    assert miyake.post(address("roster-read", run), {"encoding": "", **columns(**chosen)}).status_code == 422
    ok = columns(employee_number="0", name="1")
    assert miyake.post(address("roster-read", run), {"encoding": "", **ok}).status_code == 303


def test_the_rows_to_look_at_leave_as_harmless_csv(miyake: Client) -> None:
    run = brought(miyake, HEADER + GOOD + "=1+1,,x,,,,\r\n＝2,,x,,,,\r\n")
    answer = miyake.get(address("roster-faults", run))
    assert answer.headers["Content-Type"] == "text/csv; charset=utf-8"
    lines = answer.content.decode("utf-8-sig").split("\r\n")
    assert [line.split(",")[:3] for line in lines[1:3]] == [
        ["2", "'=1+1", "取り込めません"],
        ["3", "'＝2", "取り込めません"],
    ]


def test_a_cell_that_looks_like_a_formula_is_kept_as_it_is(miyake: Client) -> None:
    run = brought(miyake, HEADER + "001,髙田 学,タカダ マナブ,,2008/4/1,2020/3/31,=大学\r\n")
    assert "=大学" in text(miyake, address("roster-import", run))
    miyake.post(address("roster-carry-out", run))
    assert RosterEntry.objects.get().employer == "=大学"


def test_names_are_shown_and_never_acted_on(miyake: Client) -> None:
    run = brought(miyake, HEADER + '001,"<script>alert(1)</script> 学",x,,2008/4/1,2020/3/31,\r\n')
    assert "<script>alert" not in text(miyake, address("roster-import", run))


def test_imports_are_listed_in_a_fixed_number_of_questions(miyake: Client, cast: Cast) -> None:
    def listed(number: int) -> int:
        for _each in range(number):
            runs.check((HEADER + GOOD).encode(), file_name="leavers.csv", by=cast.miyake.user)
        with CaptureQueriesContext(connection) as asked:
            page = text(miyake, PAGE)
        assert page.count("leavers.csv") == ImportRun.objects.count()
        return len(asked)

    assert listed(1) == listed(2) <= 12
