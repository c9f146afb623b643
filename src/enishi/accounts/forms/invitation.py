"""An invitation from the office."""

from __future__ import annotations

from typing import Any

from django import forms
from django.conf import settings
from django.utils.translation import gettext_lazy, pgettext_lazy

from enishi.accounts.actions.roles import GRANTABLE
from enishi.accounts.choices import Route
from enishi.accounts.models import RegistrationRoute
from enishi.core.fields import FoldedText, MailField, PlainText


class InvitationForm(forms.Form):
    """To whom, in which language, with which words. `roles`: may a duty be given with it?"""

    email = MailField(label=gettext_lazy("Mail address"))
    family_name = PlainText(label=gettext_lazy("Family name"), max_length=60, required=False)
    given_name = PlainText(label=gettext_lazy("Given name"), max_length=60, required=False)
    words = PlainText(label=gettext_lazy("A few words"), max_length=400, required=False, widget=forms.Textarea)
    language = forms.ChoiceField(label=gettext_lazy("Language of the mail"), choices=settings.LANGUAGES)
    employee_number = FoldedText(
        label=gettext_lazy("Employee number in the roster"),
        max_length=40,
        required=False,
        help_text=gettext_lazy("Ties the invitation to that row of the roster."),
    )
    route_code = forms.ModelChoiceField(
        label=gettext_lazy("Counted under the code"),
        queryset=RegistrationRoute.objects.filter(closed_at=None).order_by("-created_at", "-pk"),
        required=False,
        empty_label=pgettext_lazy("no code", "None"),
        help_text=gettext_lazy("The page “Routes” then counts how far the invited person came."),
        error_messages={"invalid_choice": gettext_lazy("This code was closed meanwhile. Please choose another one.")},
    )
    role = forms.ChoiceField(label=gettext_lazy("Duty"), required=False)

    def __init__(self, *args: Any, roles: bool, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        if not RegistrationRoute.objects.filter(closed_at=None).exists():
            del self.fields["route_code"]
        if roles:
            self.fields["role"].choices = [  # type: ignore[attr-defined]
                ("", gettext_lazy("None")),
                *((kind.value, kind.label) for kind in GRANTABLE),
            ]
        else:
            del self.fields["role"]


class RouteForm(forms.Form):
    """A code for a flyer, a post, a campaign."""

    label = PlainText(
        label=pgettext_lazy("route", "Name"),
        max_length=80,
        help_text=gettext_lazy("Seen by the office only. Example: flyer of the autumn meeting"),
        error_messages={"required": gettext_lazy("Please give it a name.")},
    )
    route = forms.ChoiceField(label=gettext_lazy("Kind of route"), choices=Route.choices)
    code = FoldedText(
        label=gettext_lazy("Code in the address"),
        max_length=32,
        required=False,
        help_text=gettext_lazy("Latin letters and digits. Left empty, one is made."),
    )
