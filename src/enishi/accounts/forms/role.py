"""Giving a duty."""

from __future__ import annotations

from datetime import date, datetime, time, timedelta
from zoneinfo import ZoneInfo

from django import forms
from django.core.exceptions import ValidationError
from django.utils.translation import gettext_lazy as _

from enishi.accounts.actions import roles
from enishi.accounts.choices import RoleKind
from enishi.accounts.models import User
from enishi.core import clock, dates
from enishi.core.fields import MailField


class RoleForm(forms.Form):
    email = MailField(label=_("Mail address of the person"), help_text=_("Someone who is registered here already."))
    kind = forms.ChoiceField(
        label=_("Duty"),
        choices=[(kind.value, RoleKind(kind).label) for kind in (*roles.GRANTABLE, RoleKind.OWNER)],
        help_text=_("An owner's duty goes to someone who is an officer already, and has no last day."),
        widget=forms.RadioSelect,
        error_messages={"required": _("Choose a duty.")},
    )
    last_day = forms.DateField(
        label=_("Last day"),
        required=False,
        help_text=_("Empty: until you end it. An observer needs one."),
        widget=forms.DateInput(attrs={"type": "date"}, format="%Y-%m-%d"),
        input_formats=["%Y-%m-%d", "%Y/%m/%d"],
        error_messages={"invalid": _("Give the day as 2027-03-31.")},
    )

    def clean_email(self) -> User:
        user = User.objects.by_email(self.cleaned_data["email"])
        if user is None or not user.is_active:
            raise ValidationError(_("Nobody is registered with this address. Invite the person first."))
        if getattr(user, "member", None) is None:
            raise ValidationError(_("This person has not been admitted yet. Admit them first, then give the duty."))
        return user

    def clean_last_day(self) -> date | None:
        day: date | None = self.cleaned_data["last_day"]
        if day is not None and not clock.today(dates.network_zone()) <= day <= date(2200, 1, 1):
            raise ValidationError(_("The last day is over already. Choose a later one."))
        return day

    def clean(self) -> dict[str, object]:
        values = super().clean() or {}
        if values.get("kind") == RoleKind.OBSERVER and not values.get("last_day") and "last_day" not in self.errors:
            self.add_error("last_day", _("An observer comes for a time. Give the last day."))
        if values.get("kind") == RoleKind.OWNER:
            self._check_owner(values)
        return values

    def _check_owner(self, values: dict[str, object]) -> None:
        user = values.get("email")
        if isinstance(user, User) and RoleKind.OFFICER not in user.role_kinds():
            self.add_error("kind", _("An owner's duty goes to someone who is an officer. Give that duty first."))
        if values.get("last_day"):
            self.add_error("last_day", _("An owner's duty has no last day. Leave it empty."))

    def expires_at(self) -> datetime | None:
        """The end of the last day in the network's zone."""
        day: date | None = self.cleaned_data["last_day"]
        if day is None:
            return None
        return datetime.combine(day + timedelta(days=1), time(), ZoneInfo(dates.network_zone()))
