"""What the hallway keeps: the network's settings, the outbox, the audit, the counters of limits."""

from __future__ import annotations

import uuid
from typing import Any, ClassVar

from django.conf import settings
from django.core.exceptions import PermissionDenied
from django.core.validators import MinValueValidator
from django.db import models
from django.utils.translation import get_language
from django.utils.translation import gettext_lazy as _

from enishi.core import clock


class NetworkSettings(models.Model):
    """The one network of this installation; a single row with key 1."""

    name_ja = models.CharField(max_length=80)
    name_en = models.CharField(max_length=80, blank=True)
    company_ja = models.CharField(max_length=80)
    company_en = models.CharField(max_length=80, blank=True)
    office_ja = models.CharField(max_length=80)
    office_en = models.CharField(max_length=80, blank=True)
    contact_email = models.EmailField()
    about_ja = models.TextField(blank=True)
    about_en = models.TextField(blank=True)
    purpose_ja = models.TextField()
    purpose_en = models.TextField(blank=True)
    purpose_version = models.PositiveIntegerField(default=1)
    purpose_dated = models.DateField()
    hosting_country = models.CharField(max_length=60, blank=True)
    zone = models.CharField(max_length=64, default="Asia/Tokyo")
    language = models.CharField(max_length=8, default="ja")
    founded_on = models.DateField(null=True, blank=True)
    office_hours = models.CharField(max_length=120, blank=True)
    smallest_cell = models.PositiveSmallIntegerField(default=3, validators=[MinValueValidator(2)])
    is_demo = models.BooleanField(default=False)

    class Meta:
        verbose_name = verbose_name_plural = _("network settings")
        constraints: ClassVar = [models.CheckConstraint(condition=models.Q(pk=1), name="one_network")]

    def __str__(self) -> str:
        return self.name

    def _in_language(self, stem: str) -> str:
        """The text in the reader's language, else in the other one."""
        ja, en = str(getattr(self, stem + "_ja")), str(getattr(self, stem + "_en"))
        return (ja or en) if (get_language() or "ja").startswith("ja") else (en or ja)

    @property
    def name(self) -> str:
        return self._in_language("name")

    @property
    def company(self) -> str:
        return self._in_language("company")

    @property
    def office(self) -> str:
        return self._in_language("office")

    @property
    def about(self) -> str:
        return self._in_language("about")

    @property
    def purpose(self) -> str:
        return self._in_language("purpose")


class SetupCode(models.Model):
    """The one-time code that lets the first owner in. Only its hash is kept."""

    code_hash = models.CharField(max_length=64)
    created_at = models.DateTimeField(default=clock.now)
    used_at = models.DateTimeField(null=True, blank=True)
    tries = models.PositiveSmallIntegerField(default=0)

    class Meta:
        verbose_name = _("set-up code")
        verbose_name_plural = _("set-up codes")

    def __str__(self) -> str:
        return f"set-up code of {self.created_at:%Y-%m-%d}"


class MailState(models.TextChoices):
    QUEUED = "queued", _("waiting")
    LEASED = "leased", _("being sent")
    SENT = "sent", _("sent")
    DROPPED = "dropped", _("no longer needed")
    UNWANTED = "unwanted", _("not wanted by its receiver")
    DEAD = "dead", _("given up")


def new_message_id() -> str:
    """A Message-ID fixed when the mail is written, so that a second copy can be told as the same mail."""
    host = settings.ORIGIN.split("//", 1)[-1].split("/")[0].split(":")[0]
    return f"<{uuid.uuid4()}@{host}>"


class OutgoingMail(models.Model):
    """One mail to one person, as template and ids. Its text, with any link, is made when it is sent and not kept."""

    kind = models.CharField(max_length=60)
    about = models.JSONField(default=dict, help_text="Ids that the kind's composer reads; never a name, text or link.")
    user_id = models.BigIntegerField(null=True, blank=True, db_index=True)
    once_key = models.CharField(max_length=120, null=True, blank=True, unique=True)
    message_id = models.CharField(max_length=200, unique=True, default=new_message_id)
    state = models.CharField(max_length=8, choices=MailState, default=MailState.QUEUED)
    attempts = models.PositiveSmallIntegerField(default=0)
    not_before = models.DateTimeField(default=clock.now)
    lease_until = models.DateTimeField(null=True, blank=True)
    lease = models.UUIDField(null=True, blank=True)
    created_at = models.DateTimeField(default=clock.now)
    done_at = models.DateTimeField(null=True, blank=True)
    last_error = models.CharField(max_length=200, blank=True)

    class Meta:
        verbose_name = _("outgoing mail")
        verbose_name_plural = _("outgoing mails")
        indexes: ClassVar = [models.Index(fields=["state", "not_before"], name="mail_due")]

    def __str__(self) -> str:
        return f"{self.kind} {self.pk}"


class AuditEntry(models.Model):
    """One act, as ids: who, what, on what. Rows are only added; a trigger in the database refuses the rest."""

    at = models.DateTimeField(default=clock.now, db_index=True)
    actor_id = models.BigIntegerField(null=True, blank=True, help_text="User; empty: the system or a visitor.")
    verb = models.CharField(max_length=60)
    object_type = models.CharField(max_length=60, blank=True)
    object_id = models.BigIntegerField(null=True, blank=True)
    data = models.JSONField(default=dict, help_text="Ids, counts and choices; never names or texts.")

    class Meta:
        verbose_name = _("audit entry")
        verbose_name_plural = _("audit entries")
        indexes: ClassVar = [models.Index(fields=["object_type", "object_id"], name="audit_of_object")]

    def __str__(self) -> str:
        return f"{self.at:%Y-%m-%d %H:%M} {self.verb}"

    def save(self, *args: Any, **kwargs: Any) -> None:
        if self.pk is not None:
            raise PermissionDenied("The audit is only added to.")
        super().save(*args, **kwargs)

    def delete(self, *args: Any, **kwargs: Any) -> tuple[int, dict[str, int]]:
        raise PermissionDenied("The audit is only added to.")


class LimitCounter(models.Model):
    """How often something was tried in one window of time; see `limits`."""

    key = models.CharField(max_length=64)
    window = models.BigIntegerField()
    count = models.PositiveIntegerField(default=0)
    ends_at = models.DateTimeField(db_index=True)

    class Meta:
        verbose_name = _("limit counter")
        verbose_name_plural = _("limit counters")
        constraints: ClassVar = [models.UniqueConstraint(fields=["key", "window"], name="one_counter_a_window")]

    def __str__(self) -> str:
        return f"{self.key[:8]}… {self.count}"
