"""What has this installation been told by its environment, and is it safe to start with?"""

import os
import re
from collections.abc import Mapping
from pathlib import Path
from typing import Annotated, Any, Final, Self
from urllib.parse import urlsplit, urlunsplit

from pydantic import (
    BaseModel,
    BeforeValidator,
    ConfigDict,
    Field,
    SecretStr,
    ValidationError,
    ValidationInfo,
    field_validator,
)

from shared.plumbing.keys import read_key

PREFIX: Final = "WAYMARK_"
OWNER: Final = "owner"

Port = Annotated[int, Field(ge=0, le=65535)]


class SettingsRefused(Exception):
    """The environment cannot be used: say the sentence on standard error and leave with 2."""


def _codes(value: object) -> object:
    return tuple(code.strip() for code in value.split(",") if code.strip()) if isinstance(value, str) else value


class Settings(BaseModel):
    """Each field is read from WAYMARK_<FIELD>; a port of 0 means any free one."""

    model_config = ConfigDict(frozen=True, extra="forbid", hide_input_in_errors=True)

    data_dir: Path = Field(default=Path(".waymark"), description="Where all data and keys lie.")
    url: str | None = Field(default=None, description="For commands: the system to ask, instead of a data folder.")
    token: SecretStr | None = Field(default=None, description="For commands: what opens it.")

    host: str = Field(default="127.0.0.1", description="Where pages and API listen.")
    port: Port = Field(default=8000, description="The port of pages and API.")
    health_host: str = Field(default="127.0.0.1", description="Where health and metrics listen.")
    health_port: Port = Field(default=0, description="A process's own port for health and metrics.")

    database_dsn: SecretStr | None = Field(
        default=None,
        description="An empty database of PostgreSQL 18 or later by its owner, who may make roles, instead of our own.",
    )
    postgres_port: Port = Field(default=0, description="The embedded database's port.")
    pool_size: int = Field(default=6, ge=4, le=50, description="Connections a process and role.")

    kafka_bootstrap: str | None = Field(default=None, description="A Kafka cluster instead of the embedded broker.")
    broker_port: Port = Field(default=0, description="The embedded broker's port.")
    broker_embedded: bool = Field(default=False, description="Whether the broker keeps nothing; `up` says so itself.")
    topic_prefix: str = Field(
        default="waymark",
        pattern=r"^[a-z0-9][a-z0-9._-]{0,60}$",
        description="What every topic's name begins with: small letters, digits, dots and hyphens.",
    )

    authorities: Annotated[tuple[str, ...], BeforeValidator(_codes)] = Field(
        default=("860",), description="The council's local authority codes, separated by commas."
    )
    database_id: str = Field(
        default="860", pattern=r"^[0-9]{3}$", description="DatabaseID of the NCCIS file: three digits."
    )
    workers: int = Field(default=1, ge=1, le=12, description="Processes a service.")
    worker: int = Field(default=0, ge=0, le=11, description="Which of them a process is; `up` says so itself.")
    log_level: str = Field(
        default="info",
        pattern=r"^(debug|info|warning|error)$",
        description="From what on processes speak of themselves: debug, info, warning or error.",
    )

    @field_validator("authorities")
    @classmethod
    def _authorities_are_codes(cls, codes: tuple[str, ...]) -> tuple[str, ...]:
        if not codes or not all(re.fullmatch(r"[0-9]{3}", code) for code in codes):
            raise ValueError("give local authority codes of three digits, separated by commas")
        return codes

    @field_validator("database_dsn")
    @classmethod
    def _dsn_names_a_database(cls, dsn: SecretStr | None) -> SecretStr | None:
        parts = urlsplit(dsn.get_secret_value()) if dsn else None
        if parts and not (parts.scheme in {"postgresql", "postgres"} and parts.hostname and parts.path.strip("/")):
            raise ValueError("give postgresql://owner:password@host:port/database")
        return dsn

    @field_validator("worker")
    @classmethod
    def _worker_is_one_of_them(cls, worker: int, info: ValidationInfo) -> int:
        if worker >= info.data.get("workers", worker + 1):
            raise ValueError("give a number from 0 that is less than WAYMARK_WORKERS")
        return worker

    @classmethod
    def from_environment(cls, environ: Mapping[str, str] = os.environ, **overrides: Any) -> Self:
        """Raises SettingsRefused with a sentence that names the variable and never its value."""
        given = {name: environ[_variable(name)] for name in cls.model_fields if environ.get(_variable(name))}
        try:
            return cls.model_validate(given | overrides)
        except ValidationError as refused:
            raise SettingsRefused(_sentence(refused)) from None

    @property
    def dsn(self) -> str:
        """The owner's DSN as given. Raises SettingsRefused where there is none."""
        if self.database_dsn is None:
            raise SettingsRefused("WAYMARK_DATABASE_DSN is not set; `waymark up` sets it for what it starts.")
        return self.database_dsn.get_secret_value()

    @property
    def bootstrap(self) -> str:
        if self.kafka_bootstrap is None:
            raise SettingsRefused("WAYMARK_KAFKA_BOOTSTRAP is not set; `waymark up` sets it for what it starts.")
        return self.kafka_bootstrap

    @property
    def database(self) -> str:
        return urlsplit(self.dsn).path.strip("/")

    def role(self, service: str) -> str:
        """The database role of a service; named after the database so that two systems may share a server."""
        return f"{self.database}_{service}"

    def connection(self, service: str) -> dict[str, str]:
        """Arguments for asyncpg.connect and create_pool: of the owner (`OWNER`) or of a service's own role."""
        parts = urlsplit(self.dsn)
        if service == OWNER:
            needed = not parts.password and self._has_key(OWNER)
            return {"dsn": self.dsn} | ({"password": self.key(OWNER)} if needed else {})
        place = parts.netloc.rpartition("@")[2]
        return {
            "dsn": urlunsplit(parts._replace(netloc=place)),
            "user": self.role(service),
            "password": self.key(service),
        }

    def key(self, name: str) -> str:
        """A secret by name: WAYMARK_KEY_<NAME> from the environment, else the data folder's keys/<name>."""
        return os.environ.get(f"{PREFIX}KEY_{name.upper()}") or read_key(self.keys_dir, name)

    def _has_key(self, name: str) -> bool:
        return f"{PREFIX}KEY_{name.upper()}" in os.environ or (self.keys_dir / name).exists()

    def environment(self) -> dict[str, str]:
        """What a child process is to be told so that it reads the same settings, but for the way in from outside."""
        told = self.model_dump(exclude={"token", "url"}, exclude_defaults=True)
        return {_variable(name): _text(value) for name, value in told.items()}

    @property
    def keys_dir(self) -> Path:
        return self.data_dir / "keys"


def unknown_names(environ: Mapping[str, str]) -> list[str]:
    """WAYMARK_ variables that no setting reads: most likely misspelt."""
    known = {_variable(name) for name in Settings.model_fields}
    ours = (name for name in environ if name.startswith(PREFIX) and not name.startswith(f"{PREFIX}KEY_"))
    return sorted(set(ours) - known)


def _text(value: object) -> str:
    if isinstance(value, SecretStr):
        return value.get_secret_value()
    return ",".join(value) if isinstance(value, tuple) else str(value)


def _variable(field: str) -> str:
    return PREFIX + field.upper()


def _sentence(refused: ValidationError) -> str:
    faults = refused.errors(include_input=False)
    parts = (f"{_variable(str(fault['loc'][0]))}: {_mend(str(fault['loc'][0]), fault)}" for fault in faults)
    return "These settings cannot be used. " + "; ".join(parts) + "."


def _mend(field: str, fault: Mapping[str, Any]) -> str:
    """In words: of a pattern what the setting is for, which says its form."""
    if fault["type"] == "string_pattern_mismatch":
        return f"this has another form ({str(Settings.model_fields[field].description).rstrip('.')})"
    return str(fault["msg"]).removeprefix("Value error, ")
