"""A kind of mail that a member does not want."""

from __future__ import annotations

from typing import ClassVar

from django.db import models
from django.utils.translation import gettext_lazy as _

from enishi.core import clock
from enishi.members.models.member import Member


class MailStop(models.Model):
    """Its being there is the wish: without a row the mails come. `topic` is the name of a `mail_topics.Topic`."""

    member = models.ForeignKey(Member, on_delete=models.CASCADE, related_name="mail_stops")
    topic = models.CharField(max_length=20)
    at = models.DateTimeField(default=clock.now)

    class Meta:
        verbose_name = _("stopped kind of mail")
        verbose_name_plural = _("stopped kinds of mail")
        constraints: ClassVar = [models.UniqueConstraint(fields=["member", "topic"], name="one_stop_a_topic")]

    def __str__(self) -> str:
        return f"{self.topic} of member {self.member_id}"
