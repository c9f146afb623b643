"""Answers, as their writer and as the office read them."""

from __future__ import annotations

from dataclasses import dataclass

from django.db.models import QuerySet

from enishi.events.models import EventSeries, Signup
from enishi.feedback.choices import ATTENDED
from enishi.feedback.models import Answer
from enishi.feedback.queries import attendance, voices
from enishi.members.models import Member


@dataclass(frozen=True)
class MyAnswer:
    """One's own words after one series."""

    answer: Answer
    sentences: list[voices.Sentence]


def of_series(series: EventSeries) -> QuerySet[Answer]:
    """Answers of people who were there; one row a person."""
    return (
        Answer.objects.filter(series=series, member__in=attendance.attendances(series).values("member"))
        .select_related("member", "want_theme", "next_theme")
        .order_by("created_at", "pk")
    )


def find(member: Member, series: EventSeries) -> Answer | None:
    return (
        Answer.objects.filter(member=member, series=series).select_related("want_theme", "next_theme", "series").first()
    )


def mine(member: Member) -> list[MyAnswer]:
    """All of one person's answers, newest first, each sentence with how it may be quoted."""
    answers = list(Answer.objects.filter(member=member).select_related("series").order_by("-created_at", "-pk"))
    lines = voices.newest_lines(answers)
    return [MyAnswer(answer, voices.sentences(answer, lines)) for answer in answers]


def waiting(member: Member) -> list[EventSeries]:
    """Series this person came to and has said nothing about yet, the latest first."""
    come = Signup.objects.filter(ATTENDED, member=member).values("session__series")
    answered = Answer.objects.filter(member=member).values("series")
    return list(EventSeries.objects.filter(pk__in=come).exclude(pk__in=answered).order_by("-pk"))
