"""Is what someone typed this person's name?"""

from __future__ import annotations

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from names_pairs import PAIRS

from enishi.engines.names import SAME, PersonName, match

OONO = PersonName("大野", "純", "オオノ", "ジュン")
ONO = PersonName("小野", "純", "オノ", "ジュン")
HANAKO = PersonName("佐藤", "花子", "サトウ", "ハナコ", former_family="鈴木", former_family_kana="スズキ")


def test_the_list_is_long_and_has_both_kinds() -> None:
    assert len(PAIRS) >= 300
    assert sum(same for _, _, same in PAIRS) >= 150
    assert sum(not same for _, _, same in PAIRS) >= 150


def test_precision_and_recall_over_the_list() -> None:
    found = [match(typed, person).same for person, typed, _ in PAIRS]
    wanted = [same for _, _, same in PAIRS]
    both = sum(f and w for f, w in zip(found, wanted, strict=True))
    precision, recall = both / sum(found), both / sum(wanted)
    assert precision >= 0.995
    assert recall >= 0.99


@pytest.mark.parametrize(
    ("person", "typed", "reason"),
    [
        (OONO, "大野 純", "exact"),
        (PersonName("髙﨑", "惠", "タカサキ", "メグミ"), "高崎 恵", "kanji-variant"),
        (OONO, "おおの じゅん", "kana"),
        (OONO, "Ohno Jun", "romaji"),
        (OONO, "純 大野", "reversed"),
        (OONO, "J. Ono", "initial"),
        (OONO, "大野", "family-only"),
        (OONO, "純", "given-only"),
        (HANAKO, "Suzuki Hanako", "former-name"),
        (HANAKO, "高橋(旧姓 鈴木)花子", "former-name"),
        (PersonName("山田", "裕子"), "やまだ ひろこ", "kana-estimated"),
        (PersonName("山田", "裕子"), "Yamada Yuko", "romaji-estimated"),
        (PersonName("京極", "京子", "キョウゴク", "キョウコ"), "ｷﾖｳｺﾞｸ ｷﾖｳｺ", "kana-folded"),
        (PersonName("鈴木", "健一", "スズキ", "ケンイチ"), "鈴木 健ー", "lookalike"),
        (PersonName("渡辺", "純", "ワタナベ", "ジュン"), "渡なべ純", "part-kana"),
        (PersonName("Smith", "John", middle="Paul"), "John P. Smith", "middle-name"),
        (PersonName("スミス", "ジョン"), "John Smith", "foreign-name"),
        (PersonName("佐藤", "健", "サトウ", "ケン", roman="Ken Satow"), "Satow Ken", "own-spelling"),
        (PersonName("山本", "太郎", "ヤマモト", "タロウ"), "Yamaomto Taro", "one-slip"),
        (PersonName("陳", "偉明"), "Chen Weiming", "pinyin"),
        (PersonName("田中", "二", "タナカ", "ツグ"), "田中 ニ", "lookalike"),
        (OONO, "小野 純", "different"),
        (OONO, "大野純(おおの あつし)", "reading-differs"),
        (OONO, "", "nothing-typed"),
        (OONO, "?!", "nothing-typed"),
    ],
)
def test_the_reason_says_by_what(person: PersonName, typed: str, reason: str) -> None:
    assert match(typed, person).reason == reason


@pytest.mark.parametrize("typed", ["Ken Satow", "Satow, Ken", "K. Satow", "Satow K", "kensatow", "Satow", "Ken Sato"])
def test_the_own_spelling_is_taken_as_well_as_the_usual_one(typed: str) -> None:
    assert match(typed, PersonName("佐藤", "健", "サトウ", "ケン", roman="Ken Satow")).same


@pytest.mark.parametrize("typed", ["T. Satow", "Ken Kato", "Kenji Satow", "Satowa", "K"])
def test_the_own_spelling_does_not_open_the_door(typed: str) -> None:
    assert not match(typed, PersonName("佐藤", "健", "サトウ", "ケン", roman="Ken Satow")).same


def test_same_follows_the_score() -> None:
    for person, typed, _ in PAIRS[:200]:
        found = match(typed, person)
        assert found.same == (found.score >= SAME)
        assert 0 <= found.score <= 1


def test_the_better_known_match_scores_higher() -> None:
    scores = [match(typed, OONO).score for typed in ("大野 純", "おおの じゅん", "大野", "純", "小野 純")]
    assert scores == sorted(scores, reverse=True)


def test_passport_spelling_fits_both_but_a_marked_one_does_not() -> None:
    assert match("Ono Jun", OONO).same
    assert match("Ono Jun", ONO).same
    assert match("Ohno Jun", OONO).same
    assert not match("Ohno Jun", ONO).same


def test_an_estimate_is_worth_less_than_a_told_reading() -> None:
    told, silent = PersonName("山田", "裕子", "ヤマダ", "ユウコ"), PersonName("山田", "裕子")
    assert match("やまだ ゆうこ", told).score > match("やまだ ゆうこ", silent).score
    assert not match("やまだ ひろこ", told).same


def test_a_person_may_have_one_name_only() -> None:
    assert match("Suharto", PersonName("Suharto", "")).same
    assert match("さくら", PersonName("", "さくら")).same


def test_a_name_that_is_too_long_is_refused_in_one_sentence() -> None:
    with pytest.raises(ValueError, match=r"^The name typed has 201 characters: type a name of at most 200\.$"):
        match("あ" * 201, OONO)


def test_a_person_without_any_name_is_refused() -> None:
    with pytest.raises(ValueError, match="no name"):
        PersonName("", " ")


@settings(max_examples=200, derandomize=True, deadline=None)
@given(st.text(max_size=40))
def test_any_query_gets_an_answer(query: str) -> None:
    assert match(query, HANAKO).reason


@settings(max_examples=100, derandomize=True, deadline=None)
@given(st.sampled_from(PAIRS))
def test_everybody_matches_their_own_writing(pair: tuple[PersonName, str, bool]) -> None:
    person = pair[0]
    for typed in (f"{person.family} {person.given}", f"{person.family}{person.given}"):
        if person.given and (" " in typed or not typed.isascii()):
            assert match(typed, person).score >= 0.9, typed


@settings(max_examples=100, derandomize=True, deadline=None)
@given(st.sampled_from(PAIRS), st.sampled_from(PAIRS))
def test_spaces_and_width_do_not_matter(one: tuple[PersonName, str, bool], other: tuple[PersonName, str, bool]) -> None:
    person, typed = one[0], other[1]
    wide = "".join(chr(ord(c) + 0xFEE0) if "!" <= c <= "~" else "　" if c == " " else c for c in typed)
    assert match(wide, person) == match(f"  {typed} ", person)
