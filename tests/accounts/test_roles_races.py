"""Two owners end each other's duty at the same moment: one of them stays."""

from __future__ import annotations

import threading

import pytest
from django.core.exceptions import ValidationError
from django.db import connection

from cast import make_member, make_network
from enishi.accounts.actions import roles
from enishi.accounts.choices import RoleKind
from enishi.accounts.models import Role
from enishi.members.models import Member


@pytest.mark.django_db(transaction=True)
def test_of_two_owners_who_end_each_other_one_stays() -> None:
    make_network()
    owners = [make_member("オーナー", name, email=f"{name}@w.example", role=RoleKind.OWNER) for name in ("a", "b")]
    barrier, refused = threading.Barrier(2), []

    def end(mine: Member, other: Member) -> None:
        role = Role.objects.get(user=other.user)
        barrier.wait()
        try:
            roles.end(role, by=mine.user)
        except ValidationError as fault:
            refused.append(fault)
        finally:
            connection.close()

    pairs = [(owners[0], owners[1]), (owners[1], owners[0])]
    threads = [threading.Thread(target=end, args=pair) for pair in pairs]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    assert (Role.objects.held_now().count(), len(refused)) == (1, 1)
