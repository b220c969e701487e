"""All settings, from the environment alone. docs/settings.md lists them."""

import tomllib
from pathlib import Path

from django.core.exceptions import ImproperlyConfigured

from config import env

BASE_DIR = Path(__file__).resolve().parent.parent
VAR = Path(env.text("VAR_DIR", str(BASE_DIR / "var"))).resolve()

DEBUG = env.flag("DEBUG")
PORT = env.number("PORT", 8000, 1, 65535)
HOST = env.text("HOST", "127.0.0.1")

# Hosts, origins, cookies, HSTS and canonical addresses follow from SITE_URL.
_site = env.site_url("SITE_URL", f"http://127.0.0.1:{PORT}", HOST)
SITE_URL = _site.origin
ALLOWED_HOSTS = _site.allowed_hosts
CSRF_TRUSTED_ORIGINS = [SITE_URL]
COOKIE_PREFIX = "__Host-" if _site.https else ""
SESSION_COOKIE_SECURE = CSRF_COOKIE_SECURE = _site.https
SESSION_COOKIE_NAME = f"{COOKIE_PREFIX}sessionid"
CSRF_COOKIE_NAME = f"{COOKIE_PREFIX}csrftoken"
CSRF_COOKIE_HTTPONLY = True
SECURE_HSTS_SECONDS = 63072000 if _site.https else 0
TRUST_PROXY = env.flag("TRUST_PROXY")
if TRUST_PROXY:
    SECURE_PROXY_SSL_HEADER = ("HTTP_X_FORWARDED_PROTO", "https")
# The proxy redirects to https; a redirect here would loop behind a proxy that speaks http to Django.
SECURE_SSL_REDIRECT = False
# W003 looks for Django's CSRF middleware by its name; ours is a subclass of it. W005 and W021 ask for
# HSTS on all subdomains and in browsers' lists: that binds an operator's whole domain, for years.
# axes.W002 looks for its middleware by name; ours runs under /admin/ alone.
SILENCED_SYSTEM_CHECKS = ["security.W003", "security.W005", "security.W008", "security.W021", "axes.W002"]
# `same-origin`, not `no-referrer`: with the latter, browsers send "Origin: null" with our own forms.
SECURE_REFERRER_POLICY = "same-origin"
SECURE_CROSS_ORIGIN_OPENER_POLICY = "same-origin"
X_FRAME_OPTIONS = "DENY"


def _secret() -> str:
    """Return SECRET_KEY from the environment, else from var/secret, which `make run` creates."""
    path = VAR / "secret"
    try:
        secret = env.text("SECRET_KEY") or (path.read_text(encoding="utf-8").strip() if path.is_file() else "")
    except (OSError, UnicodeDecodeError):
        secret = ""
    if not env.is_strong(secret, 50):
        raise ImproperlyConfigured(
            f"SECRET_KEY: none, too short, trivial or damaged, in the environment and in {path}; "
            "restore the file from a backup, or delete it, and make run makes one"
        )
    return secret


SECRET_KEY = _secret()
# Former secrets: accepted for reading, never used for new data.
SECRET_KEY_FALLBACKS = env.secrets("SECRET_KEY_FALLBACKS", 50)

_project = tomllib.loads((BASE_DIR / "pyproject.toml").read_text(encoding="utf-8"))
RELEASE = _project["project"]["version"]
RELEASED = _project["tool"]["anxin-tuiqun"]["released"]
# Who runs this copy, as the footer and /about/ say it.
OPERATOR = env.text("OPERATOR")
CONTACT_EMAIL = env.text("CONTACT_EMAIL")
# /about/ promises an answer within so many days, if there is an address to write to.
REPLY_DAYS = env.number("REPLY_DAYS", 14, 1, 60)
ICP_NUMBER = env.text("ICP_NUMBER")
POLICE_NUMBER = env.text("POLICE_NUMBER")

INSTALLED_APPS = [
    "quizzes",
    "checklist",
    "guide",
    "core",
    "core.staff.apps.StaffAdminConfig",
    "django.contrib.auth",
    "django.contrib.contenttypes",
    "django.contrib.sessions",
    "django.contrib.messages",
    "django.contrib.sitemaps",
    "whitenoise.runserver_nostatic",
    "django.contrib.staticfiles",
    "django_htmx",
    "axes",
    "django_otp",
    "django_otp.plugins.otp_static",
    "django_otp.plugins.otp_totp",
]

# Order: docs/decisions/0003-public-and-private-views.md.
MIDDLEWARE = [
    "core.http.cookie_limit.cookie_limit",
    "core.http.page_cache.stored_pages",
    "core.http.middleware.add_constant_headers",
    "django.middleware.clickjacking.XFrameOptionsMiddleware",
    "django.middleware.security.SecurityMiddleware",
    "whitenoise.middleware.WhiteNoiseMiddleware",
    "core.http.middleware.CompressedPages",
    "core.http.middleware.body_limits",
    "core.http.middleware.error_pages",
    "core.http.middleware.StaffSessions",
    "django.middleware.common.CommonMiddleware",
    "core.http.middleware.SameOriginMiddleware",
    "core.http.middleware.StaffAuthentication",
    "core.http.middleware.StaffVerification",
    "core.http.middleware.StaffMessages",
    "django_htmx.middleware.HtmxMiddleware",
    "core.http.middleware.StaffLockout",
]

ROOT_URLCONF = "config.urls"
WSGI_APPLICATION = "config.wsgi.application"
# Not in a cookie: it would hold backslashes, which core.http.cookie_limit removes.
MESSAGE_STORAGE = "django.contrib.messages.storage.session.SessionStorage"
CSRF_FAILURE_VIEW = "core.http.errors.forbidden"
APPEND_SLASH = True
# A reader's form is a few hundred bytes.
DATA_UPLOAD_MAX_MEMORY_SIZE = 64 * 1024
DATA_UPLOAD_MAX_NUMBER_FIELDS = 200
# The cookies that an answer may delete.
KNOWN_COOKIE_NAMES = "quizzes.cookie_names.known_cookie_names"
# Off: installed service workers remove themselves and their caches.
SERVICE_WORKER = env.flag("SERVICE_WORKER", default=True)
# For all readers together, because addresses are never looked at.
REPORTS_PER_HOUR = env.number("REPORTS_PER_HOUR", 120, 1, 10000)

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
                "core.http.context.site_context",
            ],
        },
    },
]

# SQLite, unless DATABASE_URL names a PostgreSQL that several processes share.
_sqlite = {
    "ENGINE": "django.db.backends.sqlite3",
    "NAME": VAR / "db.sqlite3",
    "OPTIONS": {
        "transaction_mode": "IMMEDIATE",
        "timeout": 1,
        "init_command": "PRAGMA journal_mode=WAL; PRAGMA synchronous=NORMAL;",
    },
}
DATABASES = {"default": env.postgresql("DATABASE_URL") or _sqlite}
DEFAULT_AUTO_FIELD = "django.db.models.BigAutoField"
AUTH_PASSWORD_VALIDATORS = [
    {"NAME": "django.contrib.auth.password_validation.MinimumLengthValidator", "OPTIONS": {"min_length": 12}},
    {"NAME": "django.contrib.auth.password_validation.CommonPasswordValidator"},
]

PASSWORD_HASHERS = ["core.staff.passwords.OneAtATimePasswordHasher"]
AUTHENTICATION_BACKENDS = ["axes.backends.AxesStandaloneBackend", "django.contrib.auth.backends.ModelBackend"]

# Off: staff need a second factor only once they have set one up.
STAFF_SECOND_FACTOR = env.flag("STAFF_SECOND_FACTOR", default=True)
OTP_TOTP_ISSUER = _site.host
OTP_ADMIN_HIDE_SENSITIVE_DATA = True

# Lockout after failed sign-ins: core/staff/lockout.py.
AXES_HANDLER = "core.staff.lockout.LockoutHandler"
AXES_CLIENT_IP_CALLABLE = "core.staff.lockout.hashed_address"
AXES_LOCKOUT_CALLABLE = "core.staff.lockout.locked_out"
AXES_LOCKOUT_PARAMETERS = [["username", "ip_address"]]
AXES_FAILURE_LIMIT = 5
AXES_COOLOFF_TIME = 1
AXES_RESET_ON_SUCCESS = True
AXES_RESET_COOL_OFF_ON_FAILURE_DURING_LOCKOUT = False
AXES_DISABLE_ACCESS_LOG = True
AXES_ENABLE_ADMIN = False
AXES_VERBOSE = False

LANGUAGE_CODE = "zh-hans"
LANGUAGES = [("zh-hans", "简体中文")]
TIME_ZONE = "Asia/Shanghai"
USE_TZ = True

STATIC_URL = "/static/"
STATIC_ROOT = VAR / "static"
STATICFILES_DIRS = [BASE_DIR / "static"]
STATICFILES_FINDERS = ["core.stylesheets.StaticFinder", "django.contrib.staticfiles.finders.AppDirectoriesFinder"]
_manifest = "whitenoise.storage.CompressedManifestStaticFilesStorage"
_plain = "django.contrib.staticfiles.storage.StaticFilesStorage"
STORAGES = {
    "default": {"BACKEND": "django.core.files.storage.FileSystemStorage"},
    "staticfiles": {"BACKEND": _plain if DEBUG else _manifest},
}

EMAIL_HOST = env.text("EMAIL_HOST", "localhost")
EMAIL_PORT = env.number("EMAIL_PORT", 25, 1, 65535)
EMAIL_TIMEOUT = 5
SERVER_EMAIL = env.text("SERVER_EMAIL", "errors@localhost")
ADMINS = [("errors", env.text("ERRORS_TO"))] if env.text("ERRORS_TO") else []

# What a log line may say of a request: core/logging.py. Never the address, the query, cookies or a body.
LOGGING = {
    "version": 1,
    "disable_existing_loggers": False,
    "filters": {"no_reader": {"()": "core.logging.NoReader"}},
    "formatters": {
        "no_reader": {"()": "core.logging.FramesOnly", "format": "{levelname} {name} {message}", "style": "{"},
        "json": {"()": "core.logging.JsonLines"},
    },
    "handlers": {
        "nobody": {"class": "logging.NullHandler"},
        "console": {
            "class": "logging.StreamHandler",
            "filters": ["no_reader"],
            "formatter": "json" if env.flag("JSON_LOGS") else "no_reader",
        },
        "mail": {
            "class": "core.error_mail.MailHandler",
            "level": "ERROR",
            "filters": ["no_reader"],
            "formatter": "no_reader",
        },
    },
    "root": {"handlers": ["console"], "level": "INFO"},
    "loggers": {
        "django": {"handlers": ["console", "mail"], "level": "WARNING", "propagate": False},
        # Scanners send any Host. Such requests are not errors to mail.
        "django.security": {"handlers": ["console"], "level": "WARNING", "propagate": False},
        "django.security.DisallowedHost": {"handlers": ["nobody"], "propagate": False},
        # Axes logs the user name that was typed.
        "axes": {"handlers": ["nobody"], "propagate": False},
        "django.server": {"handlers": ["console"], "level": "INFO" if DEBUG else "ERROR", "propagate": False},
    },
}
