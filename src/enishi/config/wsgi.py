"""The same door for a WSGI server."""

import os

os.environ.setdefault("DJANGO_SETTINGS_MODULE", "enishi.config.settings")

from django.core.wsgi import get_wsgi_application

application = get_wsgi_application()
