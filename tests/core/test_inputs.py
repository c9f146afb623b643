"""A plain input drawn in Python is the one that Django's templates draw, character by character."""

from __future__ import annotations

from typing import Any

import pytest
from django import forms
from django.forms.renderers import DjangoTemplates

from enishi.core.inputs import Inputs

OURS, DJANGOS = Inputs(), DjangoTemplates()
ATTRIBUTES: dict[str, Any] = {"id": "a", "class": 'b "c"', "required": True, "disabled": False, "maxlength": 1200}


@pytest.mark.parametrize(
    "widget",
    [
        forms.TextInput,
        forms.EmailInput,
        forms.URLInput,
        forms.NumberInput,
        forms.HiddenInput,
        forms.DateInput,
        forms.DateTimeInput,
        forms.TimeInput,
        forms.CheckboxInput,
        forms.Textarea,
        forms.PasswordInput,
        forms.FileInput,
    ],
)
@pytest.mark.parametrize("value", [None, "", "浅葱 <b>&amp;</b> \"'", "\n髙﨑", 1234567, True, False])
def test_an_input_is_drawn_as_django_draws_it(widget: type[forms.Widget], value: Any) -> None:
    drawn, expected = (widget(ATTRIBUTES).render("name-1", value, renderer=renderer) for renderer in (OURS, DJANGOS))
    assert drawn == expected


def test_a_choice_is_left_to_django() -> None:
    select = forms.Select(choices=[("a", "あ"), ("b", "い")])
    assert select.render("n", "b", renderer=OURS) == select.render("n", "b", renderer=DJANGOS)
