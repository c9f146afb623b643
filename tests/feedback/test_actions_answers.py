"""Saying something, changing it, allowing and withdrawing: what the ledger holds afterwards."""

from __future__ import annotations

import pytest
from django.core.exceptions import PermissionDenied, ValidationError
from django.db import DatabaseError, transaction
from django.utils import translation

from cast import Cast
from enishi.core.models import AuditEntry
from enishi.events.choices import SessionState
from enishi.events.models import EventSeries, Signup
from enishi.feedback.actions import answers, consents, themes
from enishi.feedback.choices import Attribution, ThemeKind
from enishi.feedback.models import Answer, VoiceConsent
from enishi.feedback.queries import voices
from enishi.members.models import Member
from factories.gatherings import add_session, make_held, say, theme

NAMED, ANONYMOUS, NONE = Attribution.NAMED, Attribution.ANONYMOUS, Attribution.NONE


def ledger(answer: Answer) -> list[tuple[str, str]]:
    return list(VoiceConsent.objects.filter(answer=answer).order_by("pk").values_list("field", "attribution"))


def held(answer: Answer) -> dict[str, str]:
    answer.refresh_from_db()
    return {s.field.value: s.attribution.value for s in voices.sentences(answer, voices.newest_lines([answer]))}


def test_each_sentence_given_gets_its_line(cast: Cast, series: EventSeries) -> None:
    answer = say(series, cast.nakamura, noticed="外に出てわかりました", liked="話しやすい会でした", quote=ANONYMOUS)
    assert ledger(answer) == [("noticed", "anonymous"), ("liked", "anonymous")]
    assert held(answer) == {"noticed": "anonymous", "liked": "anonymous"}


def test_not_to_be_quoted_is_the_default_and_needs_no_line(cast: Cast, series: EventSeries) -> None:
    answer = say(series, cast.nakamura, noticed="外に出てわかりました")
    assert ledger(answer) == []
    assert held(answer) == {"noticed": "none"}


def test_the_same_form_twice_adds_no_line(cast: Cast, series: EventSeries) -> None:
    for _ in range(2):
        answer = say(series, cast.nakamura, noticed="同じことば", quote=NAMED)
    assert Answer.objects.count() == 1
    assert ledger(answer) == [("noticed", "named")]


def test_a_changed_sentence_needs_its_consent_anew(cast: Cast, series: EventSeries) -> None:
    answer = say(series, cast.nakamura, noticed="はじめのことば", liked="よい会", quote=NAMED)
    say(series, cast.nakamura, noticed="直したことば", liked="よい会", quote=None)
    assert held(answer) == {"noticed": "none", "liked": "named"}
    say(series, cast.nakamura, noticed="直したことば", liked="よい会", quote=NAMED)
    assert held(answer) == {"noticed": "named", "liked": "named"}
    assert ledger(answer) == [("noticed", "named"), ("liked", "named"), ("noticed", "named")]


def test_a_sentence_taken_out_does_not_come_back_allowed(cast: Cast, series: EventSeries) -> None:
    answer = say(series, cast.nakamura, noticed="ことば", liked="よい会", quote=NAMED)
    say(series, cast.nakamura, liked="よい会", quote=None)
    say(series, cast.nakamura, noticed="ことば", liked="よい会", quote=None)
    assert held(answer) == {"noticed": "none", "liked": "named"}


def test_withdrawing_is_a_line_of_its_own(cast: Cast, series: EventSeries) -> None:
    answer = say(series, cast.nakamura, noticed="ことば", liked="よい会", quote=NAMED)
    consents.give(answer, field="noticed", attribution=NONE, by=cast.nakamura.user)
    assert held(answer) == {"noticed": "none", "liked": "named"}
    assert ledger(answer)[-1] == ("noticed", "none")
    assert consents.give(answer, field="noticed", attribution=NONE, by=cast.nakamura.user) is None


@pytest.mark.parametrize(
    ("field", "attribution", "sentence"),
    [
        ("noticed", "everyone", "Choose one of the three ways to be quoted."),
        ("salary", "named", "Choose one of the three ways to be quoted."),
        ("liked", "named", "You wrote nothing here, so there is nothing to quote."),
    ],
)
def test_a_consent_that_cannot_be_is_refused(
    cast: Cast, series: EventSeries, field: str, attribution: str, sentence: str
) -> None:
    answer = say(series, cast.nakamura, noticed="ことば")
    with translation.override("en"), pytest.raises(ValidationError) as caught:
        consents.give(answer, field=field, attribution=attribution)
    assert caught.value.messages == [sentence]
    assert ledger(answer) == []


def test_one_word_for_a_person(cast: Cast, series: EventSeries) -> None:
    answer = say(series, cast.nakamura, noticed="ことば", liked="よい会", quote=ANONYMOUS)
    assert voices.of_person(answer, voices.newest_lines([answer])) == ANONYMOUS
    consents.give(answer, field="liked", attribution=NAMED)
    assert voices.of_person(answer, voices.newest_lines([answer])) == NAMED
    for field in ("noticed", "liked"):
        consents.give(answer, field=field, attribution=NONE)
    assert voices.of_person(answer, voices.newest_lines([answer])) == NONE


def test_a_choice_without_a_sentence_is_kept(cast: Cast, series: EventSeries) -> None:
    answer = say(series, cast.nakamura, satisfaction=4, quote=NAMED)
    assert voices.of_person(answer, voices.newest_lines([answer])) == NAMED
    say(series, cast.nakamura, satisfaction=4, noticed="あとから書きました", quote=None)
    answer.refresh_from_db()
    assert held(answer) == {"noticed": "none"}


def test_only_those_who_were_there_answer(cast: Cast, series: EventSeries) -> None:
    with pytest.raises(ValidationError):
        say(series, cast.onishi, noticed="行っていません")
    assert Answer.objects.count() == 0
    say(series, cast.saeki, noticed="行きました")
    assert Answer.objects.count() == 1


def test_who_was_marked_absent_was_not_there(cast: Cast, series: EventSeries) -> None:
    Signup.objects.filter(member=cast.saeki).update(attended=False)
    with pytest.raises(ValidationError):
        say(series, cast.saeki, noticed="欠席でした")
    Signup.objects.filter(member=cast.saeki).update(attended=True)
    say(series, cast.saeki, noticed="出席でした")


def test_a_session_that_was_not_held_had_nobody(cast: Cast, noon: object) -> None:
    series = make_held()
    add_session(series, 1, [cast.nakamura], state=SessionState.NOT_HELD)
    with pytest.raises(ValidationError):
        say(series, cast.nakamura)


@pytest.mark.parametrize(
    "said",
    [
        answers.Said(satisfaction=6),
        answers.Said(satisfaction=0),
        answers.Said(attribution="everyone"),
    ],
)
def test_a_value_outside_its_list_is_refused(cast: Cast, series: EventSeries, said: answers.Said) -> None:
    with pytest.raises(ValidationError):
        answers.save(series, member=cast.nakamura, said=said)
    assert Answer.objects.count() == 0


def test_themes_of_the_other_list_are_refused(cast: Cast, series: EventSeries) -> None:
    other = theme(ThemeKind.NEXT, "飲み会")
    with pytest.raises(ValidationError):
        answers.save(series, member=cast.nakamura, said=answers.Said(want_theme=other))
    answers.save(series, member=cast.nakamura, said=answers.Said(next_theme=other))


def test_the_office_corrects_themes_and_leaves_the_words(cast: Cast, series: EventSeries) -> None:
    answer = say(series, cast.nakamura, want="情報交換", want_words="相談がしたい", quote=NAMED)
    other = theme(ThemeKind.WANT, "事業の連携")
    answers.correct_themes(answer, want=other, next_=None, by=cast.miyake.user)
    answer.refresh_from_db()
    assert (answer.want_theme, answer.want) == (other, "相談がしたい")
    assert held(answer) == {"want": "named"}
    line = AuditEntry.objects.get(verb="answer.themes-corrected")
    assert (line.actor_id, line.data) == (cast.miyake.user.pk, {"want": other.pk, "next": None})


def test_leaving_withdraws_and_erases(cast: Cast, series: EventSeries) -> None:
    say(series, cast.nakamura, noticed="ことば", liked="よい会", quote=NAMED)
    say(series, cast.mori, noticed="別のことば", quote=NAMED)
    assert answers.erase_of(cast.nakamura) == 1
    assert [a.member for a in Answer.objects.all()] == [cast.mori]
    left = VoiceConsent.objects.filter(member_number=cast.nakamura.pk).order_by("pk")
    assert [(line.answer_id, line.field, line.attribution) for line in left] == [
        (None, "noticed", "named"),
        (None, "liked", "named"),
        (None, "noticed", "none"),
        (None, "liked", "none"),
    ]
    assert answers.erase_of(cast.nakamura) == 0


def test_the_ledger_is_only_added_to(cast: Cast, series: EventSeries) -> None:
    answer = say(series, cast.nakamura, noticed="ことば", quote=ANONYMOUS)
    line = VoiceConsent.objects.get()
    line.attribution = NAMED
    with pytest.raises(PermissionDenied):
        line.save()
    with pytest.raises(DatabaseError), transaction.atomic():
        VoiceConsent.objects.filter(pk=line.pk).update(attribution=NAMED)
    with pytest.raises(DatabaseError), transaction.atomic():
        VoiceConsent.objects.filter(pk=line.pk).update(answer=None, attribution=NAMED)
    assert held(answer) == {"noticed": "anonymous"}


def test_lines_of_erased_answers_go_after_three_years(cast: Cast, series: EventSeries) -> None:
    from datetime import timedelta

    from enishi.core import clock

    say(series, cast.nakamura, noticed="ことば", quote=NAMED)
    say(series, cast.mori, noticed="ことば", quote=NAMED)
    answers.erase_of(cast.nakamura)
    with clock.at(clock.now() + timedelta(days=3 * 365)):
        assert consents.forget_old() == 0
    with clock.at(clock.now() + timedelta(days=3 * 365 + 2)):
        assert consents.forget_old() == 2
    assert VoiceConsent.objects.count() == 1


def test_themes_are_filled_ordered_and_retired(cast: Cast) -> None:
    by = cast.miyake.user
    assert themes.ensure_defaults(by=by) == 8
    assert themes.ensure_defaults(by=by) == 0
    from enishi.feedback.queries import themes as lists

    def names() -> list[str]:
        return [each.name_ja for each in lists.offered(ThemeKind.WANT)]

    assert names() == ["横のつながり", "情報交換", "事業の連携", "会社との関わり"]
    second = lists.offered(ThemeKind.WANT)[1]
    themes.move(second, up=True, by=by)
    assert names() == ["情報交換", "横のつながり", "事業の連携", "会社との関わり"]
    themes.move(second, up=True, by=by)
    themes.move(lists.offered(ThemeKind.WANT)[3], up=False, by=by)
    assert names()[0] == "情報交換"
    themes.retire(second, by=by)
    assert names() == ["横のつながり", "事業の連携", "会社との関わり"]
    themes.bring_back(second, by=by)
    assert "情報交換" in names()


def test_a_theme_name_stands_once_in_its_list(cast: Cast) -> None:
    one = themes.add(ThemeKind.WANT, name_ja="情報交換")
    themes.add(ThemeKind.NEXT, name_ja="情報交換")
    with pytest.raises(ValidationError):
        themes.add(ThemeKind.WANT, name_ja=" 情報交換 ")
    with pytest.raises(ValidationError):
        themes.rename(one, name_ja="  ", by=None)
    themes.rename(one, name_ja="知恵の交換", name_en="Sharing", by=cast.miyake.user)
    assert themes.find_or_add(ThemeKind.WANT, name_ja="知恵の交換") == one


def test_members_stay_as_they_are(cast: Cast, series: EventSeries) -> None:
    before = Member.objects.count()
    say(series, cast.nakamura, noticed="ことば")
    assert Member.objects.count() == before
