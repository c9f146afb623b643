"""The owner changes what the network says of itself."""

from __future__ import annotations

from typing import Any

from django.db import transaction

from enishi.accounts.models import User
from enishi.core import audit, clock
from enishi.core.models import NetworkSettings

_PURPOSE = ("purpose_ja", "purpose_en")


@transaction.atomic
def change(network: NetworkSettings, values: dict[str, Any], *, by: User) -> list[str]:
    """Keep the new values; another purpose of use is a new version, dated today. Returns the names of changed fields."""
    changed = [name for name, value in values.items() if getattr(network, name) != value]
    if not changed:
        return []
    for name in changed:
        setattr(network, name, values[name])
    if any(name in _PURPOSE for name in changed):
        network.purpose_version += 1
        network.purpose_dated = clock.today(network.zone)
    network.save()
    audit.record("network.changed", by=by, fields=",".join(changed), purpose_version=network.purpose_version)
    return changed
