"""What is handed out and erased of a person's answers."""

from __future__ import annotations

from cast import Cast
from enishi.core import personal_data
from enishi.events.models import EventSeries
from enishi.feedback.models import Answer, VoiceConsent
from factories.gatherings import say


def holding(model: str) -> personal_data.Holding:
    return next(each for each in personal_data.holdings() if each.model == model)


def test_all_of_ones_own_and_nothing_of_others(cast: Cast, series: EventSeries) -> None:
    say(series, cast.nakamura, satisfaction=4, noticed="わたしのことば", want="情報交換", quote="named")
    say(series, cast.mori, noticed="森さんのことば", quote="named")
    rows = holding("feedback.Answer").collect(cast.nakamura.user)
    assert [(row["noticed"], row["satisfaction"], row["want_theme"]) for row in rows] == [
        ("わたしのことば", 4, "情報交換")
    ]
    lines = holding("feedback.VoiceConsent").collect(cast.nakamura.user)
    assert [(line["sentence"], line["attribution"]) for line in lines] == [("noticed", "named")]
    assert holding("feedback.Answer").collect(cast.applicant) == []


def test_erasing_keeps_the_lines_as_numbers(cast: Cast, series: EventSeries) -> None:
    say(series, cast.nakamura, noticed="わたしのことば", quote="named")
    say(series, cast.mori, noticed="森さんのことば", quote="named")
    assert holding("feedback.Answer").erase(cast.nakamura.user) == 1
    assert holding("feedback.VoiceConsent").erase(cast.nakamura.user) == 0
    assert holding("feedback.Answer").erase(cast.applicant) == 0
    assert [answer.member for answer in Answer.objects.all()] == [cast.mori]
    assert VoiceConsent.objects.filter(member_number=cast.nakamura.pk, answer=None).count() == 2
    assert holding("feedback.VoiceConsent").kept
