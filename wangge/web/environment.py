"""Everything an operator may set, read once from the environment; a wrong value stops the start by its name."""

import os
from pathlib import Path
from typing import Annotated, Literal

from pydantic import Field, ValidationError, field_validator
from pydantic_settings import BaseSettings, NoDecode, SettingsConfigDict

PREFIX = "WANGGE_"


class BadSetting(SystemExit):
    """The start is refused; the message names the variable."""


class Environment(BaseSettings):
    """Settings of one installation. Each is the variable `WANGGE_<NAME>`, or `WANGGE_<NAME>_FILE` for a secret."""

    model_config = SettingsConfigDict(env_prefix=PREFIX, frozen=True)

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
    debug: bool = False
    time_zone: str = "Asia/Shanghai"
    catalogue: Path | None = Field(None, description="folder with the city's own definitions")
    suite: Literal["intl", "gm"] = "intl"
    key_copies: Annotated[list[Path], NoDecode] = Field(default_factory=list)
    anchor_folders: Annotated[list[Path], NoDecode] = Field(default_factory=list)
    idle_minutes: int = Field(30, ge=5, le=240)
    sms: Literal["console", "http"] = "console"
    sms_url: str = ""
    sms_token: str = ""
    email_url: str = Field("", description="smtp://user:password@host:587, or empty for the console")
    sender: str = "wangge@localhost"
    demo: bool = False

    @field_validator("hosts", "key_copies", "anchor_folders", mode="before")
    @classmethod
    def by_commas(cls, value: object) -> object:
        return [part.strip() for part in value.split(",") if part.strip()] if isinstance(value, str) else value

    @field_validator("time_zone")
    @classmethod
    def known_zone(cls, value: str) -> str:
        from zoneinfo import ZoneInfo  # noqa: PLC0415 - slow import

        ZoneInfo(value)
        return value


def read(environment: dict[str, str] | None = None) -> Environment:
    """Read the settings; secrets also from files. Raises BadSetting naming every wrong variable."""
    given = dict(os.environ if environment is None else environment)
    wrong: list[str] = []
    values: dict[str, str] = {}
    for name, value in sorted(given.items()):
        if not name.startswith(PREFIX):
            continue
        field = name.removeprefix(PREFIX).lower()
        if field in Environment.model_fields:
            values[field] = value
        elif field.removesuffix("_file") in Environment.model_fields:
            values[field.removesuffix("_file")] = Path(value).read_text(encoding="utf-8").strip()
        else:
            wrong.append(f"{name}: there is no such setting")
    try:
        found = Environment.model_validate(values)
    except ValidationError as error:
        wrong += [f"{PREFIX}{str(e['loc'][0]).upper()}: {e['msg']}" for e in error.errors()]
        raise BadSetting("\n".join(wrong)) from None
    if wrong:
        raise BadSetting("\n".join(wrong))
    return found.model_copy(update={"home": found.home.resolve()})
