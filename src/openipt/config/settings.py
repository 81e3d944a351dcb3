"""Settings: safe as they stand; the environment changes what an installation needs."""

from pathlib import Path

from django.conf.locale import LANG_INFO
from django.utils.translation import to_locale

from openipt.config import env
from openipt.config.secret import secret_key

OPENIPT_DATA_DIR = env.data_folder()
OPENIPT_OWN_PROTOCOLS = env.own_protocols(OPENIPT_DATA_DIR)
OPENIPT_DEMO = env.flag("OPENIPT_DEMO")
OPENIPT_TESTING = env.flag("OPENIPT_TESTING")
OPENIPT_SECURE = not (OPENIPT_DEMO or OPENIPT_TESTING or env.flag("OPENIPT_PLAIN_HTTP"))
OPENIPT_PROXIES = env.number("OPENIPT_PROXIES", 0)
PACKAGE = Path(__file__).parent.parent

DEBUG = False
SECRET_KEY = secret_key(OPENIPT_DATA_DIR)
ALLOWED_HOSTS = ["localhost", "127.0.0.1", "[::1]", *env.words("OPENIPT_HOSTS")]
if OPENIPT_TESTING:
    ALLOWED_HOSTS.append("testserver")
ROOT_URLCONF = "openipt.config.urls"
WSGI_APPLICATION = "openipt.config.wsgi.application"
DEFAULT_AUTO_FIELD = "django.db.models.BigAutoField"
APPEND_SLASH = True

INSTALLED_APPS = [
    "openipt.web",
    "openipt.vault",
    "openipt.audit",
    "openipt.outbox",
    "openipt.keeping",
    "openipt.people",
    "openipt.safety",
    "openipt.calendar",
    "openipt.inventory",
    "openipt.courses",
    "openipt.questionnaires",
    "openipt.practice",
    "openipt.encounters",
    "openipt.learning",
    "openipt.exchange",
    "openipt.home",
    "django.contrib.auth",
    "django.contrib.contenttypes",
    "django.contrib.sessions",
    "django.contrib.messages",
    "django.contrib.staticfiles",
    "django.contrib.humanize",  # the library's list of passkeys asks for it
    "django.forms",
    "allauth",
    "allauth.account",
    "allauth.mfa",
    "django_htmx",
    "csp",
]

MIDDLEWARE = [
    "django.middleware.security.SecurityMiddleware",
    "django.middleware.clickjacking.XFrameOptionsMiddleware",
    "whitenoise.middleware.WhiteNoiseMiddleware",
    "openipt.web.middleware.light_pages",
    "openipt.web.middleware.private_answers",
    "openipt.safety.middleware.HelpStays",
    "openipt.vault.middleware.KeyScope",
    "django.contrib.sessions.middleware.SessionMiddleware",
    "django.middleware.locale.LocaleMiddleware",
    "django.middleware.common.CommonMiddleware",
    "django.middleware.csrf.CsrfViewMiddleware",
    "django.contrib.auth.middleware.AuthenticationMiddleware",
    "django.contrib.messages.middleware.MessageMiddleware",
    "csp.middleware.CSPMiddleware",
    "django_htmx.middleware.HtmxMiddleware",
    "openipt.people.middleware.SessionLimits",
    "openipt.people.middleware.WhoIsHere",
    "openipt.audit.middleware.AuditContext",
    "openipt.web.middleware.Refusals",
    "openipt.web.middleware.Door",
    "openipt.people.middleware.FirstThings",
    "allauth.account.middleware.AccountMiddleware",
]

TEMPLATES = [
    {
        "BACKEND": "django.template.backends.jinja2.Jinja2",
        "APP_DIRS": True,
        "OPTIONS": {
            "environment": "openipt.web.pages.environment",
            "context_processors": [
                "openipt.web.pages.surroundings",
                "openipt.home.navigation.around",
            ],
        },
    },
    {
        "BACKEND": "django.template.backends.django.DjangoTemplates",
        "APP_DIRS": True,
        "OPTIONS": {
            "context_processors": [
                "django.template.context_processors.request",
                "django.contrib.auth.context_processors.auth",
                "django.contrib.messages.context_processors.messages",
                "openipt.web.pages.surroundings",
                "openipt.home.navigation.around",
            ],
        },
    },
]
FORM_RENDERER = "openipt.web.pages.FormRenderer"

# --- the record -----------------------------------------------------------------------
DATABASES = {
    "default": env.database(env.text("DATABASE_URL", ""), OPENIPT_DATA_DIR),
}
# Counters of sign-in attempts and used one-time codes must be shared by all processes
# and outlive a restart; a cache in memory would forget them.
CACHES = {
    "default": {
        "BACKEND": "openipt.web.counters.Counters",
        "LOCATION": "cache",
        # The library's 300 would be thrown away by whoever makes as many attempts, and
        # with them the counter that locks the account they are after.
        "OPTIONS": {"MAX_ENTRIES": 100_000},
    }
}
TASKS = {"default": {"BACKEND": "openipt.outbox.backend.OutboxBackend"}}
OPENIPT_JOB_SCOPES = ["openipt.vault.keys.scope"]
OPENIPT_KEK_FILES = env.words("OPENIPT_KEK_FILES")
OPENIPT_BACKUP_DIR = env.text("OPENIPT_BACKUP_DIR", "")

# --- accounts -------------------------------------------------------------------------
AUTH_USER_MODEL = "people.Account"
AUTHENTICATION_BACKENDS = ["allauth.account.auth_backends.AuthenticationBackend"]
LOGIN_URL = "account_login"
LOGIN_REDIRECT_URL = "home"
PASSWORD_HASHERS = ["openipt.people.hashing.BoundedArgon2"]
if OPENIPT_TESTING:
    PASSWORD_HASHERS.insert(0, "django.contrib.auth.hashers.MD5PasswordHasher")
AUTH_PASSWORD_VALIDATORS = [
    {
        "NAME": "django.contrib.auth.password_validation.MinimumLengthValidator",
        "OPTIONS": {"min_length": 12},
    },
    {"NAME": "openipt.people.passwords.NotTooLong"},
    {"NAME": "openipt.people.passwords.NotOfThisPlace"},
    {"NAME": "django.contrib.auth.password_validation.CommonPasswordValidator"},
    {
        "NAME": "django.contrib.auth.password_validation.UserAttributeSimilarityValidator"
    },
]
ACCOUNT_ADAPTER = "openipt.people.adapter.Accounts"
MFA_ADAPTER = "openipt.people.adapter.SecondFactors"
ACCOUNT_LOGIN_METHODS = {"email"}
ACCOUNT_SIGNUP_FIELDS = ["email*", "password1*"]
ACCOUNT_USER_MODEL_USERNAME_FIELD = None
ACCOUNT_EMAIL_VERIFICATION = "none"  # the one-time code is handed over in person
ACCOUNT_LOGOUT_ON_GET = False
ACCOUNT_SESSION_REMEMBER = False
ACCOUNT_EMAIL_NOTIFICATIONS = True
ACCOUNT_REAUTHENTICATION_TIMEOUT = 300
ACCOUNT_REAUTHENTICATION_REQUIRED = not OPENIPT_DEMO
ACCOUNT_PREVENT_ENUMERATION = True
if OPENIPT_DEMO or OPENIPT_TESTING:
    ACCOUNT_RATE_LIMITS = {
        "login": "300/m/ip",
        "login_failed": "300/m/ip,30/5m/key" if OPENIPT_DEMO else "10/m/ip,5/5m/key",
    }
ALLAUTH_TRUSTED_PROXY_COUNT = OPENIPT_PROXIES
MFA_SUPPORTED_TYPES = ["totp", "webauthn", "recovery_codes"]
MFA_PASSKEY_LOGIN_ENABLED = True
MFA_WEBAUTHN_ALLOW_INSECURE_ORIGIN = not OPENIPT_SECURE
MFA_TOTP_ISSUER = "OpenIPT"
MFA_TRUST_ENABLED = False

# --- sessions and cookies -------------------------------------------------------------
SESSION_ENGINE = "openipt.people.session_store"
SESSION_COOKIE_NAME = "__Host-session" if OPENIPT_SECURE else "openipt-session"
SESSION_COOKIE_SECURE = CSRF_COOKIE_SECURE = OPENIPT_SECURE
SESSION_COOKIE_HTTPONLY = True
SESSION_COOKIE_SAMESITE = "Lax"
SESSION_COOKIE_AGE = 24 * 60 * 60
CSRF_USE_SESSIONS = True
CSRF_FAILURE_VIEW = "openipt.web.refusals.forgery"
CSRF_TRUSTED_ORIGINS = env.words("OPENIPT_ORIGINS")
MESSAGE_STORAGE = "django.contrib.messages.storage.session.SessionStorage"

# --- what a browser may do ------------------------------------------------------------
SECURE_CONTENT_TYPE_NOSNIFF = True
SECURE_REFERRER_POLICY = "same-origin"
SECURE_CROSS_ORIGIN_OPENER_POLICY = "same-origin"
SECURE_SSL_REDIRECT = OPENIPT_SECURE and env.flag("OPENIPT_SSL_REDIRECT", default=True)
SECURE_HSTS_SECONDS = 365 * 24 * 60 * 60 if OPENIPT_SECURE else 0
SECURE_HSTS_INCLUDE_SUBDOMAINS = OPENIPT_SECURE
if OPENIPT_PROXIES:
    SECURE_PROXY_SSL_HEADER = ("HTTP_X_FORWARDED_PROTO", "https")
X_FRAME_OPTIONS = "DENY"
_NOBODY, _OURSELVES = ["'none'"], ["'self'"]
CONTENT_SECURITY_POLICY = {
    "DIRECTIVES": {
        **dict.fromkeys(
            ("default-src", "object-src", "base-uri", "frame-ancestors"), _NOBODY
        ),
        **dict.fromkeys(
            (
                "script-src",
                "style-src",
                "img-src",
                "font-src",
                "connect-src",
                "form-action",
                "manifest-src",
                "worker-src",
            ),
            _OURSELVES,
        ),
    }
}
DATA_UPLOAD_MAX_MEMORY_SIZE = 3 * 1024 * 1024
DATA_UPLOAD_MAX_NUMBER_FIELDS = 400

# --- static files ---------------------------------------------------------------------
STATIC_URL = "static/"
STATIC_ROOT = OPENIPT_DATA_DIR / "static"
STATIC_ROOT.mkdir(exist_ok=True)
STORAGES = {
    "default": {"BACKEND": "django.core.files.storage.FileSystemStorage"},
    "staticfiles": {
        "BACKEND": "django.contrib.staticfiles.storage.StaticFilesStorage"
        if OPENIPT_TESTING
        else "openipt.web.static_files.HashedFiles"
    },
}
WHITENOISE_USE_FINDERS = OPENIPT_TESTING

# --- languages and time ---------------------------------------------------------------
LANGUAGE_CODE = "en"
LANGUAGES = [("en", "English")]
LOCALE_PATHS = [PACKAGE / "locale"]
for _code, _name, _rtl in (("xx-long", "Long", False), ("xx-rtl", "Mirrored", True)):
    if (PACKAGE / "locale" / to_locale(_code)).is_dir():
        LANG_INFO[_code] = {
            "bidi": _rtl,
            "code": _code,
            "name": _name,
            "name_local": _name,
        }
        LANGUAGES.append((_code, _name))
USE_TZ = True
TIME_ZONE = "UTC"

# --- monitoring -----------------------------------------------------------------------
OPENIPT_METRICS_TOKEN = env.text("OPENIPT_METRICS_TOKEN", "")

# --- mail -----------------------------------------------------------------------------
EMAIL_BACKEND = (
    "django.core.mail.backends.locmem.EmailBackend"
    if OPENIPT_DEMO or OPENIPT_TESTING
    else "django.core.mail.backends.smtp.EmailBackend"
)
EMAIL_HOST = env.text("OPENIPT_SMTP_HOST", "localhost")
EMAIL_PORT = env.number("OPENIPT_SMTP_PORT", 25)
EMAIL_HOST_USER = env.text("OPENIPT_SMTP_USER", "")
EMAIL_HOST_PASSWORD = env.text("OPENIPT_SMTP_PASSWORD", "")
EMAIL_USE_TLS = env.flag("OPENIPT_SMTP_TLS")
EMAIL_TIMEOUT = 20
DEFAULT_FROM_EMAIL = env.text("OPENIPT_MAIL_FROM", "messages@localhost")

LOGGING_CONFIG = "openipt.config.logs.configure"
LOGGING = {"level": env.text("OPENIPT_LOG_LEVEL", "INFO")}
