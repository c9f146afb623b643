"""`enishi serve`: the web server. A demo's doors stand open, so it listens on this machine alone or not at all."""

from __future__ import annotations

from typing import Any
from urllib.parse import urlsplit

from django.conf import settings
from django.core.management.base import BaseCommand, CommandError, CommandParser

from enishi.core import network
from enishi.core.management import tables


class Command(BaseCommand):
    help = "Serve the network with uvicorn."
    requires_system_checks = ()  # they belong before the start: `enishi migrate` and `enishi check --deploy` run them

    def add_arguments(self, parser: CommandParser) -> None:
        parser.add_argument("--host", default="127.0.0.1")
        parser.add_argument("--port", type=int, default=8000)
        parser.add_argument("--processes", type=int, default=1, help="more than one is for PostgreSQL")

    def handle(self, *args: Any, **options: Any) -> None:
        import uvicorn

        tables.require()
        refuse_open_demo(options["host"])
        uvicorn.run(
            "enishi.config.asgi:application",
            host=options["host"],
            port=options["port"],
            workers=options["processes"] if options["processes"] > 1 else None,
            loop="uvloop",
            lifespan="off",
            proxy_headers=False,
            server_header=False,
            access_log=False,
            log_level="warning",
        )


def refuse_open_demo(host: str) -> None:
    """Raise where a demo would be reachable from elsewhere."""
    here = network.find()
    if here is None or not here.is_demo:
        return
    if host != "127.0.0.1" or urlsplit(settings.ORIGIN).hostname not in {"127.0.0.1", "localhost"}:
        raise CommandError(
            "This database is marked as a demo: anyone may enter it as anyone. It is served on 127.0.0.1 only. "
            "Leave out --host and ENISHI_ORIGIN, or use a data folder of its own for a real network."
        )
