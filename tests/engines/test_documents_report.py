"""A report as PDF: what can be read in it, what cannot get into it."""

from __future__ import annotations

import io
import re
import socket
import subprocess
import sys
import threading
from dataclasses import replace
from pathlib import Path

import pypdf
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from enishi.engines import documents
from enishi.engines.documents import Block, Figure, ReportDocument, Row, Span, Table, Voice, blocks, report_pdf

REPORT = ReportDocument(
    language="ja",
    network="若草製薬アルムナイ",
    title="顔合わせ会のレポート",
    lead="まずは顔を合わせて、お互いを知る",
    figures=(Figure("21", "名", "参加した方"),),
    tables=(
        Table(
            "登録のきっかけ", (Row("社員から", "10", 1.0), Row("検索", "5", 0.5)), "3名に満たない項目はまとめています。"
        ),
    ),
    voices=(Voice("創薬とAIをテーマに話したいです", "製薬会社の方", "次にしたいこと"),),
    story=blocks("はじめての会を**開きました**。"),
    closing=("数字は整えています。",),
    link="https://alumni.example/reports/1/",
    figures_heading="数字で見る",
    tables_heading="内訳",
    voices_heading="参加した方の声",
    story_heading="当日のこと",
)
TITLE_ONLY = ReportDocument(language="en", network="Wakakusa Alumni", title="A report")


def read(pdf: bytes) -> pypdf.PdfReader:
    return pypdf.PdfReader(io.BytesIO(pdf))


def text(pdf: bytes) -> str:
    """All pages; line breaks taken out, as they fall where the setter likes."""
    return "".join(page.extract_text() for page in read(pdf).pages).replace("\n", "").replace("\u200b", "")


def test_every_word_can_be_found_again() -> None:
    found = text(report_pdf(REPORT))
    for words in (
        "顔合わせ会のレポート",
        "まずは顔を合わせて、お互いを知る",
        "数字で見る",
        "参加した方",
        "社員から",
        "3名に満たない項目はまとめています。",
        "創薬とAIをテーマに話したいです",
        "製薬会社の方",
        "はじめての会を開きました。",
        "https://alumni.example/reports/1/",
        "1／1",
    ):
        assert words in found


def test_names_come_out_as_they_went_in() -> None:
    names = "髙橋 﨑山 𠮷野 Laura Jansen Łukasz 德田"
    assert names in text(report_pdf(replace(REPORT, voices=(Voice("よい会でした", names),))))


def test_paper_margins_fonts_and_title() -> None:
    reader = read(report_pdf(REPORT))
    page = reader.pages[0]
    assert (round(float(page.mediabox.width)), round(float(page.mediabox.height))) == (595, 842)
    assert reader.metadata is not None
    assert reader.metadata.title == "顔合わせ会のレポート"
    fonts = {}
    for each in reader.pages:
        for font in each["/Resources"]["/Font"].values():
            inner = font.get_object()["/DescendantFonts"][0].get_object()
            descriptor = inner["/FontDescriptor"].get_object()
            fonts[str(inner["/BaseFont"]).split("+")[-1]] = "/FontFile3" in descriptor or "/FontFile2" in descriptor
    assert fonts == {"NotoSansJP-Regular": True, "NotoSerifJP-Regular": True}


def test_pages_are_numbered() -> None:
    story = blocks("\n\n".join(f"{n}つめの段落です。" * 20 for n in range(30)))
    reader = read(report_pdf(replace(REPORT, story=story)))
    total = len(reader.pages)
    assert total > 1
    for number, page in enumerate(reader.pages, 1):
        assert f"{number}／{total}" in page.extract_text()


def test_same_input_same_bytes() -> None:
    assert report_pdf(REPORT) == report_pdf(REPORT)
    assert report_pdf(replace(REPORT, title="別のレポート")) != report_pdf(REPORT)


def test_a_title_alone_is_a_report() -> None:
    assert "A report" in text(report_pdf(TITLE_ONLY))


class Listener:
    """Counts who knocks at a port of this machine."""

    def __enter__(self) -> Listener:
        self.socket = socket.create_server(("127.0.0.1", 0))
        self.socket.settimeout(0.1)
        self.port = self.socket.getsockname()[1]
        self.knocks = 0
        self.open = True
        self.thread = threading.Thread(target=self._listen)
        self.thread.start()
        return self

    def _listen(self) -> None:
        while self.open:
            try:
                self.socket.accept()[0].close()
                self.knocks += 1
            except TimeoutError:
                continue

    def __exit__(self, *_: object) -> None:
        self.open = False
        self.thread.join()
        self.socket.close()


def hostile(port: int) -> list[str]:
    return [
        "file:///etc/hostname",
        f"http://127.0.0.1:{port}/x.png",
        "data:text/html,<script>alert(1)</script>",
        '#import "@preview/cetz:0.3.0": *',
        '#read("/etc/hostname")',
        f'#image("http://127.0.0.1:{port}/x.png")',
        "$math$ and $ x^2 $",
        "#panic(1)",
        "*bold* _it_ `code` <label> @ref = heading",
        "\\u{41} \\ // comment /* comment */ ~ -- ---",
        f"url(http://127.0.0.1:{port}/y)",
        '") } #let x = 1 {"',
    ]


def test_words_that_look_like_commands_stay_words_and_nothing_is_fetched() -> None:
    with Listener() as listener:
        for words in hostile(listener.port):
            everywhere = ReportDocument(
                language="ja",
                network=words,
                title=words,
                kicker=words,
                lead=words,
                facts=(words,),
                figures=(Figure(words, words, words),),
                tables=(Table(words, (Row(words, words, 1.0),), words),),
                voices=(Voice(words, words, words),),
                story=(Block("paragraph", (Span(words),)), *blocks(words), *blocks(f"![x]({words}) [y]({words})")),
                closing=(words,),
                link=words,
                voices_heading=words,
            )
            found = text(report_pdf(everywhere)).replace(" ", "")
            assert words.replace(" ", "") in found
            assert "root:" not in found
        assert listener.knocks == 0
        with socket.create_connection(("127.0.0.1", listener.port)):
            pass
        listener.thread.join(0.3)
        assert listener.knocks == 1  # the listener does hear


@settings(max_examples=15, derandomize=True, deadline=None)
@given(st.text(max_size=60))
def test_any_text_makes_a_pdf(words: str) -> None:
    made = report_pdf(replace(TITLE_ONLY, voices=(Voice(words, words),), story=blocks(words)))
    assert made.startswith(b"%PDF")


def test_an_endless_word_turns_at_the_margin() -> None:
    found = text(report_pdf(replace(REPORT, voices=(Voice("A" * 400, "x"),))))
    assert "A" * 400 in found


def test_wrong_input_says_what_to_do() -> None:
    with pytest.raises(ValueError, match="Give it one"):
        ReportDocument(language="ja", network="n", title=" ")
    with pytest.raises(ValueError, match="ja or en"):
        ReportDocument(language="fr", network="n", title="t")  # type: ignore[arg-type]
    with pytest.raises(ValueError, match="between 0 and 1"):
        Row("x", "1", 1.5)


def test_the_setter_is_imported_only_where_it_is_used() -> None:
    heavy = "import sys, enishi.engines.documents; print(sorted({'typst', 'segno', 'markdown_it'} & set(sys.modules)))"
    assert subprocess.run([sys.executable, "-c", heavy], capture_output=True, text=True, check=True).stdout == "[]\n"


def test_the_readme_example_runs() -> None:
    readme = (Path(documents.__file__).parent / "README.md").read_text(encoding="utf-8")
    code = re.search(r"```python\n(.*?)```", readme, re.S)
    assert code is not None
    names: dict[str, object] = {}
    exec(code[1], names)  # noqa: S102 - our own page
    assert "外に出て、教育の手厚さに気づきました" in text(names["pdf"])  # type: ignore[arg-type]
