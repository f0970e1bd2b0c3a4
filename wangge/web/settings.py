"""Django's settings, made from the typed environment."""

from typing import Any

from django.utils.translation import gettext_lazy as _

from wangge.web.databases import databases
from wangge.web.environment import read
from wangge.web.logs import configure
from wangge.web.secrets import keep

WANGGE = read()
SECRETS = WANGGE.home / "secrets"

SECRET_KEY = keep(SECRETS, "django").decode()
SESSION_KEY = keep(SECRETS, "sessions")
CODE_KEY = keep(SECRETS, "codes")
DEBUG = WANGGE.debug
ALLOWED_HOSTS = WANGGE.hosts or ["localhost", "127.0.0.1", "[::1]", "testserver", WANGGE.host]
ROOT_URLCONF = "wangge.web.urls"
WSGI_APPLICATION = "wangge.web.wsgi.application"
AUTH_USER_MODEL = "teams.Account"
DEFAULT_AUTO_FIELD = "django.db.models.BigAutoField"
APPEND_SLASH = True

INSTALLED_APPS = [
    "wangge.web",  # first: its templates stand before those of the libraries
    "django.contrib.contenttypes",
    "django.contrib.auth",
    "django.contrib.sessions",
    "django.contrib.messages",
    "django.contrib.staticfiles",
    "allauth",
    "allauth.account",
    "allauth.mfa",
    "procrastinate.contrib.django",
    "wangge.ledger",
    "wangge.access",
    "wangge.jobs",
    "wangge.vault",
    "wangge.catalogue",
    "wangge.clocks",
    "wangge.files",
    "wangge.delivery",
    "wangge.exchange",
    "wangge.places",
    "wangge.teams",
    "wangge.people",
    "wangge.cases",
    "wangge.insight",
]

MIDDLEWARE = [
    "wangge.web.middleware.headers",
    "django.middleware.security.SecurityMiddleware",
    "django.contrib.sessions.middleware.SessionMiddleware",
    "wangge.web.signin.idle.idle",
    "wangge.web.middleware.quiet",
    "wangge.web.middleware.language",
    "django.middleware.common.CommonMiddleware",
    "django.middleware.csrf.CsrfViewMiddleware",
    "wangge.web.middleware.in_somebodys_name",
    "django.contrib.auth.middleware.AuthenticationMiddleware",
    "wangge.web.middleware.second_factor",
    "django.contrib.messages.middleware.MessageMiddleware",
    "allauth.account.middleware.AccountMiddleware",
]

TEMPLATES: list[dict[str, Any]] = [
    {
        "BACKEND": "django.template.backends.django.DjangoTemplates",
        "APP_DIRS": True,
        "OPTIONS": {
            "context_processors": [
                "django.template.context_processors.request",
                "django.template.context_processors.i18n",
                "django.contrib.messages.context_processors.messages",
                "wangge.web.shell.shell",
            ],
            "builtins": ["wangge.web.templatetags.wg", "django.templatetags.i18n"],
            "libraries": {"notices": "wangge.web.privacy.notices"},
        },
    }
]

DATABASES = databases(WANGGE)

LANGUAGE_CODE = "zh-hans"
LANGUAGES = [("zh-hans", _("Chinese")), ("en", _("English"))]
LANGUAGE_COOKIE_NAME = "wg_language"
LANGUAGE_COOKIE_SAMESITE = "Lax"
USE_I18N = True
USE_TZ = True
TIME_ZONE = WANGGE.time_zone

STATIC_URL = "/static/"
STATIC_ROOT = WANGGE.home / "static"
MEDIA_ROOT = WANGGE.home / "media"
DATA_UPLOAD_MAX_MEMORY_SIZE = 2 * 1024 * 1024
DATA_UPLOAD_MAX_NUMBER_FIELDS = 200
DATA_UPLOAD_MAX_NUMBER_FILES = 20
FILE_UPLOAD_MAX_MEMORY_SIZE = 1024 * 1024

SESSION_ENGINE = "django.contrib.sessions.backends.signed_cookies"
SESSION_COOKIE_NAME = "wg_session"
SESSION_COOKIE_HTTPONLY = True
SESSION_COOKIE_SAMESITE = "Lax"
SESSION_COOKIE_SECURE = CSRF_COOKIE_SECURE = WANGGE.https
SESSION_EXPIRE_AT_BROWSER_CLOSE = True
CSRF_COOKIE_SAMESITE = "Lax"
CSRF_FAILURE_VIEW = "wangge.web.errors.csrf"
SECURE_CONTENT_TYPE_NOSNIFF = True
SECURE_REFERRER_POLICY = "same-origin"  # with no-referrer browsers send "Origin: null" and every form is refused
SECURE_PROXY_SSL_HEADER = ("HTTP_X_FORWARDED_PROTO", "https") if WANGGE.https else None
CSRF_TRUSTED_ORIGINS = [WANGGE.public_url] if WANGGE.public_url else []
X_FRAME_OPTIONS = "DENY"

AUTHENTICATION_BACKENDS = ["django.contrib.auth.backends.ModelBackend"]
AUTH_PASSWORD_VALIDATORS = [
    {"NAME": "django.contrib.auth.password_validation.MinimumLengthValidator", "OPTIONS": {"min_length": 10}},
    {"NAME": "django.contrib.auth.password_validation.CommonPasswordValidator"},
    {"NAME": "django.contrib.auth.password_validation.UserAttributeSimilarityValidator"},
]
LOGIN_URL = "account_login"
LOGIN_REDIRECT_URL = "/me/"
ACCOUNT_ADAPTER = "wangge.web.signin.adapter.AccountAdapter"
ACCOUNT_LOGIN_METHODS = {"username"}
ACCOUNT_SIGNUP_FIELDS = ["username*", "password1*"]
ACCOUNT_EMAIL_VERIFICATION = "none"
ACCOUNT_LOGOUT_ON_GET = False
ACCOUNT_LOGOUT_REDIRECT_URL = "/"
ACCOUNT_RATE_LIMITS = False
ACCOUNT_SESSION_REMEMBER = False
ACCOUNT_SESSION_REMEMBER = False
ACCOUNT_USER_MODEL_EMAIL_FIELD = "email"
ACCOUNT_FORMS = {
    "login": "wangge.web.signin.forms.SignInForm",
    "reauthenticate": "wangge.web.signin.forms.PasswordAgainForm",
}
MFA_ADAPTER = "wangge.web.signin.adapter.SecondFactorAdapter"
MFA_SUPPORTED_TYPES = ["totp", "recovery_codes"]
MFA_TOTP_ISSUER = "wangge"
MFA_TOTP_TOLERANCE = 1
MFA_RECOVERY_CODES_SHOW_ONCE = True
MFA_FORMS = {
    "authenticate": "wangge.web.signin.forms.CodeForm",
    "reauthenticate": "wangge.web.signin.forms.CodeAgainForm",
    "activate_totp": "wangge.web.signin.forms.FirstCodeForm",
}

EMAIL_BACKEND = "django.core.mail.backends.console.EmailBackend"
DEFAULT_FROM_EMAIL = WANGGE.sender

LOGGING_CONFIG = None
configure(WANGGE.home / "log", debug=DEBUG)
