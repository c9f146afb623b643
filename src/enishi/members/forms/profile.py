"""One's own profile: who I am, when I was here, what I do now, who sees it."""

from __future__ import annotations

from typing import Any

from django import forms
from django.conf import settings
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from enishi.core import person_forms
from enishi.core.person_forms import PersonForm
from enishi.members.choices import DEFAULT_VISIBILITY, ProfileField, Visibility

SEEN = "seen_"


class ProfileForm(PersonForm):
    """All but the stints, which stand in rows. `seen_<field>` is who sees that field."""

    language = forms.ChoiceField(label=gettext_lazy("Language of pages and mails"), choices=settings.LANGUAGES)
    theme = forms.ChoiceField(
        label=gettext_lazy("Brightness of pages"),
        required=False,
        choices=[
            ("", gettext_lazy("As the device")),
            ("light", gettext_lazy("Light")),
            ("dark", gettext_lazy("Dark")),
        ],
    )

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        for value, label in ProfileField.choices:
            self.fields[SEEN + value] = forms.ChoiceField(
                label=_("Who sees “%(field)s”") % {"field": label},
                choices=Visibility.choices,
                initial=DEFAULT_VISIBILITY[value],
            )

    def levels(self) -> dict[str, str]:
        return {field: self.cleaned_data[SEEN + field] for field in ProfileField.values}


class StintForm(person_forms.StintForm):
    """One span at one place; sites and departments that others wrote are offered."""

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["site"].widget.attrs["list"] = "known-sites"
        self.fields["department"].widget.attrs["list"] = "known-departments"
