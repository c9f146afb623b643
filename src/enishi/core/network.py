"""The network's settings: read from the database every few seconds at the most, a copy of its own for each request."""

from __future__ import annotations

import copy
import time
from contextvars import ContextVar

from django.core.signals import request_started
from django.db.models.signals import post_save

from enishi.core.models import NetworkSettings

# Another process's change of the settings is seen after so many seconds; this one's own at once.
FRESH_FOR = 5.0

_cached: ContextVar[NetworkSettings | None] = ContextVar("enishi_network", default=None)
_read: tuple[float, NetworkSettings] | None = None


def find() -> NetworkSettings | None:
    """The network, or None before the first owner has named it."""
    network = _cached.get()
    if network is None:
        kept = _kept()
        # A copy: a form that is filled in and refused must not change what others read.
        network = copy.copy(kept) if kept is not None else None
        _cached.set(network)
    return network


def current() -> NetworkSettings:
    """The network; raises `NetworkSettings.DoesNotExist` before the set-up."""
    network = find()
    if network is None:
        raise NetworkSettings.DoesNotExist("This installation has no network yet: enter the set-up code at /setup/.")
    return network


def forget(**_: object) -> None:
    """Read from the database next time."""
    global _read
    _read = None
    _cached.set(None)


def _kept() -> NetworkSettings | None:
    global _read
    if _read is not None and time.monotonic() - _read[0] < FRESH_FOR:
        return _read[1]
    network = NetworkSettings.objects.filter(pk=1).first()
    _read = (time.monotonic(), network) if network is not None else None
    return network


def _next_request(**_: object) -> None:
    _cached.set(None)


request_started.connect(_next_request, dispatch_uid="network-next-request")
post_save.connect(forget, sender=NetworkSettings, dispatch_uid="network-forget-saved")
