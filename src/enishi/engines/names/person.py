"""A person's name, the way a roster or a profile holds it."""

from __future__ import annotations

from dataclasses import dataclass


@dataclass(frozen=True, slots=True)
class PersonName:
    """One name in all the writings that are known.

    `family` and `given` are as officially written (kanji, kana or Latin letters); `family_kana` and `given_kana`
    are the reading in any kana; `former_family` is an earlier family name (旧姓); `roman` is the whole name in
    Latin letters as the person writes it; `middle` is a middle name. Unknown parts are empty strings.
    Raises ValueError when there is no name at all.
    """

    family: str
    given: str
    family_kana: str = ""
    given_kana: str = ""
    former_family: str = ""
    former_family_kana: str = ""
    roman: str = ""
    middle: str = ""

    def __post_init__(self) -> None:
        if not (self.family or self.given or self.roman or self.family_kana or self.given_kana).strip():
            raise ValueError("The person has no name: give at least a family name, a given name or a Latin name.")
