"""Search keys: what is stored for a person is found by what people type."""

from __future__ import annotations

from names_pairs import PAIRS

from enishi.engines.names import PersonName, bigrams, keys, match, query_keys, query_words

WATANABE = PersonName("渡邉", "健一", "ワタナベ", "ケンイチ")


def test_keys_hold_every_writing_and_the_sound() -> None:
    assert {"渡辺", "わたなべ", "watanabe", "健一", "けんいち", "keniti"} <= set(keys(WATANABE))
    assert {"渡辺健一", "watanabekeniti"} <= set(keys(WATANABE))


def test_keys_come_once_and_in_the_same_order() -> None:
    assert len(set(keys(WATANABE))) == len(keys(WATANABE))
    assert keys(WATANABE) == keys(PersonName("渡邉", "健一", "ワタナベ", "ケンイチ"))


def test_the_former_name_has_keys_too() -> None:
    person = PersonName("佐藤", "花子", "サトウ", "ハナコ", former_family="鈴木", former_family_kana="スズキ")
    assert {"鈴木", "suzuki", "suzukihanako", "鈴木花子"} <= set(keys(person))


def test_latin_spelling_and_middle_name_have_keys() -> None:
    person = PersonName("佐藤", "健", "サトウ", "ケン", roman="Ken Satow", middle="James")
    assert {"satow", "ken", "james"} <= set(keys(person))


def test_likely_readings_stand_in_for_a_missing_one() -> None:
    assert {"yamada", "hiroko", "yuko"} <= set(keys(PersonName("山田", "裕子")))


def test_variants_share_their_keys() -> None:
    assert set(keys(PersonName("髙﨑", "惠"))) == set(keys(PersonName("高崎", "恵")))


def test_query_keys_find_every_match_of_the_list() -> None:
    looked_up = 0
    for person, typed, same in PAIRS:
        found = match(typed, person)
        if same and found.reason not in {"initial", "initials", "one-slip"}:
            assert set(query_keys(typed)) & set(keys(person)), (person, typed)
            looked_up += 1
    assert looked_up > 400


def begins(typed: str, person: PersonName) -> bool:
    stored = keys(person)
    return any(
        all(any(token.startswith(word) for token in stored for word in words) for words in way)
        for way in query_words(typed)
    )


def test_words_in_any_writing_and_order_begin_a_name() -> None:
    for typed in ("渡邊", "わたなべ けん", "ﾜﾀﾅﾍﾞ", "watanabe", "kenichi WATANABE", "渡辺健", "渡邉 健一 様", "わた"):
        assert begins(typed, WATANABE), typed
    for typed in ("辺", "なべ", "渡辺 花子", "tanabe", "佐藤"):
        assert not begins(typed, WATANABE), typed


def test_a_former_name_that_was_typed_has_to_fit_too() -> None:
    person = PersonName("佐藤", "花子", "サトウ", "ハナコ", former_family="鈴木", former_family_kana="スズキ")
    assert begins("佐藤 花子（旧姓 鈴木）", person)
    assert not begins("佐藤 花子（旧姓 田中）", person)
    assert query_words("") == query_words(" ・ ") == ()


def test_two_characters_find_the_name_through_bigrams() -> None:
    stored = {pair for token in keys(WATANABE) for pair in bigrams(token)}
    for typed in ("渡邊", "なべ", "健一", "辺健", "ﾜﾀ"):
        assert set(bigrams(typed)) <= stored, typed


def test_a_reading_that_is_none_gives_no_empty_key() -> None:
    for person in (
        PersonName("佐藤", "健", "123", "-"),
        PersonName("佐藤", ""),
        PersonName("", "さくら"),
        PersonName("Li", ""),
    ):
        assert "" not in keys(person)
        assert keys(person)


def test_an_empty_query_has_no_keys() -> None:
    assert query_keys("") == ()
    assert query_keys(" ・ ") == ()
