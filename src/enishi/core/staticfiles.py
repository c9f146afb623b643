"""Static files of our own apps, with a hash in their name, ES modules' imports rewritten with them."""

from typing import Any

from django.apps import apps
from django.contrib.staticfiles.finders import AppDirectoriesFinder
from whitenoise.storage import CompressedManifestStaticFilesStorage


class OurApps(AppDirectoriesFinder):
    """Libraries bring scripts that no page of ours loads; they stay where they are."""

    def __init__(self, app_names: Any = None, *args: Any, **kwargs: Any) -> None:
        ours = {each.name for each in apps.get_app_configs() if each.name.startswith("enishi.")}
        super().__init__(ours if app_names is None else ours & set(app_names), *args, **kwargs)


class HashedStaticFiles(CompressedManifestStaticFilesStorage):
    support_js_module_import_aggregation = True

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self._addresses: dict[tuple[str | None, bool], str] = {}

    def url(self, name: str | None, force: bool = False) -> str:
        """Asked two dozen times a page (each icon), and the same as long as the process runs."""
        if (name, force) not in self._addresses:
            self._addresses[name, force] = super().url(name, force)
        return self._addresses[name, force]
