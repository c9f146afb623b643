"""`enishi worker`: sends mail and moves what the clock moves, until it is told to stop."""

from __future__ import annotations

import gc
import logging
import signal
import threading
import time
from typing import Any

from django.core.management.base import BaseCommand, CommandParser
from django.db import close_old_connections, connection

from enishi.core import network, sending
from enishi.core.management import tables
from enishi.office import housekeeping

log = logging.getLogger("enishi.worker")
HOUR = 3600.0


class Command(BaseCommand):
    help = "Send what waits in the outbox and do what is due."
    requires_system_checks = ()  # as with `serve`

    def add_arguments(self, parser: CommandParser) -> None:
        parser.add_argument("--once", action="store_true", help="do what is due now, then stop")
        parser.add_argument("--every", type=float, default=2.0, help="seconds between two rounds when nothing is due")

    def handle(self, *args: Any, **options: Any) -> None:
        tables.require()
        gc.freeze()
        gc.enable()
        stop = threading.Event()
        for number in (signal.SIGTERM, signal.SIGINT):
            signal.signal(number, lambda *_: stop.set())
        last_hour = -HOUR
        while True:
            done = self.round()
            if time.monotonic() - last_hour >= HOUR:
                housekeeping.every_hour()
                last_hour = time.monotonic()
            if options["once"] and not done:
                return
            if stop.wait(0 if done else options["every"]):
                return

    @staticmethod
    def round() -> int:
        """One round; a database that is away for a moment is waited for, not died of."""
        network.forget()
        try:
            return housekeeping.tick() + sending.send_due()
        except Exception:
            log.exception("a round failed; it is tried again")
            connection.close()
            return 0
        finally:
            close_old_connections()
