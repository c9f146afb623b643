"""A claim at the door against a row of the roster."""

from __future__ import annotations

from dataclasses import replace

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from enishi.engines.names import ClaimFacts, Difference, PersonName, score_claim

NAME = PersonName("渡邉", "花子", "ワタナベ", "ハナコ")
ROW = ClaimFacts(NAME, (2008, 4), (2017, 3), ("浮間",), ("研究所",), "001234", "hanako@example.jp")
BARE = ClaimFacts(NAME, (2008, 4), (2017, 3))


def kinds(claim: ClaimFacts, row: ClaimFacts = ROW) -> dict[str, str]:
    return {one.field: one.kind for one in score_claim(claim, row).differences}


def test_the_same_facts_are_exact_and_nearly_certain() -> None:
    found = score_claim(ROW, ROW)
    assert found.exact
    assert found.score > 0.99
    assert set(kinds(ROW).values()) == {"same"}


@pytest.mark.parametrize(
    ("field", "kind", "name"),
    [
        ("family_name", "variant", replace(NAME, family="渡辺")),
        ("family_name", "surname-changed", replace(NAME, family="佐藤", family_kana="サトウ")),
        ("family_kana", "surname-changed", replace(NAME, family="佐藤", family_kana="サトウ")),
        ("family_name", "former-name", replace(NAME, family="佐藤", family_kana="サトウ", former_family="渡辺")),
        ("family_name", "different", PersonName("佐藤", "太郎", "サトウ", "タロウ")),
        ("given_name", "different", replace(NAME, given="華子")),
        ("family_kana", "one-kana-off", replace(NAME, family_kana="ワタベ")),
        ("family_kana", "one-kana-off", replace(NAME, family_kana="ワナタベ")),
        ("given_kana", "different", replace(NAME, given_kana="ヨウコ")),
        ("given_kana", "same", replace(NAME, given_kana="ﾊﾅｺ")),
    ],
)
def test_differences_of_names_are_told(field: str, kind: str, name: PersonName) -> None:
    assert kinds(replace(ROW, name=name))[field] == kind


@pytest.mark.parametrize(
    ("joined", "kind"),
    [
        ((2008, 4), "same"),
        ((2008, 5), "month-off"),
        ((2008, None), "same-year"),
        ((2008, 10), "same-year"),
        ((2009, 4), "year-off-by-one"),
        ((2007, None), "year-off-by-one"),
        ((2008, 3), "month-off"),
        ((1999, 4), "different"),
    ],
)
def test_differences_of_dates_are_told(joined: tuple[int, int | None], kind: str) -> None:
    assert kinds(replace(ROW, joined=joined))["joined"] == kind


def test_a_month_across_the_new_year_is_one_month() -> None:
    assert kinds(replace(ROW, left=(2017, 1)), replace(ROW, left=(2016, 12)))["left"] == "month-off"


@pytest.mark.parametrize(
    ("site", "kind"),
    [("浮間", "same"), ("浮間研究所", "alike"), ("ウキマ", "different"), ("鎌倉", "different"), ("浮間 ", "same")],
)
def test_sites_may_be_alike(site: str, kind: str) -> None:
    assert kinds(replace(ROW, sites=("本社", site)))["site"] == kind


@pytest.mark.parametrize(
    ("number", "kind"),
    [
        ("001234", "same"),
        ("１２３４", "same"),
        ("00-1234", "same"),
        ("001235", "one-character-off"),
        ("777", "different"),
    ],
)
def test_employee_numbers(number: str, kind: str) -> None:
    assert kinds(replace(ROW, employee_number=number))["employee_number"] == kind


def test_each_difference_holds_both_sides_as_they_were_given() -> None:
    found = score_claim(replace(ROW, joined=(2009, None), name=replace(NAME, family="渡辺")), ROW).differences
    assert Difference("joined", "year-off-by-one", "2009", "2008-04") in found
    assert Difference("family_name", "variant", "渡辺", "渡邉") in found


def test_what_one_side_leaves_empty_is_not_compared() -> None:
    assert set(kinds(BARE)) == {"family_name", "given_name", "family_kana", "given_kana", "joined", "left"}
    assert not kinds(ClaimFacts(PersonName("", "", roman="Hanako"), None, None))


def test_exact_by_number_and_name() -> None:
    assert score_claim(ClaimFacts(replace(NAME, family="渡辺"), None, None, employee_number="1234"), ROW).exact
    other = PersonName("佐藤", "花子", "サトウ", "ハナコ")
    assert not score_claim(ClaimFacts(other, None, None, employee_number="1234"), ROW).exact


def test_exact_by_name_with_reading_and_both_dates() -> None:
    assert score_claim(BARE, ROW).exact
    assert not score_claim(replace(BARE, joined=(2008, None)), ROW).exact
    assert not score_claim(replace(BARE, name=PersonName("渡邉", "花子")), ROW).exact
    assert not score_claim(replace(BARE, name=replace(NAME, given_kana="ハナエ")), ROW).exact


def test_with_the_right_number_a_slip_in_the_reading_is_told_but_does_not_hinder() -> None:
    claim = replace(ROW, name=replace(NAME, given_kana="ハナゴ"))
    assert score_claim(claim, ROW).exact
    assert kinds(claim)["given_kana"] == "one-kana-off"


def test_married_since_is_likelier_than_a_stranger() -> None:
    married = replace(BARE, name=PersonName("佐藤", "花子", "サトウ", "ハナコ"))
    stranger = replace(BARE, name=PersonName("佐藤", "太郎", "サトウ", "タロウ"))
    assert score_claim(married, ROW).score > 0.5 > score_claim(stranger, ROW).score


def test_telling_the_former_name_helps() -> None:
    told = replace(BARE, name=PersonName("佐藤", "花子", "サトウ", "ハナコ", former_family="渡辺"))
    silent = replace(BARE, name=PersonName("佐藤", "花子", "サトウ", "ハナコ"))
    assert score_claim(told, ROW).score > score_claim(silent, ROW).score


def test_namesakes_with_other_dates_are_not_taken() -> None:
    namesake = ClaimFacts(NAME, (1988, 4), (1999, 9), ("鎌倉",))
    assert not score_claim(namesake, ROW).exact
    assert score_claim(namesake, ROW).score < 0.9


def test_a_month_that_does_not_exist_is_refused() -> None:
    with pytest.raises(ValueError, match="Month 13 does not exist"):
        ClaimFacts(NAME, (2008, 13), None)


NAMES = st.builds(
    PersonName,
    st.sampled_from(["渡辺", "渡邉", "佐藤"]),
    st.sampled_from(["花子", "太郎"]),
    st.sampled_from(["", "ワタナベ", "さとう"]),
    st.sampled_from(["", "ハナコ", "たろう"]),
)
DATES = st.none() | st.tuples(st.integers(1980, 1984), st.none() | st.integers(1, 12))
FACTS = st.builds(ClaimFacts, NAMES, DATES, DATES, st.sampled_from([(), ("本社",), ("本社", "浮間")]))


@settings(max_examples=200, derandomize=True, deadline=None)
@given(FACTS, FACTS)
def test_scores_stay_in_bounds_and_do_not_depend_on_the_side(claim: ClaimFacts, row: ClaimFacts) -> None:
    found, turned = score_claim(claim, row), score_claim(row, claim)
    assert 0 <= found.score <= 1
    assert (found.score, found.exact) == (turned.score, turned.exact)
    assert found.score <= score_claim(row, row).score or len(found.differences) < len(score_claim(row, row).differences)
