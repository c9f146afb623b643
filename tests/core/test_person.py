"""A name keeps its own order, in whatever letters it is written."""

from __future__ import annotations

import pytest

from enishi.core import person


@pytest.mark.parametrize(
    ("family", "given", "shown"),
    [
        ("髙﨑", "𠮷太", "髙﨑 𠮷太"),
        ("Smith", "Jane", "Jane Smith"),
        ("García", "José", "José García"),
        ("Garci\u0301a", "Jose\u0301", "Jose\u0301 Garci\u0301a"),
        ("O’Brien-Ng", "J.", "J. O’Brien-Ng"),
        ("Ｊａｎｓｅｎ", "Ｌａｕｒａ", "Ｌａｕｒａ Ｊａｎｓｅｎ"),
        ("山田", "John", "山田 John"),
        ("ジョンソン", "マリー", "ジョンソン マリー"),
        ("李", "", "李"),
        ("Madonna", "", "Madonna"),
        ("", "", ""),
    ],
)
def test_a_name_is_shown_in_its_own_order(family: str, given: str, shown: str) -> None:
    assert person.in_order(family, given) == shown


@pytest.mark.parametrize("name", ["", "々", "123", "山田 John", "ジョン", "Иван"])
def test_what_is_not_latin(name: str) -> None:
    assert not person.is_latin(name)
