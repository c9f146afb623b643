"""One date of a series."""

from __future__ import annotations

from datetime import datetime, timedelta
from typing import ClassVar

from django.db import models
from django.db.models import F, Q
from django.utils.translation import gettext_lazy as _

from enishi.core import clock
from enishi.events.choices import SessionState
from enishi.events.models.series import EventSeries, InTwoLanguages


class EventSession(InTwoLanguages):
    """`seats_taken` counts booked, offered and just-withdrawn seats; only `actions.seats` changes it, conditionally.

    `word` is the office's last word on this session (why it was cancelled, moved or kept open longer).
    """

    series = models.ForeignKey(EventSeries, on_delete=models.CASCADE, related_name="sessions")
    number = models.PositiveSmallIntegerField()
    starts_at = models.DateTimeField(db_index=True)
    minutes = models.PositiveSmallIntegerField(default=60)
    minimum = models.PositiveSmallIntegerField(default=3)
    maximum = models.PositiveSmallIntegerField(default=9)
    seats_taken = models.PositiveSmallIntegerField(default=0)
    next_place = models.IntegerField(default=1, help_text="The next place at the end of the queue.")
    first_place = models.IntegerField(default=0, help_text="The next place before the head of the queue.")
    closes_at = models.DateTimeField()
    video_url = models.URLField(max_length=500, blank=True)
    hosts = models.ManyToManyField("members.Member", blank=True, related_name="hosted_sessions")
    state = models.CharField(max_length=9, choices=SessionState, default=SessionState.OPEN)
    below_minimum_at = models.DateTimeField(null=True, blank=True)
    reminded_at = models.DateTimeField(null=True, blank=True)
    began_with = models.PositiveSmallIntegerField(null=True, blank=True, help_text="Seats booked when it began.")
    closed_at = models.DateTimeField(null=True, blank=True)
    word_ja = models.CharField(max_length=200, blank=True)
    word_en = models.CharField(max_length=200, blank=True)
    calendar_sequence = models.PositiveIntegerField(default=0)

    class Meta:
        verbose_name = _("session")
        verbose_name_plural = _("sessions")
        ordering: ClassVar = ["starts_at", "number"]
        constraints: ClassVar = [
            models.UniqueConstraint(fields=["series", "number"], name="one_session_a_number"),
            models.CheckConstraint(condition=Q(seats_taken__lte=F("maximum")), name="never_oversold"),
            models.CheckConstraint(condition=Q(minimum__lte=F("maximum")), name="minimum_below_maximum"),
        ]

    def __str__(self) -> str:
        return f"session {self.pk}"

    @property
    def word(self) -> str:
        return self.in_language("word")

    @property
    def ends_at(self) -> datetime:
        return self.starts_at + timedelta(minutes=self.minutes)

    @property
    def free(self) -> int:
        return max(self.maximum - self.seats_taken, 0)

    @property
    def is_over(self) -> bool:
        return self.ends_at <= clock.now()

    @property
    def has_begun(self) -> bool:
        return self.starts_at <= clock.now()

    @property
    def is_open_for_signup(self) -> bool:
        now = clock.now()
        return self.state == SessionState.OPEN and self.closes_at > now and self.starts_at > now

    @property
    def room_is_open(self) -> bool:
        return self.state == SessionState.OPEN and self.link_opens_at <= clock.now() < self.ends_at

    @property
    def link_opens_at(self) -> datetime:
        return self.starts_at - timedelta(minutes=10)
