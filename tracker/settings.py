"""Settings of every kind of installation, told apart by the environment alone.

Every variable is described in docs/operations.md.
"""

import ipaddress
import os
import secrets
import socket
from datetime import timedelta
from pathlib import Path

import environ
import structlog
from csp.constants import NONE, SELF
from django.core.exceptions import ImproperlyConfigured

BASE_DIR = Path(__file__).resolve().parent.parent
env = environ.Env()

PRODUCTION = env.bool("SHIJI_PRODUCTION", default=False)
DEBUG = env.bool("SHIJI_DEBUG", default=False)
if PRODUCTION and DEBUG:
    raise ImproperlyConfigured("SHIJI_DEBUG shows source code to visitors: unset it in production.")

# --- var/: the database, the files and the secret of the embedded default ---------------------

DATA = Path(env("SHIJI_DATA", default=str(BASE_DIR / "var"))).resolve()
STATIC_ROOT = DATA / "static"
MEDIA_ROOT = DATA / "files"
for folder in (DATA, STATIC_ROOT, MEDIA_ROOT):
    folder.mkdir(mode=0o700, parents=True, exist_ok=True)


def secret_of(folder):
    """The secret kept in `folder`; the first process to ask makes it, readable by its owner alone."""
    path = folder / "secret"
    if not path.exists() and not PRODUCTION:
        draft = folder / f"secret.{os.getpid()}"
        draft.touch(mode=0o600)
        draft.write_text(secrets.token_urlsafe(64))
        # A link fails where another process was quicker, and its secret then stands.
        try:
            path.hardlink_to(draft)
        except FileExistsError:
            pass
        finally:
            draft.unlink()
    return path.read_text().strip() if path.exists() else ""


SECRET_KEY = env("SHIJI_SECRET", default="") or secret_of(DATA)
# Several machines must share one secret, so production never makes one up.
if PRODUCTION and (len(SECRET_KEY) < 50 or SECRET_KEY.startswith(("django-insecure", "change"))):
    raise ImproperlyConfigured("Set SHIJI_SECRET to 50 random characters or more.")

# --- what is installed ------------------------------------------------------------------------

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

# --- database ---------------------------------------------------------------------------------

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

# --- people -----------------------------------------------------------------------------------

AUTH_USER_MODEL = "accounts.User"
PASSWORD_HASHERS = [
    "django.contrib.auth.hashers.Argon2PasswordHasher",
    "django.contrib.auth.hashers.PBKDF2PasswordHasher",
]
AUTH_PASSWORD_VALIDATORS = [
    {
        "NAME": "django.contrib.auth.password_validation.UserAttributeSimilarityValidator",
        "OPTIONS": {"user_attributes": ["username", "name", "phone"]},
    },
    {
        "NAME": "accounts.passwords.LongEnough",
        "OPTIONS": {"min_length": 12},
    },
    {"NAME": "django.contrib.auth.password_validation.CommonPasswordValidator"},
    {"NAME": "django.contrib.auth.password_validation.NumericPasswordValidator"},
]
AUTHENTICATION_BACKENDS = [
    "axes.backends.AxesStandaloneBackend",
    "django.contrib.auth.backends.ModelBackend",
]
LOGIN_URL = "sign-in"
LOGIN_REDIRECT_URL = "home"
# Five failures lock a user name for half an hour, whether or not it exists (GB/T 22239-2019
# 8.1.4.1). Counted by name alone: guesses from many addresses are guesses all the same.
AXES_FAILURE_LIMIT = 5
AXES_COOLOFF_TIME = timedelta(minutes=30)
AXES_RESET_COOL_OFF_ON_FAILURE_DURING_LOCKOUT = False
AXES_RESET_ON_SUCCESS = True
AXES_LOCKOUT_PARAMETERS = ["username"]
AXES_USERNAME_CALLABLE = "accounts.signin.name_typed"
AXES_LOCKOUT_CALLABLE = "tracker.web.people.signing.locked"
AXES_DISABLE_ACCESS_LOG = True
AXES_VERBOSE = False
# Half an hour without a request, and never longer than the browser stays open.
SESSION_COOKIE_AGE = 30 * 60
SESSION_SAVE_EVERY_REQUEST = True
SESSION_EXPIRE_AT_BROWSER_CLOSE = True

# --- what the browser is told -----------------------------------------------------------------

ALLOWED_HOSTS = env.list(
    "SHIJI_HOSTS",
    default=[] if PRODUCTION else ["localhost", "127.0.0.1", "[::1]", socket.gethostname()],
)
if PRODUCTION and not ALLOWED_HOSTS:
    raise ImproperlyConfigured("Set SHIJI_HOSTS to the names under which the site is reached.")
CONTENT_SECURITY_POLICY = {
    "DIRECTIVES": {
        "default-src": [NONE],
        "script-src": [SELF],
        "style-src": [SELF],
        "font-src": [SELF],
        "connect-src": [SELF],
        # The icons of the interface's style sheet are data addresses.
        "img-src": [SELF, "data:"],
        "manifest-src": [SELF],
        "form-action": [SELF],
        "base-uri": [NONE],
        "object-src": [NONE],
        "frame-ancestors": [NONE],
    }
}
PERMISSIONS_POLICY = {
    name: []
    for name in (
        "accelerometer",
        "camera",
        "display-capture",
        "geolocation",
        "gyroscope",
        "magnetometer",
        "microphone",
        "midi",
        "payment",
        "usb",
    )
}
X_FRAME_OPTIONS = "DENY"
SECURE_CONTENT_TYPE_NOSNIFF = True
SECURE_REFERRER_POLICY = "same-origin"
SECURE_CROSS_ORIGIN_OPENER_POLICY = "same-origin"
SESSION_COOKIE_HTTPONLY = CSRF_COOKIE_HTTPONLY = True
SESSION_COOKIE_SAMESITE = CSRF_COOKIE_SAMESITE = "Lax"
SESSION_COOKIE_SECURE = CSRF_COOKIE_SECURE = SECURE_SSL_REDIRECT = PRODUCTION
SECURE_HSTS_SECONDS = 365 * 24 * 60 * 60 if PRODUCTION else 0
SECURE_HSTS_INCLUDE_SUBDOMAINS = PRODUCTION
# The monitor on the machine itself asks without TLS.
SECURE_REDIRECT_EXEMPT = [r"^health/$"]
if env.bool("SHIJI_PROXY", default=False):
    SECURE_PROXY_SSL_HEADER = ("HTTP_X_FORWARDED_PROTO", "https")
# W021: whether browsers ship the name with HSTS is the owner's decision, and hard to take back.
# axes.W006: failures of one name are added up over all addresses and browsers, so rotating them
# wins nothing; a test shows it.
SILENCED_SYSTEM_CHECKS = ["security.W021", "axes.W006"]

# --- where `manage.py serve` listens, and the password that it shows for the demonstration ------

ADDRESS = env("SHIJI_ADDRESS", default="127.0.0.1:8000")
# Public on purpose: production refuses a database with the demonstration.
DEMO_PASSWORD = "shiji-yanshi-2026"  # noqa: S105

# --- files and uploads ------------------------------------------------------------------------

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

# --- language and time ------------------------------------------------------------------------

LANGUAGE_CODE = "zh-hans"
LANGUAGES = [("zh-hans", "简体中文")]
TIME_ZONE = "Asia/Shanghai"
USE_I18N = True
USE_TZ = True
FILTERS_EMPTY_CHOICE_LABEL = "全部"

# --- jobs -------------------------------------------------------------------------------------

# In-process means that the worker runs the job rows itself; nothing is ever sent over it.
IN_PROCESS = "memory://"
CELERY_BROKER_URL = env("SHIJI_BROKER", default=IN_PROCESS)
if PRODUCTION and CELERY_BROKER_URL == IN_PROCESS:
    raise ImproperlyConfigured("Set SHIJI_BROKER to redis:// or amqp:// in production.")
if CELERY_BROKER_URL.startswith("amqp"):
    # A wake-up is confirmed by the broker and kept by a majority of its machines.
    CELERY_TASK_DEFAULT_QUEUE_TYPE = "quorum"
    CELERY_BROKER_TRANSPORT_OPTIONS = {"confirm_publish": True}
CELERY_TIMEZONE = TIME_ZONE
CELERY_IMPORTS = ["tracker.tasks"]
CELERY_TASK_SERIALIZER = "json"
CELERY_ACCEPT_CONTENT = ["json"]
CELERY_TASK_IGNORE_RESULT = True
CELERY_RESULT_EXPIRES = None
CELERY_TASK_ACKS_LATE = True
CELERY_TASK_REJECT_ON_WORKER_LOST = True
CELERY_TASK_TIME_LIMIT = 15 * 60
CELERY_WORKER_PREFETCH_MULTIPLIER = 1
CELERY_WORKER_CANCEL_LONG_RUNNING_TASKS_ON_CONNECTION_LOSS = True
CELERY_WORKER_HIJACK_ROOT_LOGGER = False
CELERY_BROKER_CONNECTION_RETRY_ON_STARTUP = True
CELERY_BROKER_CONNECTION_TIMEOUT = 3
DJANGO_CELERY_BEAT_TZ_AWARE = True

# --- mail, interface for programs, log --------------------------------------------------------

vars().update(env.email_url("SHIJI_MAIL", default="dummymail://"))
DEFAULT_FROM_EMAIL = env("SHIJI_MAIL_FROM", default="shiji@localhost")
EMAIL_TIMEOUT = 10
# The site's own address in messages that leave it; without one they carry no link.
SITE_URL = env("SHIJI_URL", default="")
# Chat robots are reached at these hosts only ("host" or "host:port"), and at inner addresses only
# where a network is let in.
ROBOT_HOSTS = frozenset(
    env.list(
        "SHIJI_ROBOT_HOSTS",
        default=["qyapi.weixin.qq.com", "oapi.dingtalk.com", "open.feishu.cn"],
    )
)
ROBOT_NETWORKS = [
    ipaddress.ip_network(network) for network in env.list("SHIJI_ROBOT_NETWORKS", default=[])
]

# A language model may propose wordings: off without an address. Its host has to be among those above.
POLISH_URL = env("SHIJI_POLISH_URL", default="")
POLISH_MODEL = env("SHIJI_POLISH_MODEL", default="")
POLISH_KEY = env("SHIJI_POLISH_KEY", default="")

REST_FRAMEWORK = {
    # The token stands first: its scheme is what a stranger is told with 401.
    "DEFAULT_AUTHENTICATION_CLASSES": [
        "tracker.api.authentication.TokenAuthentication",
        "rest_framework.authentication.SessionAuthentication",
    ],
    "DEFAULT_PERMISSION_CLASSES": [
        "rest_framework.permissions.IsAuthenticated",
        "tracker.api.authentication.TokenMayAct",
    ],
    "DEFAULT_RENDERER_CLASSES": ["rest_framework.renderers.JSONRenderer"],
    "DEFAULT_PARSER_CLASSES": ["rest_framework.parsers.JSONParser"],
    "DEFAULT_FILTER_BACKENDS": ["django_filters.rest_framework.DjangoFilterBackend"],
    "DEFAULT_PAGINATION_CLASS": "tracker.api.paging.Pages",
    "DEFAULT_THROTTLE_CLASSES": [
        "rest_framework.throttling.AnonRateThrottle",
        "rest_framework.throttling.UserRateThrottle",
    ],
    "DEFAULT_THROTTLE_RATES": {
        "anon": env("SHIJI_API_RATE_ANON", default="60/min"),
        "user": env("SHIJI_API_RATE", default="600/min"),
    },
    "EXCEPTION_HANDLER": "tracker.api.errors.answer",
    "DEFAULT_SCHEMA_CLASS": "drf_spectacular.openapi.AutoSchema",
    "TEST_REQUEST_DEFAULT_FORMAT": "json",
}
SPECTACULAR_SETTINGS = {
    "TITLE": "实绩",
    "DESCRIPTION": "目录、报送、已核定数据和发布材料；填报、审签、核定与页面走同一道关。",
    "VERSION": "1",
    "SERVE_INCLUDE_SCHEMA": False,
    "SCHEMA_PATH_PREFIX": r"/api/v1",
    "POSTPROCESSING_HOOKS": [
        "drf_spectacular.hooks.postprocess_schema_enums",
        "tracker.api.document.with_refusals",
    ],
    "ENUM_NAME_OVERRIDES": {
        "SubmissionStatusEnum": "tracker.submissions.models.Status",
        "ReleaseStatusEnum": "tracker.releases.models.Status",
        "SaidEnum": "tracker.catalogue.models.Said",
        "EntryModeEnum": "tracker.catalogue.models.EntryMode",
        "PassageKindEnum": "tracker.ledger.models.PassageKind",
        "TargetKindEnum": "tracker.catalogue.models.Target.Kind",
        "VersionKindEnum": "tracker.releases.models.Version.Kind",
    },
    "SERVE_PERMISSIONS": ["rest_framework.permissions.IsAuthenticated"],
    "SWAGGER_UI_DIST": "SIDECAR",
    "SWAGGER_UI_FAVICON_HREF": "SIDECAR",
}

LOG_STEPS = [
    structlog.contextvars.merge_contextvars,
    structlog.stdlib.add_log_level,
    structlog.stdlib.add_logger_name,
    structlog.processors.TimeStamper(fmt="iso"),
    structlog.processors.format_exc_info,
]
structlog.configure(
    processors=[*LOG_STEPS, structlog.stdlib.ProcessorFormatter.wrap_for_formatter],
    logger_factory=structlog.stdlib.LoggerFactory(),
    cache_logger_on_first_use=True,
)
LOGGING = {
    "version": 1,
    "disable_existing_loggers": False,
    "formatters": {
        "lines": {
            "()": structlog.stdlib.ProcessorFormatter,
            "foreign_pre_chain": LOG_STEPS,
            "processors": [
                structlog.stdlib.ProcessorFormatter.remove_processors_meta,
                structlog.processors.JSONRenderer(ensure_ascii=False)
                if PRODUCTION
                else structlog.processors.KeyValueRenderer(
                    key_order=["timestamp", "level", "event"]
                ),
            ],
        }
    },
    "handlers": {"console": {"class": "logging.StreamHandler", "formatter": "lines"}},
    "root": {
        "handlers": ["console"],
        "level": env("SHIJI_LOG", default="INFO" if PRODUCTION else "WARNING"),
    },
    "loggers": {"django": {"handlers": [], "propagate": True}},
}
