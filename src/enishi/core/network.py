"""The network's settings, read once a request."""

from __future__ import annotations

from contextvars import ContextVar

from django.core.signals import request_started
from django.db.models.signals import post_save

from enishi.core.models import NetworkSettings

_cached: ContextVar[NetworkSettings | None] = ContextVar("enishi_network", default=None)


def find() -> NetworkSettings | None:
    """The network, or None before the first owner has named it."""
    network = _cached.get()
    if network is None:
        network = NetworkSettings.objects.filter(pk=1).first()
        _cached.set(network)
    return network


def current() -> NetworkSettings:
    """The network; raises `NetworkSettings.DoesNotExist` before the set-up."""
    network = find()
    if network is None:
        raise NetworkSettings.DoesNotExist("This installation has no network yet: enter the set-up code at /setup/.")
    return network


def forget(**_: object) -> None:
    """Read anew next time."""
    _cached.set(None)


request_started.connect(forget, dispatch_uid="network-forget")
post_save.connect(forget, sender=NetworkSettings, dispatch_uid="network-forget-saved")
