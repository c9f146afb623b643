"""The form after a session, and the office's theme form."""

from __future__ import annotations

from typing import Any

from django import forms
from django.utils.translation import gettext_lazy as _

from enishi.feedback.actions.answers import Said
from enishi.feedback.choices import Attribution, ThemeKind, VoiceField
from enishi.feedback.models import Answer, Theme
from enishi.feedback.queries import themes, voices

KEEP = "keep"
LONGEST = 1000


class LongText(forms.CharField):
    """People's words: trimmed, line breaks as one character, kept as typed otherwise."""

    def __init__(self, **kwargs: Any) -> None:
        super().__init__(required=False, max_length=LONGEST, widget=forms.Textarea(attrs={"rows": "3"}), **kwargs)
        self.error_messages["max_length"] = _("This is longer than %(limit_value)d characters. Please shorten it.")

    def widget_attrs(self, widget: Any) -> dict[str, Any]:
        """Without maxlength: a browser cuts what is pasted and says nothing; here it is said, and kept."""
        return {name: value for name, value in super().widget_attrs(widget).items() if name != "maxlength"}

    def to_python(self, value: Any) -> str:
        return str(super().to_python(value) or "").replace("\r\n", "\n").replace("\r", "\n")


class ThemeChoice(forms.ModelChoiceField):
    def __init__(self, **kwargs: Any) -> None:
        super().__init__(
            queryset=Theme.objects.none(),
            required=False,
            widget=forms.RadioSelect,
            empty_label=_("Not decided"),
            blank=True,
            **kwargs,
        )


class AnswerForm(forms.Form):
    """Everything is optional, but an empty form says nothing and is sent back."""

    satisfaction = forms.TypedChoiceField(
        label=_("How was it?"),
        choices=[(str(n), str(n)) for n in range(5, 0, -1)],
        coerce=int,
        empty_value=None,
        required=False,
        widget=forms.RadioSelect,
    )
    noticed = LongText(label=_("What did you notice after leaving the company?"))
    want_theme = ThemeChoice(label=_("What would you like to do in this network?"))
    want = LongText(label=_("In your own words: what you would like to do here"))
    liked = LongText(label=_("What did you like about the session?"))
    next_theme = ThemeChoice(label=_("What should we do next?"))
    next = LongText(label=_("In your own words: what we should do next"))
    quote = forms.ChoiceField(
        label=_("May we quote you in the report?"),
        widget=forms.RadioSelect,
        error_messages={"required": _("Choose whether and how we may quote you.")},
    )

    def __init__(self, *args: Any, answer: Answer | None, **kwargs: Any) -> None:
        self.answer = answer
        lines = voices.newest_lines([answer]) if answer else {}
        held = {each.attribution for each in voices.sentences(answer, lines)} if answer else set()
        mixed = len(held) > 1
        kwargs["initial"] = {**self._initial(answer, held, lines), **kwargs.get("initial", {})}
        super().__init__(*args, **kwargs)
        choices: list[tuple[str, Any]] = [
            (Attribution.NONE, _("Do not quote me")),
            (
                Attribution.ANONYMOUS,
                _("Quote me without my name (at most the field I work in, if enough others share it)"),
            ),
            (Attribution.NAMED, _("Quote me with my name")),
        ]
        if mixed:
            choices.insert(0, (KEEP, _("As I chose for each sentence; sentences I change now are not quoted")))
        self.fields["quote"].choices = choices  # type: ignore[attr-defined]
        for name, kind in (("want_theme", ThemeKind.WANT), ("next_theme", ThemeKind.NEXT)):
            field = self.fields[name]
            field.queryset = themes.offered(kind, keep=getattr(answer, name, None))  # type: ignore[attr-defined]
            field.label_from_instance = lambda theme: theme.name  # type: ignore[attr-defined]

    @staticmethod
    def _initial(answer: Answer | None, held: set[Attribution], lines: voices.Lines) -> dict[str, Any]:
        if answer is None:
            return {"quote": Attribution.NONE}
        quote = KEEP if len(held) > 1 else voices.of_person(answer, lines)
        words = {field.value: answer.sentence(field) for field in VoiceField}
        return {
            **words,
            "satisfaction": answer.satisfaction,
            "want_theme": answer.want_theme_id,
            "next_theme": answer.next_theme_id,
            "quote": quote,
        }

    def clean(self) -> dict[str, Any]:
        cleaned = super().clean() or {}
        if not self.errors and not any(cleaned.get(name) for name in self.fields if name != "quote"):
            raise forms.ValidationError(_("Choose or write at least one thing, then send."))
        return cleaned

    def said(self) -> Said:
        """The form as the action takes it."""
        given = {name: self.cleaned_data[name] for name in self.fields if name != "quote"}
        quote = self.cleaned_data["quote"]
        return Said(**given, attribution=None if quote == KEEP else quote)


class ThemeForm(forms.Form):
    """A theme's two names."""

    name_ja = forms.CharField(
        label=_("Japanese name"),
        max_length=60,
        error_messages={"required": _("Give the theme a Japanese name.")},
    )
    name_en = forms.CharField(label=_("English name"), max_length=60, required=False)
