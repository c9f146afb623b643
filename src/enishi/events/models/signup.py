"""A member's place in a session, in a seat or in the queue."""

from __future__ import annotations

from typing import ClassVar

from django.db import models
from django.utils.translation import gettext_lazy as _

from enishi.core import clock
from enishi.events.choices import SessionState, SignupState
from enishi.events.models.session import EventSession


class Signup(models.Model):
    """One row a person and session, whatever happens; `place` orders the queue (smaller is earlier)."""

    session = models.ForeignKey(EventSession, on_delete=models.CASCADE, related_name="signups")
    member = models.ForeignKey("members.Member", on_delete=models.CASCADE, related_name="signups")
    state = models.CharField(max_length=9, choices=SignupState)
    place = models.IntegerField(null=True, blank=True)
    note = models.CharField(max_length=200, blank=True)
    hide_name = models.BooleanField(default=False)
    created_at = models.DateTimeField(default=clock.now)
    changed_at = models.DateTimeField(default=clock.now)
    hold_until = models.DateTimeField(
        null=True, blank=True, help_text="A seat just given up is held for undo until then."
    )
    returns_first = models.BooleanField(
        default=False, help_text="Gave up a seat: undo puts this one at the head of the queue."
    )
    offer_until = models.DateTimeField(null=True, blank=True)
    calendar_sequence = models.PositiveIntegerField(default=0)
    attended = models.BooleanField(null=True, blank=True)

    class Meta:
        verbose_name = _("sign-up")
        verbose_name_plural = _("sign-ups")
        constraints: ClassVar = [models.UniqueConstraint(fields=["session", "member"], name="once_a_session")]
        indexes: ClassVar = [
            models.Index(fields=["session", "state", "place"], name="signup_queue"),
            # The few rows that the clock moves: a seat held for undo, an offer that runs out.
            models.Index(fields=["state"], condition=models.Q(state__in=["leaving", "offered"]), name="signup_timed"),
        ]

    def __str__(self) -> str:
        return f"sign-up {self.pk}"

    @property
    def can_return(self) -> bool:
        """Is there a withdrawal to undo? The seat while it is held, else a place in the queue."""
        if self.session.state != SessionState.OPEN or self.session.has_begun:
            return False
        if self.state == SignupState.LEAVING:
            return True
        return self.state == SignupState.WITHDRAWN and (self.returns_first or self.place is not None)
