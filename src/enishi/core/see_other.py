"""The answer to a form that was carried out: look at another page (303, RFC 9110), so that a reload sends nothing again."""

from __future__ import annotations

from typing import Any

from django.http import HttpResponseRedirect
from django.shortcuts import resolve_url


class SeeOther(HttpResponseRedirect):
    """To an address."""

    status_code = 303


def see(to: Any, *args: Any, query: str = "", **kwargs: Any) -> SeeOther:
    """To a page by its name and parts, or to an address; `query` is added as it is."""
    return SeeOther(resolve_url(to, *args, **kwargs) + (f"?{query}" if query else ""))
