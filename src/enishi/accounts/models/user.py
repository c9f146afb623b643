"""An account signs in; what a person is stands in `members`."""

from __future__ import annotations

from datetime import datetime, timedelta
from typing import Any, ClassVar

from django.contrib.auth.models import AbstractBaseUser, BaseUserManager
from django.db import models
from django.db.models import F, Q
from django.db.models.functions import Lower
from django.utils.crypto import salted_hmac
from django.utils.translation import gettext_lazy as _

from enishi.accounts.choices import RoleKind
from enishi.core import clock
from enishi.core.statements import Kept


class UserManager(BaseUserManager["User"]):
    def create_user(self, email: str, **fields: Any) -> User:
        """A user who signs in by mail; there are no passwords."""
        user = self.model(email=self.clean_email(email), **fields)
        user.set_unusable_password()
        user.save(using=self._db)
        return user

    def by_email(self, email: str) -> User | None:
        """Whatever the letter case."""
        return self.filter(email__iexact=self.clean_email(email)).first()

    @staticmethod
    def clean_email(email: str) -> str:
        return email.strip().lower()


class User(AbstractBaseUser):
    """`epoch` is part of every session's hash: raising it ends all sessions and links of this user."""

    email = models.EmailField(max_length=254, unique=True)
    is_active = models.BooleanField(default=True)
    epoch = models.PositiveIntegerField(default=1)
    language = models.CharField(max_length=8, default="ja")
    zone = models.CharField(max_length=64, blank=True)
    theme = models.CharField(max_length=5, blank=True, choices=[("light", _("light")), ("dark", _("dark"))])
    ever_had_role = models.BooleanField(
        default=False, help_text="Set with the first role. For all others no page asks which roles they hold."
    )
    created_at = models.DateTimeField(default=clock.now)
    closed_at = models.DateTimeField(null=True, blank=True)

    objects: ClassVar[UserManager] = UserManager()
    USERNAME_FIELD = "email"
    EMAIL_FIELD = "email"
    REQUIRED_FIELDS: ClassVar[list[str]] = []

    class Meta:
        verbose_name = _("user")
        verbose_name_plural = _("users")
        constraints: ClassVar = [models.UniqueConstraint(Lower("email"), name="one_user_an_address")]

    def __str__(self) -> str:
        return f"user {self.pk}"

    def get_session_auth_hash(self) -> str:
        return salted_hmac(
            "enishi.session", f"{self.pk}\x1f{self.epoch}\x1f{self.email}", algorithm="sha256"
        ).hexdigest()

    def _get_session_auth_hash(self, secret: str | None = None) -> str:
        return salted_hmac(
            "enishi.session", f"{self.pk}\x1f{self.epoch}\x1f{self.email}", secret=secret, algorithm="sha256"
        ).hexdigest()

    def end_access(self) -> None:
        """End every session and link now; the person may sign in again unless the account is closed."""
        type(self).objects.filter(pk=self.pk).update(epoch=F("epoch") + 1)
        self.refresh_from_db(fields=["epoch"])

    def role_kinds(self) -> frozenset[str]:
        """The roles held now, read once for this object."""
        if not self.ever_had_role:
            return frozenset()
        held: frozenset[str] | None = self.__dict__.get("_role_kinds")
        if held is None:
            held = frozenset(_kinds_held(self.pk, clock.now()))
            self.__dict__["_role_kinds"] = held
        return held


class RoleQuerySet(models.QuerySet["Role"]):
    def held_now(self) -> RoleQuerySet:
        return self.held_at(clock.now())

    def held_at(self, instant: datetime) -> RoleQuerySet:
        return self.filter(Q(expires_at=None) | Q(expires_at__gt=instant), ended_at=None, user__is_active=True)


class Role(models.Model):
    """A duty in the office, from when and until when."""

    user = models.ForeignKey(User, on_delete=models.CASCADE, related_name="roles")
    kind = models.CharField(max_length=10, choices=RoleKind)
    granted_by = models.ForeignKey(User, on_delete=models.SET_NULL, null=True, blank=True, related_name="+")
    granted_at = models.DateTimeField(default=clock.now)
    expires_at = models.DateTimeField(null=True, blank=True)
    ended_at = models.DateTimeField(null=True, blank=True)

    objects = RoleQuerySet.as_manager()

    class Meta:
        verbose_name = _("role")
        verbose_name_plural = _("roles")
        constraints: ClassVar = [
            models.UniqueConstraint(fields=["user", "kind"], condition=Q(ended_at=None), name="one_open_role_a_kind")
        ]

    def __str__(self) -> str:
        return f"{self.kind} of user {self.user_id}"

    def save(self, *args: Any, **kwargs: Any) -> None:
        super().save(*args, **kwargs)
        if not self.user.ever_had_role:
            self.user.ever_had_role = True
            self.user.save(update_fields=["ever_had_role"])

    @property
    def last_moment(self) -> datetime | None:
        """Within the last day on which the duty is held."""
        return self.expires_at - timedelta(microseconds=1) if self.expires_at else None


@Kept
def _kinds_held(user: int, now: datetime) -> models.QuerySet[Role, str]:
    return Role.objects.held_at(now).filter(user=user).values_list("kind", flat=True)
