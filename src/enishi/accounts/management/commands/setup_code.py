"""enishi setup_code: print the one-time code for the first owner."""

from __future__ import annotations

from typing import Any

from django.conf import settings
from django.core.exceptions import ValidationError
from django.core.management.base import BaseCommand, CommandError

from enishi.accounts.actions import setup_code
from enishi.core.management import tables


class Command(BaseCommand):
    help = "Print a one-time code with which the first owner sets up the network at /setup/. Refused once there is an owner."

    def handle(self, *args: Any, **options: Any) -> None:
        tables.make()
        try:
            code = setup_code.issue()
        except ValidationError as refusal:
            raise CommandError(refusal.messages[0]) from None
        self.stdout.write(f"{code}\n")
        self.stderr.write(f"Open {settings.ORIGIN}/setup/ and type this code. It is good for one day, for one owner.\n")
