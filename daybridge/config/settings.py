"""Django's settings. Everything that differs between machines comes from environment.py."""

from django.utils.translation import gettext_lazy as _

from daybridge.config import environment
from daybridge.config.tasks import TASKS as JOB_TASKS  # noqa: F401

HOME = environment.home()
HOME.mkdir(mode=0o700, parents=True, exist_ok=True)
SECRET_KEY = environment.secret("django.key")
DEBUG = environment.flag("DAYBRIDGE_DEBUG")
HTTPS = environment.flag("DAYBRIDGE_HTTPS")
ALLOWED_HOSTS = environment.words("DAYBRIDGE_HOSTS", "localhost,127.0.0.1,[::1]")
CSRF_TRUSTED_ORIGINS = [f"https://{host}" for host in ALLOWED_HOSTS] if HTTPS else []
ADDRESS = environment.text("DAYBRIDGE_ADDRESS", "http://127.0.0.1:8000")  # how links in letters begin
ALLAUTH_TRUSTED_PROXY_COUNT = 1 if environment.flag("DAYBRIDGE_PROXY") else 0
SECURE_PROXY_SSL_HEADER = ("HTTP_X_FORWARDED_PROTO", "https") if environment.flag("DAYBRIDGE_PROXY") else None

# The order of the rooms, from the ground up, is the order of the import contract.
ROOMS = [
    "daybridge.ui",
    "daybridge.audit",
    "daybridge.access",
    "daybridge.jobs",
    "daybridge.people",
    "daybridge.consent",
    "daybridge.episodes",
    "daybridge.level_of_care",
    "daybridge.program",
    "daybridge.plans",
    "daybridge.admissions",
    "daybridge.scheduling",
    "daybridge.attendance",
    "daybridge.reminders",
    "daybridge.notes",
    "daybridge.rights",
    "daybridge.keeping",
    "daybridge.release",
    "daybridge.watch",
    "daybridge.chart",
    "daybridge.frontdoor",
    "daybridge.portal",
    "daybridge.simulation",
    "daybridge.config",
]
INSTALLED_APPS = [
    "django.contrib.auth",
    "django.contrib.contenttypes",
    "django.contrib.sessions",
    "django.contrib.messages",
    "whitenoise.runserver_nostatic",
    "django.contrib.staticfiles",
    "django_htmx",
    "csp",
    "lucide",
    *ROOMS,  # before allauth, whose templates access overrides
    "allauth",
    "allauth.account",
    "allauth.mfa",
    "allauth.usersessions",
    "django_q",
]
MIDDLEWARE = [
    "django.middleware.security.SecurityMiddleware",
    "daybridge.config.headers.guarded",
    "whitenoise.middleware.WhiteNoiseMiddleware",
    "csp.middleware.CSPMiddleware",
    "django.contrib.sessions.middleware.SessionMiddleware",
    "django.middleware.locale.LocaleMiddleware",
    "django.middleware.common.CommonMiddleware",
    "daybridge.config.headers.sized",
    "django.middleware.csrf.CsrfViewMiddleware",
    "django.contrib.auth.middleware.AuthenticationMiddleware",
    "django.contrib.messages.middleware.MessageMiddleware",
    "django.middleware.clickjacking.XFrameOptionsMiddleware",
    "django_htmx.middleware.HtmxMiddleware",
    "allauth.account.middleware.AccountMiddleware",
    "allauth.usersessions.middleware.UserSessionsMiddleware",
    "daybridge.access.middleware.origin",
    "daybridge.access.middleware.remember",
    "daybridge.access.middleware.local_time",
    "daybridge.access.middleware.idle_lock",
    "daybridge.access.middleware.default_deny",
    "daybridge.config.standoff.again",
    "daybridge.ui.middleware.drafts",
]
ROOT_URLCONF = "daybridge.config.urls"
WSGI_APPLICATION = "daybridge.config.wsgi.application"
TEMPLATES = [
    {
        "BACKEND": "django.template.backends.django.DjangoTemplates",
        "APP_DIRS": True,
        "OPTIONS": {
            "context_processors": [
                "django.template.context_processors.request",
                "django.contrib.auth.context_processors.auth",
                "django.contrib.messages.context_processors.messages",
                "daybridge.config.shell.shell",
            ],
        },
    }
]
FORM_RENDERER = "django.forms.renderers.DjangoTemplates"

DATABASES = {"default": environment.database()}
DEFAULT_AUTO_FIELD = "django.db.models.BigAutoField"
CACHES = {
    "default": {"BACKEND": "django.core.cache.backends.db.DatabaseCache", "LOCATION": "shared_cache"},
}

# Words and time
LANGUAGE_CODE = "en-us"
LANGUAGES = [("en", _("English")), ("es", _("Spanish"))]
LOCALE_PATHS = [environment.Path(__file__).resolve().parent.parent / "locale"]
USE_TZ = True
TIME_ZONE = "UTC"

# What keeps a record from being purged, from rooms that stand beside or above `keeping`
KEEPING_OPEN = ["daybridge.config.open_matters.requests", "daybridge.config.open_matters.breaches"]

# Files
STATIC_URL = "/static/"
STATIC_ROOT = HOME / "static"
STORAGES = {
    "default": {"BACKEND": "django.core.files.storage.FileSystemStorage"},
    "staticfiles": {"BACKEND": "whitenoise.storage.CompressedManifestStaticFilesStorage"},
}
MEDIA_ROOT = HOME / "files"
DATA_UPLOAD_MAX_MEMORY_SIZE = 2_500_000
FILE_UPLOAD_MAX_MEMORY_SIZE = 2_500_000
FILE_UPLOAD_TEMP_DIR = HOME / "uploads"  # private, and on the home's encrypted disk, for as long as a request lasts
FILE_UPLOAD_TEMP_DIR.mkdir(mode=0o700, exist_ok=True)
LARGEST_REQUEST = 16_000_000  # a document (PEO-1) and its form; packets are sized by their own view

# Who one is
AUTH_USER_MODEL = "access.User"
AUTHENTICATION_BACKENDS = ["allauth.account.auth_backends.AuthenticationBackend"]
PASSWORD_HASHERS = ["django.contrib.auth.hashers.Argon2PasswordHasher"]
AUTH_PASSWORD_VALIDATORS = [
    {"NAME": "django.contrib.auth.password_validation.MinimumLengthValidator", "OPTIONS": {"min_length": 12}},
    {"NAME": "django.contrib.auth.password_validation.CommonPasswordValidator"},
    {"NAME": "django.contrib.auth.password_validation.NumericPasswordValidator"},
    {"NAME": "django.contrib.auth.password_validation.UserAttributeSimilarityValidator"},
    {"NAME": "daybridge.access.passwords.NotOurWords"},
]
LOGIN_URL = "account_login"
LOGIN_REDIRECT_URL = "/"
ACCOUNT_ADAPTER = "daybridge.access.adapters.ByInvitation"
ACCOUNT_LOGIN_METHODS = {"email"}
ACCOUNT_SIGNUP_FIELDS = ["email*", "password1*", "password2*"]
ACCOUNT_USER_MODEL_USERNAME_FIELD = None
ACCOUNT_EMAIL_VERIFICATION = "none"  # the invitation already proved the address
ACCOUNT_PREVENT_ENUMERATION = True
ACCOUNT_LOGOUT_ON_GET = False
ACCOUNT_SESSION_REMEMBER = False
ACCOUNT_RATE_LIMITS = {"login": "30/m/ip", "login_failed": "10/m/ip,5/300s/key"}
ACCOUNT_EMAIL_UNKNOWN_ACCOUNTS = False  # no letters to people we do not know
MFA_ADAPTER = "daybridge.access.adapters.SealedSecondStep"
MFA_SUPPORTED_TYPES = ["totp", "webauthn", "recovery_codes"]
MFA_PASSKEY_LOGIN_ENABLED = True
MFA_WEBAUTHN_ALLOW_INSECURE_ORIGIN = not HTTPS  # plain http happens on loopback only
MFA_TOTP_ISSUER = "Daybridge"
USERSESSIONS_TRACK_ACTIVITY = False  # the idle lock stamps the session, every few seconds at most
SESSION_COOKIE_AGE = 12 * 3600
SESSION_EXPIRE_AT_BROWSER_CLOSE = True
IDLE_LOCK_MINUTES = 15  # domain/privacy: default 15 minutes

# Policy for browsers
CONTENT_SECURITY_POLICY = {
    "DIRECTIVES": {
        "default-src": ["'self'"],
        "script-src": ["'self'"],
        "style-src": ["'self'"],
        "img-src": ["'self'", "data:"],
        "object-src": ["'none'"],
        "base-uri": ["'none'"],
        "frame-ancestors": ["'none'"],
        "form-action": ["'self'"],
    }
}
SESSION_COOKIE_SECURE = CSRF_COOKIE_SECURE = SECURE_SSL_REDIRECT = HTTPS
SECURE_HSTS_SECONDS = 31_536_000 if HTTPS else 0
SECURE_HSTS_INCLUDE_SUBDOMAINS = HTTPS
SECURE_HSTS_PRELOAD = False
SESSION_COOKIE_HTTPONLY = True
SESSION_COOKIE_SAMESITE = CSRF_COOKIE_SAMESITE = "Lax"
if HTTPS:  # names that no other host and no plain page can set
    SESSION_COOKIE_NAME, CSRF_COOKIE_NAME = "__Host-sessionid", "__Host-csrftoken"
MESSAGE_STORAGE = "django.contrib.messages.storage.session.SessionStorage"  # a toast may name people: not in a cookie
SECURE_REFERRER_POLICY = "same-origin"
X_FRAME_OPTIONS = "DENY"

EMAIL_BACKEND = "django.core.mail.backends.console.EmailBackend"
if environment.text("DAYBRIDGE_SMTP_HOST"):
    EMAIL_BACKEND = "django.core.mail.backends.smtp.EmailBackend"
    EMAIL_HOST = environment.text("DAYBRIDGE_SMTP_HOST")
    EMAIL_PORT = int(environment.text("DAYBRIDGE_SMTP_PORT", "587"))
    EMAIL_HOST_USER = environment.text("DAYBRIDGE_SMTP_USER")
    EMAIL_HOST_PASSWORD = environment.text("DAYBRIDGE_SMTP_PASSWORD")
    EMAIL_USE_TLS = True
DEFAULT_FROM_EMAIL = environment.text("DAYBRIDGE_MAIL_FROM", "daybridge@localhost")

# Jobs: at least once, one at a time in the local queue (a waiting job's lease ages)
Q_CLUSTER = {
    "name": "daybridge",
    "orm": "default",
    "workers": 2,
    "timeout": 300,
    "retry": 360,
    "max_attempts": 0,  # attempts are counted on the job's own row, before the work
    "cache": "none",  # the cluster's statistics would be two writes a second; jobs.Worker is the heartbeat
    "ack_failures": False,
    "queue_limit": 1,
    "catch_up": False,
    "poll": 1,
    "save_limit": 1000,
    "label": "Jobs",
}

LOGGING = {
    "version": 1,
    "disable_existing_loggers": False,
    "formatters": {
        "line": {
            "()": "daybridge.config.logs.Wordless",
            "format": "{asctime} {levelname} {name} {message}",
            "style": "{",
        }
    },
    "handlers": {"console": {"class": "logging.StreamHandler", "formatter": "line"}},
    "root": {"handlers": ["console"], "level": environment.text("DAYBRIDGE_LOG", "WARNING")},
}
