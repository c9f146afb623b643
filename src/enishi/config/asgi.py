"""The server's door."""

import gc
import os
import warnings

# WhiteNoise hands Django a file as a synchronous iterator; Django reads it in a thread and says so for each file.
warnings.filterwarnings("ignore", message="StreamingHttpResponse must consume synchronous iterators")

os.environ.setdefault("DJANGO_SETTINGS_MODULE", "enishi.config.settings")

from django.core.asgi import get_asgi_application  # noqa: E402

application = get_asgi_application()

# What is loaded by now stays: the collector need not walk through it again.
gc.freeze()
gc.enable()
