"""What this app hears from the apps below."""

from __future__ import annotations

from typing import Any

from django.dispatch import receiver

from enishi.events.actions import signups
from enishi.members.models import Member
from enishi.members.signals import member_left


@receiver(member_left, dispatch_uid="events-member-left")
def free_the_seats(sender: Any, member: Member, by: Any = None, **_: Any) -> None:
    signups.leave_all(member, by=by)
