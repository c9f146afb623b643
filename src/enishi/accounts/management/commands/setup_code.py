"""`bin/enishi setup_code`: print the one-time code for the first owner."""

from __future__ import annotations

from argparse import ArgumentParser
from typing import Any

from django.conf import settings
from django.core.exceptions import ValidationError
from django.core.management.base import BaseCommand, CommandError
from django.utils import translation

from enishi.accounts.actions import setup_code
from enishi.core.management import tables


class Command(BaseCommand):
    help = "Print a one-time code with which the first owner sets up the network at /setup/. Refused once there is an owner."

    def add_arguments(self, parser: ArgumentParser) -> None:
        parser.add_argument(
            "--if-needed", action="store_true", help="Where there is an owner already, say so and end well (bin/run)."
        )

    def handle(self, *args: Any, if_needed: bool = False, **options: Any) -> None:
        tables.make()
        if if_needed and setup_code.owner_exists():
            self.stdout.write(f"This network has its owner, who signs in at {settings.ORIGIN}/sign-in/\n")
            return
        try:
            with translation.override("en"):  # as all that the console says
                code = setup_code.issue()
        except ValidationError as refusal:
            raise CommandError(f"{refusal.messages[0]} ({_place()}){_other()}") from None
        self.stdout.write(f"{code}\n")
        self.stderr.write(
            f"Open {settings.ORIGIN}/setup/ and type this code. It is good for one day, for one owner. ({_place()}){_other()}\n"
        )


def _place() -> str:
    """Which network this is about: a code of one data folder does not fit the server of another."""
    return f"data folder: {settings.DATA}"


def _other() -> str:
    """`bin/run --empty` keeps its network beside the demo's; whoever asks without a folder may mean that one."""
    other = settings.DATA.resolve().with_name("var-empty")
    if settings.DATA.name != "var" or not (other / "enishi.sqlite3").exists():
        return ""
    return f"\nFor the network of “bin/run --empty”: bin/enishi --data {other} setup_code"
