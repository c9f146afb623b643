"""The plain inputs of forms, drawn in Python; everything else as Django draws it.

Django's templates for an input walk its attributes in a loop of their own: for two fields that was a tenth of a page's CPU.
"""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

from django.forms.renderers import DjangoTemplates
from django.utils.html import escape, format_html
from django.utils.safestring import SafeString, mark_safe


class Inputs(DjangoTemplates):
    """`settings.FORM_RENDERER`."""

    def render(self, template_name: str, context: dict[str, Any], request: Any = None) -> str:
        draw = _DRAWN.get(template_name)
        return draw(context["widget"]) if draw else super().render(template_name, context, request)


def _input(widget: dict[str, Any]) -> SafeString:
    value = widget["value"]
    shown = "" if value is None else format_html(' value="{}"', str(value))
    return format_html('<input type="{}" name="{}"{}{}>', widget["type"], widget["name"], shown, _attributes(widget))


def _textarea(widget: dict[str, Any]) -> SafeString:
    # A browser drops the first line break: without one of ours, a text that begins with one would lose it.
    return format_html(
        '<textarea name="{}"{}>\n{}</textarea>', widget["name"], _attributes(widget), widget["value"] or ""
    )


def _attributes(widget: dict[str, Any]) -> SafeString:
    given = [(name, value) for name, value in widget["attrs"].items() if value is not False]
    words = (f" {escape(name)}" if value is True else f' {escape(name)}="{escape(value)}"' for name, value in given)
    return mark_safe("".join(words))  # noqa: S308 - escaped above


_KINDS = ("checkbox", "date", "datetime", "email", "hidden", "number", "text", "time", "url")
_DRAWN: dict[str, Callable[[dict[str, Any]], SafeString]] = {
    **{f"django/forms/widgets/{kind}.html": _input for kind in (*_KINDS, "input")},
    "django/forms/widgets/textarea.html": _textarea,
}
