"""All settings, read strictly from the environment; safe by default.

An https SITE_URL means production: cookies are Secure, HSTS is on, and what is
missing stops the program with a sentence that names it.
"""

from pathlib import Path
from urllib.parse import urlsplit

from csp.constants import NONE, SELF
from django.core.exceptions import ImproperlyConfigured

from config import databases, inbound, logs, providers, storing
from config.environment import Environment

BASE_DIR = Path(__file__).resolve().parent.parent

env = Environment()
env.read_file(env("ENV_FILE", default=str(BASE_DIR / ".env")))
VAR_DIR = Path(env("VAR_DIR", default=str(BASE_DIR / "var")))

SITE_URL = env("SITE_URL", default="http://127.0.0.1:8000").rstrip("/")
SITE = urlsplit(SITE_URL)
if SITE.scheme not in {"http", "https"} or not SITE.hostname or SITE.path:
    raise ImproperlyConfigured("SITE_URL must be a scheme and a host, for example https://events.company.example.")
IS_PRODUCTION = SITE.scheme == "https"
DEBUG = env.bool("DEBUG", default=False)


def needed(name: str, development: str, why: str) -> str:
    """The variable's value; in production a missing one stops the start and is named."""
    value = env(name, default="")
    if value:
        return value
    if IS_PRODUCTION:
        raise ImproperlyConfigured(f"{name} is not set. {why}")
    return development


SECRET_KEY = needed(
    "SECRET_KEY",
    "for-development-only-0000000000000000000000000000000000",
    "Personal links are signed with it; make one with: python -c 'import secrets; print(secrets.token_urlsafe(50))'.",
)
if IS_PRODUCTION and (len(SECRET_KEY) < 50 or SECRET_KEY.startswith("for-development-only")):
    raise ImproperlyConfigured("SECRET_KEY is too short or a known one. It needs 50 random characters or more.")
if IS_PRODUCTION and DEBUG:
    raise ImproperlyConfigured("DEBUG shows internals to everyone. It cannot be on with an https SITE_URL.")
SECRET_KEY_FALLBACKS = env.list("SECRET_KEY_FALLBACKS", default=[])

LOCAL_HOSTS = [] if IS_PRODUCTION else ["127.0.0.1", "localhost", "[::1]"]
ALLOWED_HOSTS = env.list("ALLOWED_HOSTS", default=[]) or [SITE.hostname, *LOCAL_HOSTS]
CSRF_TRUSTED_ORIGINS = [SITE_URL]
TRUSTED_PROXIES = env.int("TRUSTED_PROXIES", default=0)  # how many proxies of ours stand in front
if TRUSTED_PROXIES:
    SECURE_PROXY_SSL_HEADER = ("HTTP_X_FORWARDED_PROTO", "https")

# Who invites -----------------------------------------------------------------
COMPANY_NAME = needed("COMPANY_NAME", "Vertskap", "Guests must see who invites them.")
CONTACT_NAME = needed("CONTACT_NAME", "Marte Lie", "Every page names a person to ask.")
CONTACT_EMAIL = needed("CONTACT_EMAIL", "marte@vertskap.example", "Every page names where to write.")
CONTACT_PHONE = needed("CONTACT_PHONE", "55 00 00 00", "Every page names whom to call.")
COMPANY_COLOUR = env("COMPANY_COLOUR", default="")  # "#c8102e"; without it, or where it cannot be read, fjord
COMPANY_LOGO = env("COMPANY_LOGO", default="")  # a file: PNG, JPEG or WebP; SVG on pages only
# Named in the privacy notice, with the country: "Company AS, Norway".
MAIL_PROVIDER = env("MAIL_PROVIDER", default="")
HOSTING_PROVIDER = env("HOSTING_PROVIDER", default="")
BACKUP_PROVIDER = env("BACKUP_PROVIDER", default="")
BACKUPS_KEPT_DAYS = env.int("BACKUPS_KEPT_DAYS", default=30)

# Parts -----------------------------------------------------------------------
INSTALLED_APPS = [
    "config.admin.BackOfficeConfig",
    "django.contrib.auth",
    "django.contrib.contenttypes",
    "django.contrib.sessions",
    "django.contrib.messages",
    "whitenoise.runserver_nostatic",
    "django.contrib.staticfiles",
    "axes",
    "crispy_forms",
    "csp",
    "django_tasks",
    "django_tasks_db",
    "events",
]
MIDDLEWARE = [
    "events.views.live.KnownBoard",
    "csp.middleware.CSPMiddleware",
    "config.middleware.QuietHeaders",
    "django.middleware.security.SecurityMiddleware",
    "django.middleware.clickjacking.XFrameOptionsMiddleware",
    "whitenoise.middleware.WhiteNoiseMiddleware",
    "config.middleware.RequestLog",
    "config.middleware.NamedMethods",
    "config.middleware.Gzip",
    "django.contrib.sessions.middleware.SessionMiddleware",
    "config.middleware.Language",
    "django.middleware.common.CommonMiddleware",
    "events.views.errors.KindRefusal",
    "events.views.errors.SizeLimit",
    "django.middleware.csrf.CsrfViewMiddleware",
    "django.contrib.auth.middleware.AuthenticationMiddleware",
    "django.contrib.messages.middleware.MessageMiddleware",
    "axes.middleware.AxesMiddleware",
]
ROOT_URLCONF = "config.urls"
WSGI_APPLICATION = "config.wsgi.application"
DEFAULT_AUTO_FIELD = "django.db.models.BigAutoField"
ADMIN_PATH = env.office_path("ADMIN_PATH", default="admin")
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
                "events.views.context.site",
            ],
        },
    },
]
CRISPY_ALLOWED_TEMPLATE_PACKS = ["vertskap"]
CRISPY_TEMPLATE_PACK = "vertskap"
FORM_RENDERER = "django.forms.renderers.TemplatesSetting"
INSTALLED_APPS.append("django.forms")

# Data ------------------------------------------------------------------------
VAR_DIR.mkdir(mode=0o700, parents=True, exist_ok=True)
DATABASE_URL = env.address(
    "DATABASE_URL", "db_url", "postgres://user:password@host/name", default=f"sqlite:///{VAR_DIR / 'vertskap.sqlite3'}"
)
DATABASES = {"default": databases.prepared(DATABASE_URL)}
CACHES = {
    "default": env.address("CACHE_URL", "cache_url", "redis://host:6379/0", default=f"filecache://{VAR_DIR / 'cache'}")
}
CACHES["default"]["BACKEND"] = CACHES["default"]["BACKEND"].replace(
    "django.core.cache.backends.filebased.FileBasedCache", "config.filecache.FileCache"
)  # Django's forgets how long tries count
CACHES["default"].setdefault("OPTIONS", {})["MAX_ENTRIES"] = 100_000
MEDIA_ROOT = Path(env("MEDIA_ROOT", default=str(BASE_DIR / "media")))
BUCKET = storing.bucket_in(env("STORAGE_URL", default=""), is_production=IS_PRODUCTION)  # instead of MEDIA_ROOT
X_ACCEL_PREFIX = storing.checked_prefix(env("X_ACCEL_PREFIX", default=""))  # nginx sends the photos: /stored/
STORAGE_SENDS_FILES = env.bool("STORAGE_SENDS_FILES", default=False)
storing.check_ways(bucket=BUCKET, prefix=X_ACCEL_PREFIX, is_by_storage=STORAGE_SENDS_FILES)
FILE_UPLOAD_PERMISSIONS, FILE_UPLOAD_DIRECTORY_PERMISSIONS = storing.permissions(X_ACCEL_PREFIX)
STORAGES = {
    "default": storing.default_storage(BUCKET),
    "staticfiles": {"BACKEND": "whitenoise.storage.CompressedManifestStaticFilesStorage"},
}
STATIC_URL, STATIC_ROOT = "/static/", VAR_DIR / "static"
WHITENOISE_USE_FINDERS = WHITENOISE_AUTOREFRESH = DEBUG
TASKS_BACKEND = env("TASKS_BACKEND", default="django_tasks_db.DatabaseBackend")
TASKS = {"default": {"BACKEND": TASKS_BACKEND, "QUEUES": ["default", "mail"]}}

# Limits, each with its unit in the name -----------------------------------------
GUEST_LIST_MAX_BYTES = env.int("GUEST_LIST_MAX_BYTES", default=10 * 1024 * 1024)
GUEST_LIST_MAX_ROWS = env.int("GUEST_LIST_MAX_ROWS", default=20_000)
GUEST_LIST_ROWS_AT_ONCE = env.int("GUEST_LIST_ROWS_AT_ONCE", default=1000)  # more are read in the background
UPLOADED_LIST_KEPT_HOURS = env.int("UPLOADED_LIST_KEPT_HOURS", default=24)
LETTER_PICTURE_MAX_BYTES = env.int("LETTER_PICTURE_MAX_BYTES", default=20 * 1024 * 1024)
PHOTO_MAX_BYTES = env.int("PHOTO_MAX_BYTES", default=40 * 1024 * 1024)  # of one photo, also in a zip
PHOTO_JPEG_MAX_MEGAPIXELS = env.int("PHOTO_JPEG_MAX_MEGAPIXELS", default=120)
PHOTO_HEIF_MAX_MEGAPIXELS = env.int("PHOTO_HEIF_MAX_MEGAPIXELS", default=64)
PHOTO_OTHER_MAX_MEGAPIXELS = env.int("PHOTO_OTHER_MAX_MEGAPIXELS", default=50)
PHOTO_ZIP_MAX_BYTES = env.int("PHOTO_ZIP_MAX_BYTES", default=2 * 1024**3)
PHOTO_ZIP_MAX_ENTRIES = env.int("PHOTO_ZIP_MAX_ENTRIES", default=2000)
PHOTO_REFUSED_KEPT_DAYS = env.int("PHOTO_REFUSED_KEPT_DAYS", default=7)  # files that could not be made into photos
DISK_LEFT_MIN_BYTES = env.int("DISK_LEFT_MIN_BYTES", default=1024**3)  # photos are not taken when less would be free
LETTER_PREVIEWS_PER_MINUTE = env.int("LETTER_PREVIEWS_PER_MINUTE", default=120)  # of one who writes; they follow typing
ANSWERS_PER_LINK_PER_MINUTE = env.int("ANSWERS_PER_LINK_PER_MINUTE", default=20)
ANSWERS_PER_ADDRESS_PER_MINUTE = env.int("ANSWERS_PER_ADDRESS_PER_MINUTE", default=300)
UPLOADS_PER_USER_PER_MINUTE = env.int("UPLOADS_PER_USER_PER_MINUTE", default=10)
LINKS_PER_MAIL_ADDRESS_PER_HOUR = env.int("LINKS_PER_MAIL_ADDRESS_PER_HOUR", default=3)
LINKS_PER_ADDRESS_PER_HOUR = env.int("LINKS_PER_ADDRESS_PER_HOUR", default=20)
CHEERS_PER_SENDER_PER_HOUR = env.int("CHEERS_PER_SENDER_PER_HOUR", default=20)
CHEERS_PER_RUNNER_PER_HOUR = env.int("CHEERS_PER_RUNNER_PER_HOUR", default=40)  # from everybody together
# A file is one try; whoever sends faster waits a moment. A whole dinner shares the address of its wireless network.
PHOTOS_PER_LINK_PER_MINUTE = env.int("PHOTOS_PER_LINK_PER_MINUTE", default=90)
PHOTOS_PER_ADDRESS_PER_MINUTE = env.int("PHOTOS_PER_ADDRESS_PER_MINUTE", default=600)
TABLE_PHOTOS_PER_DAY = env.int("TABLE_PHOTOS_PER_DAY", default=2000)  # of an event, by the code on its tables
PHOTOS_AT_ONCE_MAX_BYTES = env.int("PHOTOS_AT_ONCE_MAX_BYTES", default=500 * 1024 * 1024)  # where no script sends them
PHOTO_ZIPS_AT_ONCE = env.int("PHOTO_ZIPS_AT_ONCE", default=4)  # each holds a thread of the eight until it is through
# After an event; an event may only shorten.
FOOD_KEPT_DAYS = env.int("FOOD_KEPT_DAYS", default=7)
SILENT_KEPT_DAYS = env.int("SILENT_KEPT_DAYS", default=92)  # people who never answered
GUESTS_KEPT_DAYS = env.int("GUESTS_KEPT_DAYS", default=365)
FEED_CANCELLED_KEPT_DAYS = env.int("FEED_CANCELLED_KEPT_DAYS", default=28)  # in guests' private calendars
MAILS_PER_HOUR = env.int("MAILS_PER_HOUR", default=0)  # over all workers; 0: as many as there are
CONFIRMATION_WAITS_SECONDS = env.int("CONFIRMATION_WAITS_SECONDS", default=120)
CHANGES_WAIT_SECONDS = env.int("CHANGES_WAIT_SECONDS", default=300)  # so long a change of programme can be taken back
DATA_UPLOAD_MAX_NUMBER_FIELDS = 2000
DATA_UPLOAD_MAX_NUMBER_FILES = 300  # each is an open file until all have come

# Mail ------------------------------------------------------------------------
ANYMAIL_PROVIDER = providers.provider_in(env("EMAIL_URL", default=""))  # postmark of anymail+postmark://
EMAIL_URL = env.address(
    "EMAIL_URL", "email_url", "smtp+tls://user:password@mail.company.example:587",
    default=f"filemail:///{VAR_DIR / 'mail'}", backend=providers.backend_of(ANYMAIL_PROVIDER),
)  # fmt: skip
EMAIL_BACKEND = EMAIL_URL["EMAIL_BACKEND"].replace(
    "django.core.mail.backends.filebased", "config.eml"
)  # one .eml a message instead of one log a run
EMAIL_FILE_PATH = EMAIL_URL.get("EMAIL_FILE_PATH")
EMAIL_HOST = EMAIL_URL.get("EMAIL_HOST") or "localhost"
EMAIL_PORT = EMAIL_URL.get("EMAIL_PORT") or 25
EMAIL_HOST_USER = EMAIL_URL.get("EMAIL_HOST_USER") or ""
EMAIL_HOST_PASSWORD = EMAIL_URL.get("EMAIL_HOST_PASSWORD") or ""
EMAIL_USE_TLS = EMAIL_URL.get("EMAIL_USE_TLS", False)
EMAIL_USE_SSL = EMAIL_URL.get("EMAIL_USE_SSL", False)
EMAIL_TIMEOUT = env.int("EMAIL_TIMEOUT_SECONDS", default=30)
if ANYMAIL_PROVIDER:
    INSTALLED_APPS.append("anymail")
    ANYMAIL = providers.anymail_settings(env.ENVIRON, timeout=EMAIL_TIMEOUT)
FROM_EMAIL = needed("FROM_EMAIL", "invitasjon@vertskap.example", "Mails need a sender on your own domain.")
DEFAULT_FROM_EMAIL = SERVER_EMAIL = FROM_EMAIL
BOUNCE_ADDRESS = env("BOUNCE_ADDRESS", default="")  # b+{id}@bounces.company.example: an envelope sender per mail
if IS_PRODUCTION and not env("EMAIL_URL", default=""):
    raise ImproperlyConfigured(
        "EMAIL_URL is not set. Without it no invitation leaves the house; "
        "for example smtp+tls://user:password@mail.company.example:587."
    )
INBOUND_URL = inbound.checked(env("INBOUND_URL", default=""), is_production=IS_PRODUCTION)
INBOUND_AUTHSERV = env("INBOUND_AUTHSERV", default="")  # as our own mail server signs Authentication-Results
FORWARDED_MAIL_MAX_BYTES = env.int("FORWARDED_MAIL_MAX_BYTES", default=10 * 1024 * 1024)
FORWARDED_MAILS_PER_HOUR = env.int("FORWARDED_MAILS_PER_HOUR", default=100)

# Languages and time ------------------------------------------------------------
LANGUAGES = [("nb", "Norsk bokmål"), ("en", "English"), ("sv", "Svenska"), ("fi", "Suomi")]
LANGUAGE_CODE = env.one_of("LANGUAGE_CODE", dict(LANGUAGES), default="nb")
LOCALE_PATHS = [BASE_DIR / "locale"]
FORMAT_MODULE_PATH = ["config.formats"]
LANGUAGE_COOKIE_SAMESITE, LANGUAGE_COOKIE_HTTPONLY = "Lax", True
LANGUAGE_COOKIE_SECURE, LANGUAGE_COOKIE_AGE = IS_PRODUCTION, 365 * 24 * 3600  # seconds
USE_TZ = True
TIME_ZONE = env.time_zone("TIME_ZONE", default="Europe/Oslo")

# Safety ------------------------------------------------------------------------
CONTENT_SECURITY_POLICY = {
    "DIRECTIVES": {
        "default-src": [NONE],
        "script-src": [SELF],
        "style-src": [SELF],
        "img-src": [SELF, BUCKET.origin] if STORAGE_SENDS_FILES else [SELF],
        "font-src": [SELF],
        "connect-src": [SELF],
        "frame-src": [SELF],
        "object-src": [NONE],
        "base-uri": [NONE],
        "form-action": [SELF],
        "frame-ancestors": [NONE],
    }
}
SECURE_HSTS_SECONDS = 365 * 24 * 3600 if IS_PRODUCTION else 0
SECURE_HSTS_INCLUDE_SUBDOMAINS = SECURE_HSTS_PRELOAD = IS_PRODUCTION
SECURE_SSL_REDIRECT = IS_PRODUCTION
SECURE_REDIRECT_EXEMPT = [r"^healthz$"]
SECURE_REFERRER_POLICY = "same-origin"  # no-referrer makes browsers send "Origin: null"
X_FRAME_OPTIONS = "DENY"
SESSION_COOKIE_SECURE = CSRF_COOKIE_SECURE = IS_PRODUCTION
SESSION_COOKIE_HTTPONLY = CSRF_COOKIE_HTTPONLY = True
SESSION_COOKIE_SAMESITE = CSRF_COOKIE_SAMESITE = "Lax"
COOKIE_PREFIX = "__Host-" if IS_PRODUCTION else ""
SESSION_COOKIE_NAME = COOKIE_PREFIX + "session"
CSRF_COOKIE_NAME = COOKIE_PREFIX + "csrf"
LANGUAGE_COOKIE_NAME = COOKIE_PREFIX + "language"
SESSION_COOKIE_AGE = 12 * 3600
CSRF_FAILURE_VIEW = "events.views.errors.csrf_failed"
MESSAGE_STORAGE = "django.contrib.messages.storage.session.SessionStorage"

AUTHENTICATION_BACKENDS = ["axes.backends.AxesStandaloneBackend", "django.contrib.auth.backends.ModelBackend"]
AUTH_PASSWORD_VALIDATORS = [
    {"NAME": "django.contrib.auth.password_validation.UserAttributeSimilarityValidator"},
    {"NAME": "django.contrib.auth.password_validation.MinimumLengthValidator", "OPTIONS": {"min_length": 12}},
    {"NAME": "django.contrib.auth.password_validation.CommonPasswordValidator"},
]
LOGIN_URL, LOGIN_REDIRECT_URL = "admin:login", "admin:index"
AXES_FAILURE_LIMIT, AXES_COOLOFF_TIME = 10, 0.5  # tries, hours
AXES_LOCKOUT_PARAMETERS = [["username", "ip_address"]]  # a whole office shares one address
AXES_LOCKOUT_CALLABLE = "events.views.errors.locked_out"
AXES_CLIENT_IP_CALLABLE = "config.middleware.client_address"
AXES_DISABLE_ACCESS_LOG = True  # it would keep whole addresses for ever
AXES_ENABLE_ADMIN = AXES_VERBOSE = False
AXES_SENSITIVE_PARAMETERS = ["username", "ip_address"]

# Logs: no address, token or query string ever (see config/logs.py) -----------------
LOG_FORMAT = env.one_of("LOG_FORMAT", ["json", "plain"], default="json" if IS_PRODUCTION else "plain")
LOGGING = logs.logging_in(LOG_FORMAT)
DEFAULT_EXCEPTION_REPORTER_FILTER = "config.logs.ReportWithoutPersonalData"
