"""`enishi demo load` fills an empty database with the demo network; `enishi demo doors` prints its sign-in links."""

from __future__ import annotations

from typing import Any

from django.conf import settings
from django.core.management.base import BaseCommand, CommandError, CommandParser
from django.urls import reverse

from enishi.core import network
from enishi.core.management import tables
from enishi.office import demo

WORDS = {
    "amsterdam": "a member in Amsterdam",
    "japan": "a member in Japan",
    "host": "a host",
    "officer": "an officer",
}


class Command(BaseCommand):
    help = "The demo network."

    def add_arguments(self, parser: CommandParser) -> None:
        parser.add_argument("step", choices=["load", "doors"])

    def handle(self, *args: Any, **options: Any) -> None:
        tables.make()
        if options["step"] == "load":
            if not demo.is_loaded():
                demo.load()
            return
        here = network.find()
        if here is None or not here.is_demo:
            raise CommandError("This database holds no demo network. Run “enishi demo load” on an empty one.")
        self.stdout.write(f"{here.name_en}: {settings.ORIGIN}/")
        known = demo.people()
        for key, words in WORDS.items():
            if key in known:
                self.stdout.write(f"  {words + ':':24}{settings.ORIGIN}{reverse('office:demo-door', args=[key])}")
        self.stdout.write(f"  {'mail that was sent:':24}{settings.ORIGIN}{reverse('office:demo-mail')}")
