"""Settings for the tests: a fixed key, quick hashing of nothing, plain static files, a data folder of their own."""

from __future__ import annotations

import os
import tempfile

os.environ.setdefault("ENISHI_DATA", tempfile.mkdtemp(prefix="enishi-test-"))
os.environ.setdefault("ENISHI_SECRET_KEY", "a-key-for-tests-only-" + "x" * 40)
os.environ["ENISHI_ORIGIN"] = "http://testserver"

from enishi.config.settings import *  # noqa: F403
from enishi.config.settings import DATABASES, STORAGES

ALLOWED_HOSTS = ["testserver", "127.0.0.1", "localhost"]
STORAGES["staticfiles"] = {"BACKEND": "django.contrib.staticfiles.storage.StaticFilesStorage"}
WHITENOISE_AUTOREFRESH = True
EMAIL_BACKEND = "django.core.mail.backends.locmem.EmailBackend"
if DATABASES["default"]["ENGINE"].endswith("sqlite3"):
    # A file, not memory: the tests of races open it from several threads and processes.
    DATABASES["default"]["TEST"] = {"NAME": str(DATABASES["default"]["NAME"]) + ".test"}
    # The suite measures rules, not discs; the one test of durability sets FULL again.
    DATABASES["default"]["OPTIONS"] = {
        **DATABASES["default"]["OPTIONS"],
        "init_command": "PRAGMA journal_mode=WAL; PRAGMA synchronous=OFF;",
    }
