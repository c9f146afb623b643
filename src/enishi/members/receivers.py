"""What members hear from the door."""

from __future__ import annotations

from typing import Any

from enishi.accounts.models import Registration
from enishi.accounts.signals import registration_received
from enishi.members.actions import admission


def connect() -> None:
    """Called from the app's `ready`."""
    registration_received.connect(_admit_invited, dispatch_uid="members-admit-invited")


def _admit_invited(registration: Registration, **_: Any) -> None:
    admission.admit_invited(registration)
