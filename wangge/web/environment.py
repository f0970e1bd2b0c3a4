"""Everything an operator may set, read once from the environment; a wrong value stops the start by its name."""

import ipaddress
import os
from pathlib import Path
from typing import Annotated, Any, Literal, Self
from urllib.parse import urlsplit
from zoneinfo import ZoneInfo

from pydantic import Field, ValidationError, field_validator, model_validator
from pydantic_settings import BaseSettings, NoDecode, SettingsConfigDict

PREFIX, FROM_FILE = "WANGGE_", "_file"
NO_SETTINGS = ("WANGGE_SOAK", "WANGGE_TEST_")
"""Variables of our own test runs; everything else that begins like a setting must be one."""


class BadSetting(SystemExit):
    """The start is refused; the message names the variable."""


class Environment(BaseSettings):
    """Settings of one installation. Each is the variable `WANGGE_<NAME>`, or `WANGGE_<NAME>_FILE` for a secret."""

    model_config = SettingsConfigDict(env_prefix=PREFIX, frozen=True, extra="forbid")

    home: Path = Field(Path("var"), description="folder of the database, keys, photos and logs")
    dsn: str = Field("", description="an outside PostgreSQL (app role) instead of the one we start")
    owner_dsn: str = Field("", description="the same server as the owner role, for migrations")
    pg_bin: Path | None = Field(None, description="folder of PostgreSQL programs to use")
    host: str = "127.0.0.1"
    port: int = Field(8000, ge=1, le=65535)
    workers: int = Field(2, ge=1, le=64)
    public_url: str = Field("", description="the address residents see, for QR codes and links")
    hosts: Annotated[list[str], NoDecode] = Field(default_factory=list, description="host names served, with commas")
    https: bool = Field(default=False, description="served behind TLS: cookies are marked secure")
    proxies: int = Field(0, ge=0, le=9, description="reverse proxies in front, whose X-Forwarded-For is believed")
    debug: bool = False
    time_zone: str = "Asia/Shanghai"
    catalogue: Path | None = Field(None, description="folder with the city's own definitions")
    suite: Literal["intl", "gm"] = "intl"
    old_key_days: int = Field(30, ge=1, le=3650, description="how long an exchanged key still opens backups")
    backup_days: int = Field(30, ge=1, le=35, description="life of a backup of the data")
    key_backup_days: int = Field(7, ge=1, le=30, description="life of a backup of the keys: no longer than data's")
    rights_link_uses: int = Field(20, ge=1, le=1000, description="how often a link to one's own data opens")
    open_person: int = Field(60, ge=1, le=1000, description="how many fields one account opens in a day")
    open_grid: int = Field(300, ge=1, le=10000, description="how many fields all accounts open in one grid in a day")
    sign_least: int = Field(20, ge=1, le=1000, description="looks of a day below which nothing is far above")
    sign_times: int = Field(4, ge=2, le=100, description="so many times the usual day of a post is far above")
    sign_night: int = Field(5, ge=1, le=1000, description="looks at night that stand out")
    sign_grids: int = Field(6, ge=2, le=1000, description="different grids on one day that stand out")
    sign_without_task: int = Field(10, ge=1, le=1000, description="looks without a task that stand out")
    key_copies: Annotated[list[Path], NoDecode] = Field(default_factory=list)
    anchor_folders: Annotated[list[Path], NoDecode] = Field(default_factory=list)
    idle_minutes: int = Field(30, ge=5, le=240)
    sms: Literal["console", "http"] = "console"
    sms_url: str = Field("", description="the provider's gateway: https, or http inside a private network")
    sms_token: str = ""
    email_url: str = Field("", description="smtp://user:password@host:587, smtps://host:465, or empty: the console")
    sender: str = "wangge@localhost"
    demo: bool = False

    @classmethod
    def settings_customise_sources(
        cls, settings_cls: Any, init_settings: Any, env_settings: Any, dotenv_settings: Any, file_secret_settings: Any
    ) -> tuple[Any, ...]:
        """What `read` hands over and nothing else: it has looked at every variable."""
        return (init_settings,)

    @field_validator("hosts", "key_copies", "anchor_folders", mode="before")
    @classmethod
    def by_commas(cls, value: object) -> object:
        return [part.strip() for part in value.split(",") if part.strip()] if isinstance(value, str) else value

    @field_validator("time_zone")
    @classmethod
    def known_zone(cls, value: str) -> str:
        try:
            ZoneInfo(value)
        except (KeyError, ValueError, OSError):
            raise ValueError(f"there is no time zone {value!r}; write it as in Asia/Shanghai") from None
        return value

    @field_validator("public_url")
    @classmethod
    def reachable(cls, value: str) -> str:
        if value and (urlsplit(value).scheme not in {"http", "https"} or not urlsplit(value).hostname):
            raise ValueError("write it as in https://wangge.example")
        return value.rstrip("/")

    @field_validator("sms_url")
    @classmethod
    def private_way(cls, value: str) -> str:
        parts = urlsplit(value)
        if value and not (parts.hostname and (parts.scheme == "https" or _is_inside(parts.scheme, parts.hostname))):
            raise ValueError("telephone numbers go by https, or by http to an address inside the own network")
        return value

    @field_validator("email_url")
    @classmethod
    def mail_server(cls, value: str) -> str:
        parts = urlsplit(value)
        if value and (parts.scheme not in {"smtp", "smtps"} or not parts.hostname or not _has_port(value)):
            raise ValueError("write it as in smtp://user:password@mail.example:587")
        return value

    @model_validator(mode="after")
    def belongs_together(self) -> Self:
        if self.sms == "http" and not self.sms_url:
            raise ValueError("WANGGE_SMS_URL: it is needed when WANGGE_SMS is http")
        if self.old_key_days < self.backup_days:
            raise ValueError("WANGGE_OLD_KEY_DAYS: backups need the key for WANGGE_BACKUP_DAYS days")
        return self


def _is_inside(scheme: str, host: str) -> bool:
    try:
        inside = ipaddress.ip_address(host).is_private
    except ValueError:
        inside = host == "localhost"
    return scheme == "http" and inside


def _has_port(url: str) -> bool:
    try:
        return urlsplit(url).port != 0
    except ValueError:
        return False


def read(environment: dict[str, str] | None = None) -> Environment:
    """Read the settings; secrets also from files. Raises BadSetting naming every wrong variable."""
    given = dict(os.environ if environment is None else environment)
    values, wrong = _gathered({name: value for name, value in given.items() if name.startswith(PREFIX)})
    try:
        found = Environment.model_validate(values)
    except ValidationError as error:
        wrong += [_said(fault) for fault in error.errors(include_url=False, include_input=False)]
        raise BadSetting("\n".join(wrong)) from None
    if wrong:
        raise BadSetting("\n".join(wrong))
    return found.model_copy(update={"home": found.home.resolve()})


def _gathered(given: dict[str, str]) -> tuple[dict[str, str], list[str]]:
    """The values by their fields, and a sentence for each variable that is none or cannot be read."""
    values: dict[str, str] = {}
    wrong: list[str] = []
    for name, value in sorted(given.items()):
        field = name.removeprefix(PREFIX).lower()
        if field in Environment.model_fields:
            values[field] = value
        elif (secret := field.removesuffix(FROM_FILE)) in Environment.model_fields and field.endswith(FROM_FILE):
            if f"{PREFIX}{secret.upper()}" in given:
                wrong.append(f"{name}: {PREFIX}{secret.upper()} is set as well; keep one of the two")
            try:
                values[secret] = Path(value).read_text(encoding="utf-8").strip()
            except (OSError, UnicodeDecodeError) as problem:
                wrong.append(f"{name}: {value} cannot be read ({type(problem).__name__})")
        elif not name.startswith(NO_SETTINGS):
            wrong.append(f"{name}: there is no such setting")
    return values, wrong


def _said(fault: Any) -> str:
    text = str(fault["msg"]).removeprefix("Value error, ")
    return f"{PREFIX}{str(fault['loc'][0]).upper()}: {text}" if fault["loc"] else text
