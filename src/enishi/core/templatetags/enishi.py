"""The components of the house: tags that declare their attributes, so a misspelt one is an error and not a blank."""

from __future__ import annotations

from datetime import date, datetime
from functools import lru_cache
from typing import Any

from django import template
from django.forms import BoundField
from django.template import Context
from django.templatetags.static import static
from django.utils.html import format_html, format_html_join
from django.utils.safestring import SafeString, mark_safe

from enishi.core import dates, html
from enishi.core.person import is_latin

register = template.Library()

_NOTICE_ICONS = {"ok": "check", "info": "info", "warn": "alert", "danger": "alert", "en": "en"}


@register.simple_tag
def gap() -> str:
    """Between two sentences: a space, but none in Japanese."""
    return "" if dates.japanese() else " "


@register.simple_tag
def icon(name: str, extra: str = "") -> SafeString:
    """A decorative icon of the sprite."""
    return _icon(static("enishi/icons.svg"), name, extra)


@lru_cache(maxsize=256)
def _icon(sprite: str, name: str, extra: str) -> SafeString:
    """A page has two dozen of the same few."""
    return format_html(
        '<svg class="i{}" aria-hidden="true"><use href="{}#{}"></use></svg>', f" {extra}" if extra else "", sprite, name
    )


@register.simple_tag
def button(
    label: str,
    *,
    kind: str = "plain",
    icon_name: str = "",
    name: str = "",
    value: str = "",
    wide: bool = False,
    small: bool = False,
    form: str = "",
) -> SafeString:
    """A submit button; `kind` is primary (one a view), plain, danger or quiet."""
    classes = ["btn", kind if kind != "plain" else "", "wide" if wide else "", "small" if small else ""]
    attributes = [(key, str(text)) for key, text in (("name", name), ("value", value), ("form", form)) if text]
    return format_html(
        '<button type="submit" class="{}"{}>{}{}</button>',
        " ".join(c for c in classes if c),
        format_html_join("", ' {}="{}"', attributes),
        icon(icon_name) if icon_name else "",
        label,
    )


@register.simple_tag
def link_button(
    label: str, url: str, *, kind: str = "plain", icon_name: str = "", wide: bool = False, small: bool = False
) -> SafeString:
    """A link that looks like a button."""
    classes = ["btn", kind if kind != "plain" else "", "wide" if wide else "", "small" if small else ""]
    return format_html(
        '<a class="{}" href="{}">{}{}</a>',
        " ".join(c for c in classes if c),
        url,
        icon(icon_name) if icon_name else "",
        label,
    )


@register.simple_block_tag
def notice(content: str, kind: str = "info") -> SafeString:
    """A word beside what it is about: info, ok, warn, danger, en. Danger is announced as an alert."""
    role = mark_safe(' role="alert"') if kind == "danger" else ""
    return format_html(
        '<div class="notice {}"{}>{}<div>{}</div></div>',
        kind,
        role,
        icon(_NOTICE_ICONS[kind]),
        mark_safe(content),  # noqa: S308 - rendered by the template engine, escaped there
    )


@register.simple_tag
def chip(text: str, kind: str = "", icon_name: str = "") -> SafeString:
    """A label: ok, warn, danger, info, en or plain."""
    return format_html(
        '<span class="chip{}">{}{}</span>',
        f" {kind}" if kind else "",
        icon(icon_name) if icon_name else "",
        text,
    )


@register.inclusion_tag("components/field.html")
def field(
    bound: BoundField,
    *,
    optional: bool | None = None,
    autocomplete: str = "",
    inputmode: str = "",
    rows: int = 0,
) -> dict[str, Any]:
    """One field with label, mark, hint and error; the marks are words."""
    attributes = bound.field.widget.attrs
    if autocomplete:
        attributes["autocomplete"] = autocomplete
    if inputmode:
        attributes["inputmode"] = inputmode
    if rows:
        attributes["rows"] = str(rows)
    kind = getattr(bound.field.widget, "input_type", "textarea")
    if kind in {
        "text",
        "email",
        "number",
        "url",
        "date",
        "time",
        "datetime-local",
        "search",
        "tel",
        "textarea",
        "select",
        "password",
    }:
        attributes["class"] = "input"
    hint_id = f"{bound.id_for_label}-hint" if bound.help_text else ""
    error_id = f"{bound.id_for_label}-error" if bound.errors else ""
    described = " ".join(part for part in (hint_id, error_id) if part)
    # Django names its own ids for hint and error; ours are set so that both stand in the order in which they are read.
    if described:
        attributes["aria-describedby"] = described
    if bound.errors:
        attributes["aria-invalid"] = "true"
    multiple = kind in {"radio", "checkbox"} and getattr(bound.field, "choices", None) is not None
    return {
        "bound": bound,
        "kind": kind,
        "multiple": multiple,
        "single_check": kind == "checkbox" and not multiple,
        "required": bound.field.required,
        "optional": (not bound.field.required) if optional is None else optional,
        "hint_id": hint_id,
        "error_id": error_id,
    }


@register.inclusion_tag("components/error_summary.html")
def error_summary(form: Any) -> dict[str, Any]:
    """At the top of a form after a fault: focused on load, links to each field, the same words."""
    return {"form": form, "fields": [each for each in form if each.errors] if form.is_bound else []}


@register.inclusion_tag("components/avatar.html")
def avatar(family: str, given: str, *, number: int, size: str = "", row: bool = False) -> dict[str, Any]:
    """Family name of one or two characters, else its first; Latin names by their initials. One character in a row."""
    if is_latin(family[:1]):
        text = (given[:1] + family[:1]).upper()
    elif row or len(family) > 2:
        text = family[:1]
    else:
        text = family
    return {"text": text, "colour": number % 6 + 1, "size": size}


@register.simple_tag
def leaf(when: dates.When) -> SafeString:
    """The date leaf (日めくり). Written here and not as a template: a page may have dozens."""
    return format_html(
        '<span class="leaf" aria-hidden="true"><span class="m">{}</span><span class="d">{}</span>'
        '<span class="w">{}</span></span>',
        when.leaf_month,
        when.leaf_day,
        when.leaf_weekday,
    )


@register.simple_tag
def seats(taken: int, places: int, *, mine: bool = False) -> SafeString:
    """A ring a place, filled when taken; beyond twelve, text alone."""
    if places > 12:
        return mark_safe("")
    full, own, free = min(taken, places) - mine, int(mine), max(places - taken, 0)
    rings = '<i class="me"></i>' * own + '<i class="on"></i>' * full + "<i></i>" * free
    return mark_safe(f'<span class="seats" aria-hidden="true">{rings}</span>')  # noqa: S308 - only our own marks


@register.inclusion_tag("components/when.html", takes_context=True)
def when(context: Context, start: datetime, end: datetime, *, brief: bool = False) -> dict[str, Any]:
    """A span with both zones: the network's first, then where the reader is."""
    return {"when": dates.when(start, end, reader_zone(context)), "start": start, "end": end, "brief": brief}


@register.simple_tag(takes_context=True)
def when_of(context: Context, start: datetime, end: datetime) -> dates.When:
    """The same as data, for templates that set its parts in places of their own."""
    return dates.when(start, end, reader_zone(context))


def reader_zone(context: Context) -> str:
    request = context.get("request")
    return getattr(getattr(request, "user", None), "zone", "") or ""


@register.filter
def zone_words(zone: str) -> str:
    """日本時間 for Tokyo, otherwise the city; never the technical name."""
    return dates.zone_words(zone)


@register.filter
def jdate(value: date | datetime | None) -> str:
    """12月10日（木） / Thu 10 Dec. An instant is shown as the day in the network's zone."""
    if value is None:
        return ""
    if isinstance(value, datetime):
        from enishi.core import clock

        value = clock.local(value, dates.network_zone())
    return dates.day(value)


@register.filter
def jtime(value: datetime | None) -> str:
    """12月10日（木）18:00 in the network's zone."""
    if value is None:
        return ""
    from enishi.core import clock

    local = clock.local(value, dates.network_zone())
    return f"{dates.day(local)}{'' if dates.japanese() else ' '}{dates.hour(local)}"


@register.filter
def san(name: str) -> str:
    """The name with さん where the page is Japanese."""
    return dates.person(name)


@register.filter
def markdown(text: str) -> SafeString:
    """People's CommonMark as clean HTML."""
    return html.from_markdown(text)


@register.filter
def get(mapping: Any, key: Any) -> Any:
    """`mapping[key]`, None where it is missing."""
    return mapping.get(key) if mapping is not None else None
