"""Every setting of the desk, typed, read from the environment once; a wrong value stops the start with one line.

`FACTCHECK_LOCAL=1` is one machine serving itself over plain HTTP on loopback (`manage.py run` sets it). Without it the
settings are those of a server behind HTTPS, and SECRET_KEY, ALLOWED_HOSTS, DATABASE_URL and REDIS_URL must be given.
"""

from pathlib import Path

import dj_database_url
import pghistory
from csp.constants import NONE, SELF
from django.core.exceptions import ImproperlyConfigured
from django.utils.translation import gettext_lazy as _
from environs import Env

BASE_DIR = Path(__file__).resolve().parent.parent

env = Env()

DEBUG = env.bool("DEBUG", False)
LOCAL = env.bool("FACTCHECK_LOCAL", False)
DATABASE_URL = env.str("DATABASE_URL", "")
REDIS_URL = env.str("REDIS_URL", "")
KEY_PREFIX = env.str("FACTCHECK_KEY_PREFIX", "factcheck")

# Commands that need no server (extract, makemigrations, check) run without these; the first connection says what is missing.
KEY_WITHOUT_A_SERVER = "only-for-commands-that-serve-nobody"
SECRET_KEY = env.str("SECRET_KEY", "") or (KEY_WITHOUT_A_SERVER if not REDIS_URL else "")
if not SECRET_KEY:
    raise ImproperlyConfigured(
        "SECRET_KEY is not set. Give it a long random value; every web and worker host needs the same."
    )
SECRET_KEY_FALLBACKS = env.list("SECRET_KEY_FALLBACKS", [])
ALLOWED_HOSTS = env.list("ALLOWED_HOSTS", ["127.0.0.1", "localhost", "[::1]"] if LOCAL or DEBUG else [])
CSRF_TRUSTED_ORIGINS = env.list("CSRF_TRUSTED_ORIGINS", [])

INSTALLED_APPS = [
    "factcheck.desk",
    "factcheck.accounts",
    "factcheck.sources",
    "factcheck.articles",
    "factcheck.fetching",
    "factcheck.figures",
    "factcheck.claims",
    "factcheck.verdicts",
    "factcheck.reports",
    "factcheck.intake",
    "factcheck.feeds",
    "factcheck.api",
    "factcheck.demo",
    "factcheck.desk.adminconfig.DeskAdminConfig",
    "django.contrib.auth",
    "django.contrib.contenttypes",
    "django.contrib.sessions",
    "django.contrib.messages",
    "django.contrib.staticfiles",
    "django.contrib.postgres",
    "django_htmx",
    "template_partials",
    "axes",
    "csp",
    "pgtrigger",
    "pghistory",
]

MIDDLEWARE = [
    "factcheck.desk.middleware.RequestLogMiddleware",
    "factcheck.desk.middleware.SizeLimitMiddleware",
    "django.middleware.security.SecurityMiddleware",
    "whitenoise.middleware.WhiteNoiseMiddleware",
    "csp.middleware.CSPMiddleware",
    "django.contrib.sessions.middleware.SessionMiddleware",
    "django.middleware.locale.LocaleMiddleware",
    "django.middleware.common.CommonMiddleware",
    "django.middleware.csrf.CsrfViewMiddleware",
    "django.contrib.auth.middleware.AuthenticationMiddleware",
    "django.contrib.auth.middleware.LoginRequiredMiddleware",
    "django.contrib.messages.middleware.MessageMiddleware",
    "django.middleware.clickjacking.XFrameOptionsMiddleware",
    "django_htmx.middleware.HtmxMiddleware",
    "factcheck.desk.middleware.DeskMiddleware",
    "axes.middleware.AxesMiddleware",
]

ROOT_URLCONF = "factcheck.urls"
WSGI_APPLICATION = "factcheck.wsgi.application"

TEMPLATES = [
    {
        "BACKEND": "django.template.backends.django.DjangoTemplates",
        "DIRS": [BASE_DIR / "templates"],
        "APP_DIRS": True,
        "OPTIONS": {
            "builtins": ["template_partials.templatetags.partials", "factcheck.desk.templatetags.desk"],
            "context_processors": [
                "django.template.context_processors.request",
                "django.template.context_processors.i18n",
                "django.contrib.auth.context_processors.auth",
                "django.contrib.messages.context_processors.messages",
                "factcheck.desk.context.desk",
            ],
        },
    },
]

# --- Data ---------------------------------------------------------------------------------------------------------

try:
    _database = dj_database_url.parse(
        DATABASE_URL or "postgresql://factcheck@127.0.0.1:5432/factcheck",
        conn_max_age=env.int("DATABASE_CONN_MAX_AGE", 60),
        conn_health_checks=True,
    )
except (ValueError, KeyError) as error:
    raise ImproperlyConfigured(f"DATABASE_URL is not a database address: {error}") from None
if _database["ENGINE"] != "django.db.backends.postgresql":
    raise ImproperlyConfigured(
        "DATABASE_URL must name a PostgreSQL database (postgresql://user:password@host:port/name)."
    )
# The audit trail passes its context in the statement, which server-side binding would refuse.
_database.setdefault("OPTIONS", {})["server_side_binding"] = False
DATABASES = {"default": _database}
# Every change of a tracked row leaves an event, written by the database itself: bulk updates and psql included.
PGHISTORY_DEFAULT_TRACKERS = (pghistory.InsertEvent(), pghistory.UpdateEvent(), pghistory.DeleteEvent())
DEFAULT_AUTO_FIELD = "django.db.models.BigAutoField"

_redis = REDIS_URL or "redis://127.0.0.1:6379/0"
CACHES = {
    "default": {
        "BACKEND": "django.core.cache.backends.redis.RedisCache",
        "LOCATION": _redis,
        "KEY_PREFIX": KEY_PREFIX,
        # Seconds: `/readyz` must answer, whatever the broker does.
        "OPTIONS": {"socket_timeout": 5, "socket_connect_timeout": 5},
    }
}

STORAGES = {
    "default": {"BACKEND": "django.core.files.storage.FileSystemStorage"},
    "staticfiles": {
        "BACKEND": (
            "django.contrib.staticfiles.storage.StaticFilesStorage"
            if DEBUG or env.bool("FACTCHECK_TESTING", False)
            else "whitenoise.storage.CompressedManifestStaticFilesStorage"
        )
    },
}
STATIC_URL = "static/"
STATICFILES_DIRS = [BASE_DIR / "static"]
STATIC_ROOT = env.str("STATIC_ROOT", str(BASE_DIR / "var" / "static"))
MEDIA_ROOT = env.str("MEDIA_ROOT", str(BASE_DIR / "var" / "media"))
WHITENOISE_USE_FINDERS = DEBUG or env.bool("FACTCHECK_TESTING", False)
WHITENOISE_AUTOREFRESH = DEBUG or env.bool("FACTCHECK_TESTING", False)

# --- Jobs ---------------------------------------------------------------------------------------------------------

EXTRACTION_SOFT_LIMIT = env.int("EXTRACTION_SOFT_LIMIT", 300)  # seconds
EXTRACTION_STALLED_AFTER = env.int("EXTRACTION_STALLED_AFTER", 60)  # seconds without a sign of life
EXTRACTION_MAX_ATTEMPTS = env.int("EXTRACTION_MAX_ATTEMPTS", 3)
SWEEP_EVERY = env.int("SWEEP_EVERY", 15)  # seconds
INTAKE_STALLED_AFTER = env.int("INTAKE_STALLED_AFTER", 60)  # seconds without a sign of life
INTAKE_MAX_ATTEMPTS = env.int("INTAKE_MAX_ATTEMPTS", 5)
INTAKE_SOFT_LIMIT = env.int("INTAKE_SOFT_LIMIT", 120)  # seconds
INTAKE_MAX_FILE = env.int("INTAKE_MAX_FILE", 30_000_000)  # bytes
REFETCH_HOURS = env.list(
    "REFETCH_HOURS", [6, 24, 72], subcast=int
)  # after an article came in; empty for never
# An archive outside to hand each new page to, as an address with {url} in it; empty for none.
ARCHIVE_SUBMIT_URL = env.str("ARCHIVE_SUBMIT_URL", "")
FEED_ITEMS_MAX = env.int("FEED_ITEMS_MAX", 500)  # of one poll

CELERY_BROKER_URL = _redis
CELERY_BROKER_TRANSPORT_OPTIONS = {
    # A message not acknowledged for this long is handed to another worker; above the hard limit and the longest backoff.
    "visibility_timeout": EXTRACTION_SOFT_LIMIT * 2 + 600,
    "global_keyprefix": f"{KEY_PREFIX}:",
    "socket_timeout": 10,
    "socket_connect_timeout": 5,
}
CELERY_BROKER_CONNECTION_RETRY_ON_STARTUP = True
CELERY_TASK_SERIALIZER = "json"
CELERY_ACCEPT_CONTENT = ["json"]
CELERY_TASK_IGNORE_RESULT = True
CELERY_TASK_ACKS_LATE = True
CELERY_TASK_REJECT_ON_WORKER_LOST = True
CELERY_WORKER_PREFETCH_MULTIPLIER = 1
CELERY_TASK_SOFT_TIME_LIMIT = EXTRACTION_SOFT_LIMIT
CELERY_TASK_TIME_LIMIT = EXTRACTION_SOFT_LIMIT + 30
CELERY_TASK_PUBLISH_RETRY_POLICY = {
    "max_retries": 2,
    "interval_start": 0.1,
    "interval_step": 0.2,
    "interval_max": 0.5,
}
CELERY_TASK_DEFAULT_QUEUE = "celery"
CELERY_TASK_ROUTES = {
    "claims.extract": {"queue": "extract"},
    "intake.take_in": {"queue": "fetch"},
    "intake.archive": {"queue": "fetch"},
    "feeds.poll": {"queue": "fetch"},
    "feeds.look_up": {"queue": "fetch"},
}
CELERY_WORKER_HIJACK_ROOT_LOGGER = False
CELERY_WORKER_SEND_TASK_EVENTS = False
CELERY_TIMEZONE = "UTC"
CELERY_BEAT_SCHEDULE = {
    "sweep-extractions": {"task": "claims.sweep_extractions", "schedule": SWEEP_EVERY},
    "worker-heartbeat": {"task": "desk.heartbeat", "schedule": 15.0, "options": {"expires": 30}},
    "sweep-intakes": {"task": "intake.sweep", "schedule": SWEEP_EVERY},
    "clear-uploads": {"task": "intake.clear_uploads", "schedule": 6 * 3600.0, "options": {"expires": 3600}},
    "poll-feeds": {"task": "feeds.poll_due", "schedule": SWEEP_EVERY},
    "wake-parked": {"task": "claims.wake_parked", "schedule": 300.0, "options": {"expires": 300}},
}

# --- People -------------------------------------------------------------------------------------------------------

AUTH_USER_MODEL = "accounts.User"
AUTHENTICATION_BACKENDS = ["axes.backends.AxesStandaloneBackend", "django.contrib.auth.backends.ModelBackend"]
AUTH_PASSWORD_VALIDATORS = [
    {"NAME": "django.contrib.auth.password_validation.UserAttributeSimilarityValidator"},
    {"NAME": "django.contrib.auth.password_validation.MinimumLengthValidator", "OPTIONS": {"min_length": 10}},
    {"NAME": "django.contrib.auth.password_validation.CommonPasswordValidator"},
    {"NAME": "django.contrib.auth.password_validation.NumericPasswordValidator"},
]
PASSWORD_HASHERS = (
    ["django.contrib.auth.hashers.MD5PasswordHasher"]
    if env.bool("FACTCHECK_TESTING", False)
    else [
        "django.contrib.auth.hashers.PBKDF2PasswordHasher",
        "django.contrib.auth.hashers.ScryptPasswordHasher",
    ]
)
LOGIN_URL = "accounts:login"
LOGIN_REDIRECT_URL = "queue"
LOGOUT_REDIRECT_URL = "accounts:login"
INVITATION_DAYS = env.int("INVITATION_DAYS", 7)
PASSWORD_RESET_TIMEOUT = 60 * 60 * 24

AXES_FAILURE_LIMIT = env.int("LOGIN_FAILURE_LIMIT", 8)
AXES_COOLOFF_TIME = 0.25  # hours
AXES_LOCKOUT_PARAMETERS = [["username", "ip_address"]]
AXES_LOCKOUT_CALLABLE = "factcheck.accounts.signin.locked_out"
AXES_HTTP_RESPONSE_CODE = 429
AXES_RESET_ON_SUCCESS = True
AXES_ENABLE_ADMIN = False
AXES_IPWARE_PROXY_COUNT = env.int("PROXY_COUNT", 0)
AXES_VERBOSE = False

SESSION_ENGINE = "factcheck.accounts.sessions"
SESSION_COOKIE_AGE = 60 * 60 * 24 * 14
SESSION_COOKIE_HTTPONLY = True
SESSION_COOKIE_SAMESITE = "Lax"

# --- Security -----------------------------------------------------------------------------------------------------

if not (LOCAL or DEBUG):
    SECURE_SSL_REDIRECT = env.bool("SECURE_SSL_REDIRECT", True)
    SECURE_REDIRECT_EXEMPT = [r"^healthz$", r"^readyz$"]
    SESSION_COOKIE_SECURE = True
    CSRF_COOKIE_SECURE = True
    SECURE_HSTS_SECONDS = env.int("SECURE_HSTS_SECONDS", 31536000)
    SECURE_HSTS_INCLUDE_SUBDOMAINS = True
    SECURE_HSTS_PRELOAD = True
    if env.bool("BEHIND_PROXY", False):
        SECURE_PROXY_SSL_HEADER = ("HTTP_X_FORWARDED_PROTO", "https")
SECURE_REFERRER_POLICY = "same-origin"
SECURE_CROSS_ORIGIN_OPENER_POLICY = "same-origin"
X_FRAME_OPTIONS = "DENY"
CSRF_COOKIE_HTTPONLY = True
CSRF_FAILURE_VIEW = "factcheck.desk.views.csrf_failure"

CONTENT_SECURITY_POLICY = {
    "DIRECTIVES": {
        "default-src": [NONE],
        "script-src": [SELF],
        "style-src": [SELF],
        "img-src": [SELF, "data:"],
        "font-src": [SELF],
        "connect-src": [SELF],
        "form-action": [SELF],
        "base-uri": [NONE],
        "frame-ancestors": [NONE],
        "object-src": [NONE],
    }
}

# --- Words and times ----------------------------------------------------------------------------------------------

LANGUAGE_CODE = "en"
LANGUAGES = [("en", _("English"))]
LOCALE_PATHS = [BASE_DIR / "locale"]
USE_I18N = True
USE_TZ = True
TIME_ZONE = env.str("DESK_TIME_ZONE", "UTC")
DESK_NAME = env.str("DESK_NAME", "Fact desk")
DESK_URL = env.str("DESK_URL", "")  # the public address, for exported ClaimReviews

# --- Limits of the desk -------------------------------------------------------------------------------------------

ARTICLE_MAX_CHARS = env.int("ARTICLE_MAX_CHARS", 1_000_000)
TODAY_SIZE = env.int("TODAY_SIZE", 300)
TODAY_PER_ARTICLE = env.int("TODAY_PER_ARTICLE", 10)
# A paste above the reader's limit must reach the form to be given back, so requests may be far larger than an article.
DATA_UPLOAD_MAX_MEMORY_SIZE = 40_000_000
FILE_UPLOAD_MAX_MEMORY_SIZE = 5_000_000

# --- Fetching -----------------------------------------------------------------------------------------------------

FETCH_PORTS = env.list("FETCH_PORTS", [80, 443], subcast=int)
FETCH_MAX_BYTES = env.int("FETCH_MAX_BYTES", 15_000_000)  # of a page or feed, decompressed
FETCH_MAX_FILE_BYTES = env.int("FETCH_MAX_FILE_BYTES", 30_000_000)
FETCH_DEADLINE = env.float("FETCH_DEADLINE", 30.0)  # seconds, redirects included
FETCH_DELAY = env.float("FETCH_DELAY", 1.0)  # seconds between two fetches from one host
FETCH_ROBOTS = env.bool("FETCH_ROBOTS", True)
FETCH_USER_AGENT = env.str("FETCH_USER_AGENT", "")  # empty: the product, DESK_URL and DESK_NAME
# For the tests' own servers on loopback; refused anywhere else.
FETCH_ALLOWED_NETWORKS = env.list("FETCH_ALLOWED_NETWORKS", [])
FETCH_TESTING = env.bool("FACTCHECK_TESTING", False)

# --- Mail, logs ---------------------------------------------------------------------------------------------------

EMAIL_BACKEND = env.str("EMAIL_BACKEND", "django.core.mail.backends.smtp.EmailBackend")
EMAIL_HOST = env.str("EMAIL_HOST", "")
EMAIL_PORT = env.int("EMAIL_PORT", 587)
EMAIL_HOST_USER = env.str("EMAIL_HOST_USER", "")
EMAIL_HOST_PASSWORD = env.str("EMAIL_HOST_PASSWORD", "")
EMAIL_USE_TLS = env.bool("EMAIL_USE_TLS", True)
EMAIL_TIMEOUT = 10
DEFAULT_FROM_EMAIL = env.str("DEFAULT_FROM_EMAIL", "desk@localhost")

LOGGING = {
    "version": 1,
    "disable_existing_loggers": False,
    "formatters": {
        "line": {
            "()": "pythonjsonlogger.json.JsonFormatter",
            "format": "%(asctime)s %(levelname)s %(name)s %(message)s",
            "rename_fields": {"asctime": "time", "levelname": "level", "name": "logger", "message": "event"},
        }
    },
    "handlers": {"console": {"class": "logging.StreamHandler", "formatter": "line"}},
    "root": {"handlers": ["console"], "level": env.log_level("LOG_LEVEL", "WARNING")},
    "loggers": {
        "factcheck": {"level": "INFO"},
        # Our own middleware writes the line of each request; Django's would be a second one.
        "django.request": {"level": "ERROR"},
        "django.server": {"level": "ERROR"},
        "axes": {"level": "ERROR"},
        "celery": {"level": "WARNING"},
    },
}
