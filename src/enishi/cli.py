"""The command line: `enishi <command>`.

Commands of an engine need no database and run without Django; every other name is a Django management command.
`--data DIR` before or after the command chooses the data folder.
"""

from __future__ import annotations

import gc
import os
import sys
import tempfile
from importlib import import_module

from enishi.config.env import SettingError

# command → module with main(argv) -> exit code
ENGINE_COMMANDS = {
    "names": "enishi.engines.names.cli",
    "seating": "enishi.engines.seating.cli",
    "signup": "enishi.engines.scheduling.cli",
}


def _take_data_option(argv: list[str]) -> list[str]:
    """Take `--data DIR` out of the arguments and put it where the settings look."""
    rest: list[str] = []
    words = iter(argv)
    for word in words:
        if word == "--data":
            value = next(words, None)
            if value is None:
                sys.exit("enishi: --data needs a folder, for example: enishi --data /srv/enishi worker")
            os.environ["ENISHI_DATA"] = value
        elif word.startswith("--data="):
            os.environ["ENISHI_DATA"] = word.removeprefix("--data=")
        else:
            rest.append(word)
    return rest


def main(argv: list[str] | None = None) -> int:
    """Run one command; returns the exit code."""
    given = sys.argv[1:] if argv is None else argv
    arguments = _take_data_option(given)
    if arguments and arguments[0] in ENGINE_COMMANDS:
        command = import_module(ENGINE_COMMANDS[arguments[0]]).main
        return int(command(arguments[1:]))
    if arguments[:1] == ["replay"] and arguments == given:
        # A story is lived through in a folder of its own; never in the network's.
        os.environ["ENISHI_DATA"] = tempfile.mkdtemp(prefix="enishi-replay-")
    if arguments[:1] in (["serve"], ["worker"]):
        # Nothing that a start loads is garbage; both look again once they are loaded.
        gc.disable()
    os.environ.setdefault("DJANGO_SETTINGS_MODULE", "enishi.config.settings")
    from django.core.management import execute_from_command_line

    try:
        execute_from_command_line(["enishi", *arguments])
    except SettingError as error:
        sys.exit(f"enishi: {error}")
    return 0


if __name__ == "__main__":
    sys.exit(main())
