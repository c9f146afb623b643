"""Django's settings, all of them from the table in `env.py`."""

from __future__ import annotations

from pathlib import Path
from typing import Any
from urllib.parse import unquote, urlsplit

import dj_database_url
from csp.constants import NONE, SELF
from django.contrib.messages import constants as messages
from django.core.exceptions import ImproperlyConfigured

from enishi.config import env

CONFIG = env.read()
DATA: Path = CONFIG["ENISHI_DATA"]
SECRET_KEY = env.secret_key(DATA, CONFIG["ENISHI_SECRET_KEY"])
DEBUG: bool = CONFIG["ENISHI_DEBUG"]

ORIGIN: str = CONFIG["ENISHI_ORIGIN"].rstrip("/")
_origin = urlsplit(ORIGIN)
_hosts_here = {"127.0.0.1", "localhost", "::1"}
if DEBUG and _origin.hostname not in _hosts_here:
    raise ImproperlyConfigured("ENISHI_DEBUG is on, but ENISHI_ORIGIN is not this machine. Switch ENISHI_DEBUG off.")
if len(SECRET_KEY) < 50:
    raise ImproperlyConfigured("ENISHI_SECRET_KEY is shorter than 50 characters. Give a longer one, or none.")
ALLOWED_HOSTS = [_origin.hostname or ""]
CSRF_TRUSTED_ORIGINS = [ORIGIN]
TRUSTED_PROXIES: int = CONFIG["ENISHI_TRUSTED_PROXIES"]

INSTALLED_APPS = [
    "enishi.core",
    "enishi.accounts",
    "enishi.members",
    "enishi.events",
    "enishi.feedback",
    "enishi.publishing",
    "enishi.office",
    "django.contrib.auth",
    "django.contrib.contenttypes",
    "django.contrib.sessions",
    "django.contrib.messages",
    "django.contrib.staticfiles",
    "allauth",
    "allauth.account",
    "allauth.mfa",
    "csp",
    "django_htmx",
]

MIDDLEWARE = [
    "enishi.core.middleware.RequestNumber",
    "django.middleware.security.SecurityMiddleware",
    "whitenoise.middleware.WhiteNoiseMiddleware",
    "csp.middleware.CSPMiddleware",
    "enishi.core.middleware.Headers",
    "django.contrib.sessions.middleware.SessionMiddleware",
    "django.middleware.common.CommonMiddleware",
    "django.middleware.csrf.CsrfViewMiddleware",
    "django.contrib.auth.middleware.AuthenticationMiddleware",
    "enishi.accounts.middleware.ReaderPreferences",
    "enishi.accounts.middleware.BeforeSetUp",
    "django.contrib.messages.middleware.MessageMiddleware",
    "django.middleware.clickjacking.XFrameOptionsMiddleware",
    "allauth.account.middleware.AccountMiddleware",
    "django_htmx.middleware.HtmxMiddleware",
    "enishi.accounts.middleware.SecondFactorForRoles",
]

FORM_RENDERER = "enishi.core.inputs.Inputs"

ROOT_URLCONF = "enishi.config.urls"
ASGI_APPLICATION = "enishi.config.asgi.application"
WSGI_APPLICATION = "enishi.config.wsgi.application"

TEMPLATES = [
    {
        "BACKEND": "django.template.backends.django.DjangoTemplates",
        "OPTIONS": {
            # Partials are set up here: the library's own AppConfig would load Django's admin at every start.
            "loaders": [
                (
                    "template_partials.loader.Loader",
                    [
                        (
                            "django.template.loaders.cached.Loader",
                            ["django.template.loaders.app_directories.Loader"],
                        )
                    ],
                )
            ],
            "libraries": {"partials": "template_partials.templatetags.partials"},
            "context_processors": [
                "django.template.context_processors.request",
                "django.contrib.auth.context_processors.auth",
                "django.contrib.messages.context_processors.messages",
                "django.template.context_processors.i18n",
                "enishi.core.context.page",
            ],
            "builtins": [
                "enishi.core.templatetags.enishi",
                "django.templatetags.i18n",
                "django.templatetags.static",
            ],
        },
    }
]

SQLITE: dict[str, Any] = {
    "ENGINE": "django.db.backends.sqlite3",
    "CONN_MAX_AGE": None,
    "OPTIONS": {
        # IMMEDIATE takes the writer's place at BEGIN, so that two sign-ups queue instead of failing midway;
        # FULL keeps an acknowledged act through a power cut; what is deleted is written over with zeros.
        "transaction_mode": "IMMEDIATE",
        "timeout": 20,
        "init_command": "PRAGMA journal_mode=WAL; PRAGMA synchronous=FULL; PRAGMA secure_delete=ON;",
    },
}
DATABASES: dict[str, Any]
if CONFIG["ENISHI_DATABASE_URL"]:
    DATABASES = {
        # Under ASGI each request has a thread of its own: a connection kept longer would be one more beside the next one's,
        # and sixty visitors would use up a server's hundred.
        "default": dj_database_url.parse(CONFIG["ENISHI_DATABASE_URL"], conn_max_age=0)
    }
else:
    DATA.mkdir(parents=True, exist_ok=True)  # SQLite makes its file, not the folder
    DATABASES = {"default": SQLITE | {"NAME": str(DATA / "enishi.sqlite3")}}
DEFAULT_AUTO_FIELD = "django.db.models.BigAutoField"

AUTH_USER_MODEL = "accounts.User"
AUTHENTICATION_BACKENDS = ["enishi.accounts.backends.SignedInBackend"]
LOGIN_URL = "accounts:sign-in"
LOGIN_REDIRECT_URL = "/"
SESSION_ENGINE = "enishi.core.sessions"
SESSION_COOKIE_AGE = 60 * 60 * 24 * 30
SESSION_COOKIE_NAME = "enishi_session"
CSRF_COOKIE_NAME = "enishi_csrf"
SESSION_COOKIE_SAMESITE = CSRF_COOKIE_SAMESITE = "Lax"
CSRF_COOKIE_HTTPONLY = True
CSRF_FAILURE_VIEW = "enishi.core.errors.csrf_failure"

# django-allauth serves the second factor alone: its sign-in, sign-up and password pages are not mounted.
ACCOUNT_ADAPTER = "enishi.accounts.adapters.AccountAdapter"
ACCOUNT_USER_MODEL_USERNAME_FIELD = None
ACCOUNT_LOGIN_METHODS = {"email"}
ACCOUNT_SIGNUP_FIELDS = ["email*"]
ACCOUNT_EMAIL_VERIFICATION = "none"
ACCOUNT_REAUTHENTICATION_TIMEOUT = 900
MFA_ADAPTER = "enishi.accounts.adapters.SecondFactorAdapter"
MFA_SUPPORTED_TYPES = ["totp", "recovery_codes"]
MFA_TOTP_ISSUER = "Enishi"
MFA_TOTP_TOLERANCE = 1  # one step of 30 s either side, for a phone whose clock is off (RFC 6238, 5.2)
MFA_FORMS = {
    "authenticate": "enishi.accounts.forms.second_factor.AuthenticateForm",
    "reauthenticate": "enishi.accounts.forms.second_factor.ReauthenticateForm",
    "activate_totp": "enishi.accounts.forms.second_factor.ActivateForm",
}
ACCOUNT_RATE_LIMITS = False  # core.limits counts in the database, over any number of processes

MESSAGE_TAGS = {messages.SUCCESS: "ok", messages.WARNING: "warn", messages.ERROR: "danger"}

LANGUAGE_CODE = "ja"
LANGUAGES = [("ja", "日本語"), ("en", "English")]  # each in its own words, whoever reads
LANGUAGE_COOKIE_NAME = "enishi_language"
TIME_ZONE = "UTC"
USE_I18N = USE_TZ = True

STATIC_URL = "static/"
STATIC_ROOT = DATA / "static"
STATICFILES_FINDERS = ["enishi.core.staticfiles.OurApps"]
STORAGES = {
    "default": {"BACKEND": "django.core.files.storage.FileSystemStorage"},
    "staticfiles": {"BACKEND": "enishi.core.staticfiles.HashedStaticFiles"},
}
WHITENOISE_MAX_AGE = 3600

CONTENT_SECURITY_POLICY = {
    "DIRECTIVES": {
        "default-src": [NONE],
        "script-src": [SELF],
        "style-src": [SELF],
        "img-src": [SELF, "data:"],
        "font-src": [SELF],
        "connect-src": [SELF],
        "manifest-src": [SELF],
        "form-action": [SELF],
        "base-uri": [NONE],
        "object-src": [NONE],
        "frame-ancestors": [NONE],
    }
}
# Nothing leaves for another site. Not "no-referrer": with it a browser sends "Origin: null" with every form of our own,
# and the forgery check refuses it (decision 0010).
SECURE_REFERRER_POLICY = "same-origin"
SECURE_CROSS_ORIGIN_OPENER_POLICY = "same-origin"
X_FRAME_OPTIONS = "DENY"
if CONFIG["ENISHI_HTTPS"]:
    SECURE_SSL_REDIRECT = True
    SECURE_HSTS_SECONDS = 60 * 60 * 24 * 365
    SECURE_HSTS_INCLUDE_SUBDOMAINS = SECURE_HSTS_PRELOAD = True
    SESSION_COOKIE_SECURE = CSRF_COOKIE_SECURE = True
    if TRUSTED_PROXIES:
        SECURE_PROXY_SSL_HEADER = ("HTTP_X_FORWARDED_PROTO", "https")

DEFAULT_FROM_EMAIL = SERVER_EMAIL = CONFIG["ENISHI_MAIL_FROM"]
MAIL_PER_SECOND: int = CONFIG["ENISHI_MAIL_PER_SECOND"]
EMAIL_TIMEOUT = 20
SMTP_URL: str = CONFIG["ENISHI_SMTP_URL"]
if SMTP_URL:
    _smtp = urlsplit(SMTP_URL)
    EMAIL_BACKEND = "django.core.mail.backends.smtp.EmailBackend"
    EMAIL_HOST = _smtp.hostname
    EMAIL_PORT = _smtp.port or (465 if _smtp.scheme == "smtps" else 587)
    EMAIL_HOST_USER = unquote(_smtp.username or "")
    EMAIL_HOST_PASSWORD = unquote(_smtp.password or "")
    EMAIL_USE_SSL = _smtp.scheme == "smtps"
    EMAIL_USE_TLS = _smtp.scheme == "smtp" and bool(EMAIL_HOST_USER)

# Uploads: a roster of 100,000 rows is about 20 MB; text fields stay far below.
DATA_UPLOAD_MAX_MEMORY_SIZE = 2 * 1024 * 1024
FILE_UPLOAD_MAX_MEMORY_SIZE = 2 * 1024 * 1024
DATA_UPLOAD_MAX_NUMBER_FIELDS = 2000

LOGGING = {
    "version": 1,
    "disable_existing_loggers": False,
    "formatters": {"line": {"()": "enishi.core.logs.OneLine"}},
    "handlers": {"console": {"class": "logging.StreamHandler", "formatter": "line"}},
    "root": {"handlers": ["console"], "level": "INFO"},
    "loggers": {
        "django": {"handlers": ["console"], "level": "INFO", "propagate": False},
        "django.request": {"level": "ERROR"},
        "django.security.DisallowedHost": {"handlers": [], "propagate": False},
    },
}
SILENCED_SYSTEM_CHECKS: list[str] = []
