"""Every setting of the site, all from the environment; `.env.example` lists them.

Two modes. `MODE=local` (the default) answers only to this machine, keeps its secret key in `var/` and uses
SQLite there. `MODE=production` demands SECRET_KEY and ALLOWED_HOSTS and turns on what a public site needs.
A forgotten MODE therefore fails closed: nobody but the machine itself gets an answer.
"""

import os
import secrets
import stat
from datetime import timedelta
from pathlib import Path
from urllib.parse import quote

from csp.constants import NONE, SELF
from django.core.exceptions import ImproperlyConfigured

from medpayiq import __version__
from medpayiq.environment import address, env, is_web_address
from medpayiq.logs import logging_settings
from medpayiq.starting import BASE_DIR, PROJECT_DIR

MODE = env.str("MODE", "local")
if MODE not in {"local", "production"}:
    raise ImproperlyConfigured(f'MODE is "{MODE}"; it must be local or production.')
PRODUCTION = MODE == "production"

VAR_DIR: Path = env.folder("VAR_DIR", PROJECT_DIR / "var")


def keep_to_owner(path: Path, mode: int) -> None:
    """Take away what others may do with a file or folder of ours; a folder for all (/tmp) is left as it is."""
    if not path.exists():
        return
    at = path.stat()
    if at.st_uid == os.getuid() and at.st_mode & 0o077 and not at.st_mode & stat.S_ISVTX:
        path.chmod(mode)


keep_to_owner(VAR_DIR, 0o700)


def local_secret_key() -> str:
    """The local secret key: made once, kept in var/ and readable by its owner only."""
    path = VAR_DIR / "secret_key"
    if not path.exists():
        path.touch(mode=0o600)
        path.write_text(secrets.token_urlsafe(50))
    return path.read_text()


def required_secret_key() -> str:
    """The production secret key, from SECRET_KEY or from the file that SECRET_KEY_FILE names."""
    if key := env.secret_file("SECRET_KEY_FILE", "") or env.str("SECRET_KEY", ""):
        return str(key)
    raise ImproperlyConfigured(
        "Production needs a secret key: set SECRET_KEY, or SECRET_KEY_FILE to a file that holds it. "
        "Make one with: python -c 'import secrets; print(secrets.token_urlsafe(50))'"
    )


def required_hosts() -> list[str]:
    """The host names that a production site answers to."""
    hosts: list[str] = env.list("ALLOWED_HOSTS", [])
    if hosts:
        return hosts
    raise ImproperlyConfigured("Production needs ALLOWED_HOSTS, for example: ALLOWED_HOSTS=medpayiq.example")


SECRET_KEY = required_secret_key() if PRODUCTION else local_secret_key()
DEBUG = env.bool("DEBUG", False) and not PRODUCTION
ALLOWED_HOSTS = required_hosts() if PRODUCTION else ["127.0.0.1", "localhost", "[::1]", "testserver"]

INSTALLED_APPS = [
    "staff.apps.StaffAdminConfig",
    "django.contrib.auth",
    "django.contrib.contenttypes",
    "django.contrib.sessions",
    "django.contrib.messages",
    "whitenoise.runserver_nostatic",
    "django.contrib.staticfiles",
    "django_htmx",
    "csp",
    "simple_history",
    "staff.apps.LogInsConfig",
    "django_otp",
    "django_otp.plugins.otp_totp",
    "django_otp.plugins.otp_static",
    "codes",
    "contributions",
    "staff.apps.StaffConfig",
]

MIDDLEWARE = [
    "medpayiq.middleware.no_body_for_head",
    "codes.api.middleware.api_middleware",
    "codes.caching.middleware.page_cache_middleware",  # outside of all that adds headers: a cached page has them
    "medpayiq.middleware.security_headers",
    "django.middleware.security.SecurityMiddleware",
    "whitenoise.middleware.WhiteNoiseMiddleware",
    "medpayiq.middleware.refuse_large_bodies",
    "medpayiq.middleware.refuse_null_characters",
    "medpayiq.health.probes",
    "django.middleware.clickjacking.XFrameOptionsMiddleware",
    "django.middleware.common.CommonMiddleware",
    "django.contrib.sessions.middleware.SessionMiddleware",
    "django.middleware.csrf.CsrfViewMiddleware",
    "django.contrib.auth.middleware.AuthenticationMiddleware",
    "django_otp.middleware.OTPMiddleware",
    "staff.middleware.second_factor_middleware",
    "django.contrib.messages.middleware.MessageMiddleware",
    "codes.carry_over.carry_over_middleware",
    "django_htmx.middleware.HtmxMiddleware",
    "axes.middleware.AxesMiddleware",
]

# Staff: where they log in, for how long, and what wrong passwords lead to (medpayiq/log_in.py says how many). Neither
# tables nor logs hold an address or a browser: a network is a digest that is another one each day.
ADMIN_PATH = env.url_path("ADMIN_PATH", "admin")
SESSION_COOKIE_AGE = 12 * 60 * 60
SESSION_EXPIRE_AT_BROWSER_CLOSE = True
MESSAGE_STORAGE = "django.contrib.messages.storage.session.SessionStorage"  # only staff get any
AUTHENTICATION_BACKENDS = [
    "axes.backends.AxesStandaloneBackend",
    "django.contrib.auth.backends.ModelBackend",
]
_VALIDATORS = "django.contrib.auth.password_validation."
AUTH_PASSWORD_VALIDATORS = [
    {"NAME": f"{_VALIDATORS}MinimumLengthValidator", "OPTIONS": {"min_length": 12}},
    {"NAME": f"{_VALIDATORS}CommonPasswordValidator"},
    {"NAME": f"{_VALIDATORS}UserAttributeSimilarityValidator"},
]
# Where it is off, only who has set one up is asked for it.
STAFF_SECOND_FACTOR = env.bool("STAFF_SECOND_FACTOR", PRODUCTION)
OTP_TOTP_ISSUER = "MedPayIQ"
AXES_HANDLER = "medpayiq.log_in.ForgetfulHandler"
AXES_LOCKOUT_PARAMETERS = [["username", "ip_address"]]
AXES_FAILURE_LIMIT = 5
AXES_COOLOFF_TIME = timedelta(minutes=15)
AXES_RESET_ON_SUCCESS = True
AXES_RESET_COOL_OFF_ON_FAILURE_DURING_LOCKOUT = False
AXES_DISABLE_ACCESS_LOG = True
AXES_VERBOSE = False
AXES_CLIENT_IP_CALLABLE = "medpayiq.log_in.digest_of_network"
AXES_LOCKOUT_CALLABLE = "medpayiq.log_in.locked_out"

# The site stands at the root of its host. A server that let a header choose a prefix would let a visitor choose what
# every link begins with.
FORCE_SCRIPT_NAME = ""

ROOT_URLCONF = "medpayiq.urls"
WSGI_APPLICATION = "medpayiq.wsgi.application"
TEMPLATES = [
    {
        "BACKEND": "django.template.backends.django.DjangoTemplates",
        "DIRS": [BASE_DIR / "templates"],
        "APP_DIRS": True,
        "OPTIONS": {
            "builtins": ["codes.templatetags.codes_addresses"],
            "context_processors": [
                "django.template.context_processors.request",
                "django.contrib.auth.context_processors.auth",
                "django.contrib.messages.context_processors.messages",
                "codes.links.site_url",
                "codes.views.practice_bar.practice_bar",
            ],
        },
    }
]

FORM_RENDERER = "codes.forms.widgets.FormRenderer"

# SQLite unless DATABASE_URL says otherwise. WAL lets readers go on while a release loads; IMMEDIATE makes
# writers queue at the start of a transaction instead of failing in its middle.
_sqlite = f"sqlite:///{VAR_DIR / 'medpayiq.sqlite3'}"
_example = "postgres://user:password@host:5432/medpayiq"
DATABASES = {"default": address(env.dj_db_url, "DATABASE_URL", _sqlite, _example)}
if not DATABASES["default"]["ENGINE"].endswith(("sqlite3", "postgresql")):
    raise ImproperlyConfigured(
        "DATABASE_URL names another database than SQLite and PostgreSQL; these two are known."
    )
if DATABASES["default"]["ENGINE"].endswith("sqlite3"):
    DATABASES["default"]["OPTIONS"] = {
        "transaction_mode": "IMMEDIATE",
        "timeout": 30,
        # What is deleted is overwritten: a withdrawn report is not to lie in a free page of the file.
        "init_command": "PRAGMA journal_mode=WAL; PRAGMA synchronous=NORMAL; PRAGMA cache_size=-32000; "
        "PRAGMA secure_delete=ON;",
    }
    for _ending in ("", "-wal", "-shm"):
        keep_to_owner(Path(f"{DATABASES['default']['NAME']}{_ending}"), 0o600)
    # Opening the file anew takes longer than answering with a kept page.
    DATABASES["default"]["CONN_MAX_AGE"] = 60
else:
    if _password := env.secret_file("DATABASE_PASSWORD_FILE", ""):
        DATABASES["default"]["PASSWORD"] = _password
    DATABASES["default"].setdefault("OPTIONS", {}).setdefault("connect_timeout", 5)
    DATABASES["default"]["CONN_MAX_AGE"] = env.int("DATABASE_CONN_MAX_AGE", 60)
    DATABASES["default"]["CONN_HEALTH_CHECKS"] = True
DEFAULT_AUTO_FIELD = "django.db.models.BigAutoField"

VERSION = __version__  # shown on /sources/ and in /health/
# What the pages are made of besides data: a deployment changes it, so that no page outlives its template.
BUILD_ID = env.str("BUILD_ID", "") or str(
    max(
        path.stat().st_mtime_ns
        for folder in ("templates", "static", "fixtures", "codes", "contributions", "staff", "medpayiq")
        for path in (BASE_DIR / folder).rglob("*.*")
        if path.suffix != ".pyc"
    )
)
_files = f"file://{VAR_DIR / 'pages'}"
CACHES = {"default": address(env.dj_cache_url, "CACHE_URL", _files, "redis://host:6379/0")}
if _password := env.secret_file("CACHE_PASSWORD_FILE", ""):
    _password = quote(_password, safe="")
    CACHES["default"]["LOCATION"] = CACHES["default"]["LOCATION"].replace("://", f"://:{_password}@", 1)
if "redis" in CACHES["default"]["BACKEND"]:
    CACHES["default"]["BACKEND"] = "codes.caching.backends.FaultTolerantRedisCache"
    CACHES["default"].setdefault("OPTIONS", {}).update(
        {
            "serializer": "codes.caching.backends.SignedSerializer",
            "socket_connect_timeout": 0.25,
            "socket_timeout": 0.5,
        }
    )
elif "filebased" in CACHES["default"]["BACKEND"]:
    # Without Redis the processes of this machine share files, some 40,000 pages.
    CACHES["default"]["BACKEND"] = "codes.caching.files.FileCache"
    CACHES["default"]["OPTIONS"] = {
        "MAX_ENTRIES": 1_000,
        "MAX_BYTES": 16_000_000,
        "MAX_FILE_BYTES": 512_000_000,
    }
elif "locmem" in CACHES["default"]["BACKEND"]:
    # Each process keeps its own pages, and no more of them than fit.
    CACHES["default"] = {
        "BACKEND": "codes.caching.backends.ProcessCache",
        "OPTIONS": {"MAX_ENTRIES": 1_000, "MAX_BYTES": 32_000_000},
    }
# Parts of pages, within a process: to ask anybody else for one would take as long as to render it.
CACHES["template_fragments"] = {
    "BACKEND": "codes.caching.backends.ProcessCache",
    "OPTIONS": {"MAX_ENTRIES": 2_000, "MAX_BYTES": 16_000_000},
}

LANGUAGE_CODE = "en-us"
TIME_ZONE = env.time_zone("TIME_ZONE", "America/New_York")
USE_I18N = False
USE_TZ = True

STATIC_URL = "/static/"
STATIC_ROOT = env.folder("STATIC_ROOT", VAR_DIR / "static")
STATICFILES_DIRS = [BASE_DIR / "static"]
STORAGES = {
    "default": {"BACKEND": "django.core.files.storage.FileSystemStorage"},
    # Fee schedules and lists of changes, built when a release is loaded: a folder, or another storage of Django's API.
    "downloads": {
        "BACKEND": env.str("DOWNLOADS_BACKEND", "codes.exports.storage.WholeFileStorage"),
        "OPTIONS": env.json("DOWNLOADS_OPTIONS", {"location": str(VAR_DIR / "downloads")}),
    },
    "staticfiles": {
        "BACKEND": "whitenoise.storage.CompressedManifestStaticFilesStorage"
        if PRODUCTION
        else "django.contrib.staticfiles.storage.StaticFilesStorage"
    },
}
WHITENOISE_USE_FINDERS = not PRODUCTION
WHITENOISE_ALLOW_ALL_ORIGINS = False

# A page may load what this site serves, and nothing else at all.
CONTENT_SECURITY_POLICY = {
    "DIRECTIVES": {
        "default-src": [NONE],
        "script-src": [SELF],
        "style-src": [SELF],
        "img-src": [SELF],
        "connect-src": [SELF],
        "form-action": [SELF],
        "manifest-src": [SELF],
        "base-uri": [NONE],
        "frame-ancestors": [NONE],
    }
}
SECURE_REFERRER_POLICY = "same-origin"
X_FRAME_OPTIONS = "DENY"
CSRF_COOKIE_HTTPONLY = True

# What a visitor may send: a report or a form of the admin is a few kilobytes, and nothing needs a larger body.
MOST_BYTES_SENT = 1024 * 1024
DATA_UPLOAD_MAX_MEMORY_SIZE = 512 * 1024
DATA_UPLOAD_MAX_NUMBER_FIELDS = 400
DATA_UPLOAD_MAX_NUMBER_FILES = 2
# Probes ask over plain HTTP from within; medpayiq/health.py answers them.
SECURE_REDIRECT_EXEMPT = [r"^health/$", r"^ready/$"]
if PRODUCTION:
    SECURE_SSL_REDIRECT = env.bool("SECURE_SSL_REDIRECT", True)
    SECURE_HSTS_SECONDS = env.int("SECURE_HSTS_SECONDS", 63_072_000)
    SECURE_HSTS_INCLUDE_SUBDOMAINS = True
    SECURE_HSTS_PRELOAD = True
    # The prefix makes browsers refuse such a cookie from any other host, and without TLS.
    SESSION_COOKIE_NAME = "__Host-session"
    CSRF_COOKIE_NAME = "__Host-csrf"
    SESSION_COOKIE_SECURE = True
    CSRF_COOKIE_SECURE = True
    if env.bool("BEHIND_TLS_PROXY", False):
        SECURE_PROXY_SSL_HEADER = ("HTTP_X_FORWARDED_PROTO", "https")

# How many proxies stand before the site and append to X-Forwarded-For; contributions/options.py says more.
REPORT_PROXY_HOPS = env.int("REPORT_PROXY_HOPS", 0)
# Where limits are counted: a Redis that drops nothing by itself (noeviction), else a file that the processes share.
LIMITS_URL = env.str("LIMITS_URL", "")
LIMITS_FILE = VAR_DIR / "limits.sqlite3"
API_LIMITS = env.limits("API_LIMITS", "600/minute")
AUDIT_LIMITS = env.limits("AUDIT_LIMITS", "20/hour;100/day")
CORRECTION_LIMITS = env.limits("CORRECTION_LIMITS", "6/hour;20/day")
REPORT_LIMITS = env.limits("REPORT_LIMITS", "6/hour;20/day")
REPORT_BURST = env.limits("REPORT_BURST", "20/hour")
SIGNUP_LIMITS = env.limits("SIGNUP_LIMITS", "6/hour;20/day")
MAIL_LIMITS = env.limits("MAIL_LIMITS", "2/hour;3/day")
MAIL_TOTAL = env.limits("MAIL_TOTAL", "500/day")
REPORTS_LOCAL_MODE = env.bool("REPORTS_LOCAL_MODE", MODE == "local")
CSRF_COOKIE_AGE = None  # with the browser's session, not a year

# Where nobody waits for another, a download that is not there is built when it is asked for.
BUILD_DOWNLOADS_ON_REQUEST = not PRODUCTION

# After a load the former index of the search answers until the new one is built, beside the requests.
SEARCH_INDEX_IN_BACKGROUND = PRODUCTION

# CPT descriptions (AMA) are shown only where the operator accepted the license at loading and left this on.
CPT_DESCRIPTIONS = env.bool("CPT_DESCRIPTIONS", True)

# Where Prometheus asks for figures (medpayiq/metrics.py), if anywhere: never an address that the public can reach.
METRICS_BIND = env.closed_address("METRICS_BIND", "")

LOGGING = logging_settings(env.str("LOG_LEVEL", "INFO").upper())

# The toolkit and its mails. Mail goes to the console unless EMAIL_URL names a server; without a postal address,
# which the law asks of such mails, a public site sends none. Links in mails begin with SITE_URL.
TOOLKIT_DIR = env.folder("TOOLKIT_DIR", VAR_DIR / "toolkit")
_mail = address(env.dj_email_url, "EMAIL_URL", "console://", "submission://user:password@mail.example")
EMAIL_BACKEND = _mail["EMAIL_BACKEND"]
EMAIL_HOST = _mail["EMAIL_HOST"] or "localhost"
EMAIL_PORT = _mail["EMAIL_PORT"] or 25
EMAIL_HOST_USER = _mail["EMAIL_HOST_USER"] or ""
EMAIL_HOST_PASSWORD = _mail["EMAIL_HOST_PASSWORD"] or ""
EMAIL_USE_TLS = _mail["EMAIL_USE_TLS"]
EMAIL_USE_SSL = _mail["EMAIL_USE_SSL"]
EMAIL_TIMEOUT = _mail["EMAIL_TIMEOUT"] or 10
_here = f"https://{ALLOWED_HOSTS[0].lstrip('.')}" if PRODUCTION else "http://127.0.0.1:8000"
SITE_URL = env.str("SITE_URL", _here, validate=is_web_address).rstrip("/")
DEFAULT_FROM_EMAIL = env.str("DEFAULT_FROM_EMAIL", "MedPayIQ <toolkit@localhost>")
POSTAL_ADDRESS = env.str("POSTAL_ADDRESS", "" if PRODUCTION else "A local site without a postal address")

# A kept page outlives its process, and no setting that it or its headers were made with.
_shown = (SITE_URL, TIME_ZONE, CPT_DESCRIPTIONS, POSTAL_ADDRESS, REPORTS_LOCAL_MODE)
_made_by = (VERSION, MODE, API_LIMITS, globals().get("SECURE_HSTS_SECONDS", 0))
BUILD_ID = " ".join(map(str, (BUILD_ID, *_made_by, *_shown)))
