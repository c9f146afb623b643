"""Asking the office about one's own data, inviting a former colleague, and the office's answers."""

from __future__ import annotations

from django import forms
from django.conf import settings
from django.utils.translation import gettext_lazy

from enishi.accounts.choices import DeclineReason
from enishi.core.fields import MailField, PlainText
from enishi.members.models import OfficeRequest

Kind = OfficeRequest.Kind


class RequestForm(forms.Form):
    kind = forms.ChoiceField(
        label=gettext_lazy("What do you ask for?"),
        choices=[
            (Kind.DISCLOSURE, gettext_lazy("Tell me what is kept about me")),
            (Kind.CORRECTION, gettext_lazy("Correct something that I cannot change myself")),
            (Kind.SUSPENSION, gettext_lazy("Stop using my data")),
        ],
        widget=forms.RadioSelect,
        error_messages={"required": gettext_lazy("Please choose what you ask for.")},
    )
    words = PlainText(
        label=gettext_lazy("More about it, if you like"),
        max_length=400,
        required=False,
        widget=forms.Textarea(attrs={"rows": 3}),
    )


class AnswerRequestForm(forms.Form):
    result = PlainText(
        label=gettext_lazy("What was done"),
        max_length=400,
        widget=forms.Textarea(attrs={"rows": 3}),
        help_text=gettext_lazy("Goes to the person by mail, as it is written here."),
        error_messages={"required": gettext_lazy("Please write what was done.")},
    )


class InviteForm(forms.Form):
    email = MailField(label=gettext_lazy("Their mail address"))
    family_name = PlainText(label=gettext_lazy("Family name"), max_length=60, required=False)
    given_name = PlainText(label=gettext_lazy("Given name"), max_length=60, required=False)
    words = PlainText(
        label=gettext_lazy("A few words from you"),
        max_length=400,
        required=False,
        widget=forms.Textarea(attrs={"rows": 3}),
    )
    signed = PlainText(
        label=gettext_lazy("How you sign"),
        max_length=120,
        help_text=gettext_lazy("The invited person reads this name in the mail and on the page."),
        error_messages={"required": gettext_lazy("Please enter a name that the invited person knows.")},
    )
    language = forms.ChoiceField(label=gettext_lazy("Language of the mail"), choices=settings.LANGUAGES)


class AskBackForm(forms.Form):
    question = PlainText(
        label=gettext_lazy("Question"),
        max_length=400,
        widget=forms.Textarea(attrs={"rows": 3}),
        help_text=gettext_lazy("Please do not write what the roster holds."),
        error_messages={"required": gettext_lazy("Please write the question.")},
    )


class DeclineForm(forms.Form):
    reason = forms.ChoiceField(
        label=gettext_lazy("Reason"),
        choices=DeclineReason.choices,
        widget=forms.RadioSelect,
        error_messages={"required": gettext_lazy("Please choose a reason.")},
    )
