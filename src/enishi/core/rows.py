"""Rows of a form that can be added and removed without a script: two submit buttons, everything typed kept."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from typing import Any, Generic, TypeVar

from django import forms
from django.core.exceptions import ValidationError
from django.forms.boundfield import BoundField
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from enishi.core.fields import MonthField, YearField

F = TypeVar("F", bound=forms.Form)


class Rows(Generic[F]):
    """Forms of one kind under one another.

    With `data` they are bound; a row in which nothing was typed does not count. `edited(data)` answers the buttons named
    `<prefix>-add` and `<prefix>-remove` (value: the row's index): the same rows, unbound, one more or one less.
    """

    def __init__(
        self,
        kind: type[F],
        *,
        prefix: str,
        data: Mapping[str, Any] | None = None,
        initial: Sequence[Mapping[str, Any]] = (),
        most: int = 20,
    ) -> None:
        self.kind, self.prefix, self.most = kind, prefix, most
        if data is not None:
            self.forms = [self._form(i, data=data) for i in range(self._count(data))]
        else:
            self.forms = [self._form(i, initial=row) for i, row in enumerate(initial[:most] or ({},))]

    @classmethod
    def edited(cls, kind: type[F], *, prefix: str, data: Mapping[str, Any], most: int = 20) -> Rows[F] | None:
        """What the add and remove buttons ask for; None when neither was pressed."""
        asked = str(data.get(f"{prefix}-remove", ""))
        if f"{prefix}-add" not in data and not asked:
            return None
        typed = [form.typed() for form in cls(kind, prefix=prefix, data=data, most=most).typed_forms()]
        if asked.isascii() and asked.isdigit() and int(asked) < len(typed):
            del typed[int(asked)]
        elif not asked:
            typed.append({})
        return cls(kind, prefix=prefix, initial=typed, most=most)

    def typed_forms(self) -> list[TypedRow]:
        return [TypedRow(form) for form in self.forms]

    def is_valid(self) -> bool:
        checked = [
            form.is_valid() for form in self.forms if TypedRow(form).has_words()
        ]  # all of them, not up to the first
        return all(checked)

    def cleaned(self) -> list[dict[str, Any]]:
        """The rows in which something was typed, after `is_valid`."""
        return [form.cleaned_data for form in self.forms if TypedRow(form).has_words()]

    @property
    def full(self) -> bool:
        return len(self.forms) >= self.most

    def _form(self, index: int, **kwargs: Any) -> F:
        return self.kind(prefix=f"{self.prefix}-{index}", use_required_attribute=False, **kwargs)

    def _count(self, data: Mapping[str, Any]) -> int:
        text = str(data.get(f"{self.prefix}-count", ""))
        return max(1, min(int(text), self.most)) if text.isascii() and text.isdigit() and len(text) < 4 else 1


class TypedRow:
    """One row as it was typed, before any check."""

    def __init__(self, form: forms.Form) -> None:
        self.form = form

    def typed(self) -> dict[str, Any]:
        return {
            name: field.widget.value_from_datadict(self.form.data, self.form.files, self.form.add_prefix(name))
            for name, field in self.form.fields.items()
        }

    def has_words(self) -> bool:
        return any(str(value).strip() for value in self.typed().values() if value not in (None, False))


class Together:
    """Several forms as one for the error summary and the page's title."""

    def __init__(self, *parts: forms.Form) -> None:
        self.parts = parts

    def __iter__(self) -> Iterator[BoundField]:
        for part in self.parts:
            yield from part

    @property
    def is_bound(self) -> bool:
        return any(part.is_bound for part in self.parts)

    @property
    def errors(self) -> bool:
        return any(part.is_bound and part.errors for part in self.parts)

    def non_field_errors(self) -> list[str]:
        return [str(error) for part in self.parts if part.is_bound for error in part.non_field_errors()]


class SpanForm(forms.Form):
    """From a year and month to a year and month, or until now; months and the beginning may be unknown."""

    from_year = YearField(required=False, label=gettext_lazy("From: year"))
    from_month = MonthField(required=False, label=gettext_lazy("From: month"))
    to_year = YearField(required=False, label=gettext_lazy("To: year"))
    to_month = MonthField(required=False, label=gettext_lazy("To: month"))
    until_now = forms.BooleanField(required=False, label=gettext_lazy("Until now"))

    def clean(self) -> dict[str, Any]:
        values: dict[str, Any] = super().clean() or {}
        if values.get("until_now"):
            values["to_year"] = values["to_month"] = None
        start, end = values.get("from_year"), values.get("to_year")
        if start and end:
            first, last = (start, values.get("from_month") or 1), (end, values.get("to_month") or 12)
            if last < first:
                self.add_error(
                    "to_year", ValidationError(_("The end lies before the beginning. Please mend one of them."))
                )
        for part in ("from", "to"):
            if values.get(f"{part}_month") and not values.get(f"{part}_year") and f"{part}_year" not in self.errors:
                self.add_error(f"{part}_year", ValidationError(_("Please give the year to this month as well.")))
        return values
