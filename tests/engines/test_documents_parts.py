"""QR codes, and the story as blocks."""

from __future__ import annotations

import pytest

from enishi.engines.documents import Block, Span, blocks, qr_modules, qr_svg

FINDER = [
    [True] * 7,
    [True, False, False, False, False, False, True],
    [True, False, True, True, True, False, True],
]


def test_a_code_has_its_quiet_zone_and_finders() -> None:
    rows = qr_modules("https://alumni.example/join/?r=flyer")
    size = len(rows)
    assert all(len(row) == size for row in rows)
    edge = [*rows[:4], *rows[-4:], *([row[i] for row in rows] for i in (0, 1, 2, 3, -1, -2, -3, -4))]
    assert not any(any(line) for line in edge)
    for row, pattern in zip(rows[4:7], FINDER, strict=True):
        assert list(row[4:11]) == pattern
        assert list(row[-11:-4]) == pattern


def test_a_code_depends_on_its_text() -> None:
    assert qr_modules("https://a.example/") == qr_modules("https://a.example/")
    assert qr_modules("https://a.example/") != qr_modules("https://b.example/")
    assert qr_svg("https://a.example/").startswith(b"<svg")


@pytest.mark.parametrize(("words", "answer"), [("", "Give it an address"), ("x" * 1201, "1200 at most")])
def test_a_code_that_cannot_be_says_why(words: str, answer: str) -> None:
    with pytest.raises(ValueError, match=answer):
        qr_modules(words)


def test_a_story_becomes_blocks() -> None:
    made = blocks("# 見出し\n\n本文と**太字**\n次の行\n\n- 一\n- 二\n\n3. 三\n4. 四\n\n> 引用\n\n---")
    assert made == (
        Block("heading", (Span("見出し"),)),
        Block("paragraph", (Span("本文と"), Span("太字", strong=True), Span("\n"), Span("次の行"))),
        Block("bullet", (Span("一"),), 1),
        Block("bullet", (Span("二"),), 1),
        Block("number", (Span("三"),), 1, 3),
        Block("number", (Span("四"),), 1, 4),
        Block("quote", (Span("引用"),)),
        Block("rule"),
    )


def test_only_https_and_mail_stay_links() -> None:
    made = blocks("[a](https://x.example/) [b](mailto:a@x.example) [c](http://x.example/) [d](ftp://x.example/)")
    assert [(s.text, s.link) for s in made[0].spans if s.text.strip()] == [
        ("a", "https://x.example/"),
        ("b", "mailto:a@x.example"),
        ("c", ""),
        ("d", ""),
    ]


def test_html_and_pictures_are_words() -> None:
    made = blocks("<script>x</script>\n\n![p](https://x.example/p.png)")
    assert "".join(s.text for b in made for s in b.spans) == "<script>x</script>!p"
