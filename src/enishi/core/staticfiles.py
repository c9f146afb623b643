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
