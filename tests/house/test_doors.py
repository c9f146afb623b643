"""From another app only its public shelves may be used; the map of layers itself is checked by import-linter."""

from __future__ import annotations

import grimp
from django.apps import apps

OPEN = {"models", "queries", "actions", "policies", "policies_http", "signals", "choices", "tasks"}


def names() -> list[str]:
    return [
        config.label
        for config in apps.get_app_configs()
        if config.name.startswith("enishi.") and config.label != "core"
    ]


def test_other_apps_are_entered_by_their_doors() -> None:
    graph = grimp.build_graph("enishi")
    strays = []
    for app in names():
        inside = {m for m in graph.modules if m.startswith(f"enishi.{app}.")}
        for module in inside:
            for importer in graph.find_modules_that_directly_import(module):
                other = importer.split(".")[1]
                if other in (app, "config"):
                    continue
                shelf = module.split(".")[2]
                if shelf not in OPEN:
                    strays.append(f"{importer} → {module}")
    assert sorted(strays) == []
