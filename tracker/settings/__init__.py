"""Settings of every kind of installation, told apart by the environment alone.

Every variable is described in docs/operations.md.
"""

from pathlib import Path

from .browser import *
from .environment import *
from .interface import *
from .jobs import *
from .log import *
from .outside import *
from .people import *

# --- what is installed -------------------------------------------------------------------------

INSTALLED_APPS = [
    "axes",
    "django.contrib.contenttypes",
    "django.contrib.auth",
    "django.contrib.sessions",
    "django.contrib.messages",
    "django.contrib.staticfiles",
    "csp",
    "django_celery_beat",
    "django_filters",
    "django_htmx",
    "drf_spectacular",
    "drf_spectacular_sidecar",
    "rest_framework",
    "accounts",
    "tracker",
]
MIDDLEWARE = [
    # The headers stand outside everything, so that errors and redirects carry them too.
    "csp.middleware.CSPMiddleware",
    "django_permissions_policy.PermissionsPolicyMiddleware",
    "tracker.web.headers.no_store",
    "django.middleware.security.SecurityMiddleware",
    "whitenoise.middleware.WhiteNoiseMiddleware",
    "django.contrib.sessions.middleware.SessionMiddleware",
    "django.middleware.common.CommonMiddleware",
    "django.middleware.csrf.CsrfViewMiddleware",
    "django.contrib.auth.middleware.AuthenticationMiddleware",
    "django.contrib.auth.middleware.LoginRequiredMiddleware",
    "tracker.web.people.own_password.OwnPasswordFirst",
    "django.contrib.messages.middleware.MessageMiddleware",
    "django.middleware.clickjacking.XFrameOptionsMiddleware",
    "django_htmx.middleware.HtmxMiddleware",
    "tracker.web.once.middleware",
    "tracker.web.doors.Doors",
    "tracker.web.errors.spoken",
    # Last, as its makers ask: it turns a locked sign-in into its answer.
    "axes.middleware.AxesMiddleware",
]
ROOT_URLCONF = "tracker.urls"
WSGI_APPLICATION = "tracker.wsgi.application"
CSRF_FAILURE_VIEW = "tracker.web.errors.csrf_failure"
# A double click drops the first answer and the cookie in it; what it said must not go with it.
MESSAGE_STORAGE = "django.contrib.messages.storage.session.SessionStorage"
TEMPLATES = [
    {
        "BACKEND": "django.template.backends.django.DjangoTemplates",
        "DIRS": [BASE_DIR / "templates"],
        "APP_DIRS": True,
        "OPTIONS": {
            "context_processors": [
                "django.template.context_processors.request",
                "django.contrib.auth.context_processors.auth",
                "django.contrib.messages.context_processors.messages",
                "tracker.web.context.frame",
            ]
        },
    }
]

# --- database ----------------------------------------------------------------------------------

DATABASES = {"default": env.db_url("SHIJI_DATABASE", default=f"sqlite:///{DATA / 'shiji.sqlite3'}")}
if DATABASES["default"]["ENGINE"].endswith("sqlite3"):
    DATABASES["default"]["OPTIONS"] = {
        # A transaction that reads first and writes later must not find the database changed.
        "transaction_mode": "IMMEDIATE",
        "timeout": 20,
        "init_command": "PRAGMA journal_mode=WAL; PRAGMA foreign_keys=ON;",
    }
else:
    DATABASES["default"] |= {"CONN_MAX_AGE": 60, "CONN_HEALTH_CHECKS": True}
DEFAULT_AUTO_FIELD = "django.db.models.BigAutoField"
CACHES = {"default": env.cache_url("SHIJI_CACHE", default="locmemcache://")}

# --- the demonstration and `manage.py serve` ---------------------------------------------------

ADDRESS = env("SHIJI_ADDRESS", default="127.0.0.1:8000")
# Public on purpose: production refuses a database with the demonstration.
DEMO_PASSWORD = "shiji-yanshi-2026"  # noqa: S105

# --- files and uploads -------------------------------------------------------------------------

STATIC_URL = "/static/"
STORAGES = {
    "default": {"BACKEND": "django.core.files.storage.FileSystemStorage"},
    "staticfiles": {"BACKEND": "whitenoise.storage.CompressedManifestStaticFilesStorage"},
}
FILE_UPLOAD_PERMISSIONS = 0o600
FILE_UPLOAD_DIRECTORY_PERMISSIONS = 0o700
# One form may hold 200 indicators for 16 counties, with note and qualifier beside each value.
DATA_UPLOAD_MAX_NUMBER_FIELDS = 20_000
DATA_UPLOAD_MAX_MEMORY_SIZE = 5 * 1024 * 1024
DATA_UPLOAD_MAX_NUMBER_FILES = 50
UPLOAD_LIMIT = 20 * 1024 * 1024

# The office's own fonts, taken before those that come with the product.
FONTS = tuple(Path(folder) for folder in env.list("SHIJI_FONTS", default=[]))

# --- language and time -------------------------------------------------------------------------

LANGUAGE_CODE = "zh-hans"
LANGUAGES = [("zh-hans", "简体中文")]
USE_I18N = True
USE_TZ = True
FILTERS_EMPTY_CHOICE_LABEL = "全部"
