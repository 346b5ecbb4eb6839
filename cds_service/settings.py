"""The environment as one frozen Settings. What is not understood is an error, and every fault is told at once."""

from __future__ import annotations

import re
from collections.abc import Callable, Iterator, Mapping
from dataclasses import dataclass
from datetime import UTC, date, tzinfo
from pathlib import Path
from urllib.parse import SplitResult, urlsplit
from zoneinfo import ZoneInfo

from .errors import SettingsError

PREFIX = "NENCDS_"
FOR_TESTS = "NENCDS_TEST_"  # read by the test suite, never by the service
JURISDICTIONS = ("JP", "US", "EU", "UK", "CN", "other")
DATABASES = ("sqlite", "postgresql")
_PLAIN = re.compile(r"[!-\[\]-~]+")  # printable ASCII without the backslash, which parsers read in two ways
_DAY = re.compile(r"\d{4}-\d{2}-\d{2}", re.ASCII)


@dataclass(frozen=True)
class ServerAddress:
    """A FHIR server that a call may select; `open` = may be read without a token."""

    base: str
    open: bool = False


@dataclass(frozen=True)
class Settings:
    """How this deployment wants the service. docs/settings.md says it in words."""

    env: str = "development"
    jurisdiction: str = "JP"
    language: str = "en"
    auth: str = "off"
    public_url: str | None = None
    fhir_servers: tuple[ServerAddress, ...] = ()
    cors_origins: tuple[str, ...] = ()
    database_url: str = "sqlite:///var/nen-cds.db"
    timezone: tzinfo = UTC
    on: date | None = None
    overlay: Path | None = None
    require_review: bool = False

    @property
    def production(self) -> bool:
        return self.env == "production"


def read_settings(environ: Mapping[str, str]) -> Settings:
    """The settings of this environment; an empty variable counts as not set. Raises SettingsError."""
    given = {name: text.strip() for name, text in environ.items() if _is_ours(name) and text.strip()}
    values: dict[str, object] = {}
    faults: list[str] = []
    for name, text in sorted(given.items()):
        if name not in READERS:
            faults.append(f"{name} is not a setting of this service")
            continue
        field, read = READERS[name]
        try:
            found = read(text)
        except ValueError as wrong:
            faults.append(f"{name}: {wrong}")
        else:
            values |= {field: found} if field else {}
    if values.get("env") == "production":
        values.setdefault("auth", "jwt")
    settings = Settings(**values)  # type: ignore[arg-type]  # each reader answers its field's type
    faults += _joint_faults(settings, values, environ)
    if faults:
        raise SettingsError(faults)
    return settings


def _is_ours(name: str) -> bool:
    return name.startswith(PREFIX) and not name.startswith(FOR_TESTS)


def _joint_faults(settings: Settings, given: Mapping[str, object], environ: Mapping[str, str]) -> Iterator[str]:
    """What no single variable shows by itself."""
    if settings.auth == "jwt":
        yield "NENCDS_AUTH: checking tokens (jwt) is built in a later release; only off, on loopback, works today"
    if settings.production:
        yield from _production_faults(settings, given, environ)


def _production_faults(settings: Settings, given: Mapping[str, object], environ: Mapping[str, str]) -> Iterator[str]:
    """What development may do and production may not."""
    if "jurisdiction" not in given:
        yield f"NENCDS_JURISDICTION is required in production: {', '.join(JURISDICTIONS)}"
    if settings.on:
        yield "NENCDS_ON: answering as of a chosen day is for development only"
    if environ.get("FLASK_DEBUG", "").strip().lower() not in ("", "0", "false", "no", "off"):
        yield "FLASK_DEBUG is on: the debugger would run code for anybody who asks; never in production"
    for name, urls in (
        ("NENCDS_FHIR_SERVERS", [server.base for server in settings.fhir_servers]),
        ("NENCDS_PUBLIC_URL", [settings.public_url] if settings.public_url else []),
        ("NENCDS_CORS_ORIGINS", settings.cors_origins),
    ):
        if any(not url.startswith("https://") for url in urls):
            yield f"{name}: only https in production"


def _one_of(*words: str) -> Callable[[str], str]:
    def read(text: str) -> str:
        if text not in words:
            raise ValueError(f"is one of {', '.join(words)}")
        return text

    return read


def _not_built(what: str) -> Callable[[str], object]:
    def read(text: str) -> object:
        raise ValueError(f"not built yet: {what}. Leave it unset")

    return read


def _switch(text: str) -> bool:
    if text not in ("0", "1"):
        raise ValueError("is 0 or 1")
    return text == "1"


def _folder(text: str) -> Path:
    if not Path(text).is_dir():
        raise ValueError("is not a folder of this machine")
    return Path(text)


def _web_address(text: str) -> SplitResult:
    """The parts of an http(s) URL that every parser reads alike: no user, query, fragment, backslash or blank."""
    if not _PLAIN.fullmatch(text):
        raise ValueError("holds a character that does not belong into an address")
    parts = urlsplit(text)
    if parts.scheme not in ("http", "https") or not parts.hostname or parts.port == 0:
        raise ValueError("is not an absolute http or https address")
    if "@" in parts.netloc or "?" in text or "#" in text:
        raise ValueError("takes neither user, query nor fragment")
    return parts


def _public_url(text: str) -> str:
    _web_address(text)
    return text.rstrip("/")


def _servers(text: str) -> tuple[ServerAddress, ...]:
    servers = []
    for item in _items(text):
        base, *flags = item.split(";")
        if flags not in ([], ["open"]):
            raise ValueError("after the address only ;open is known")
        _web_address(base)
        servers.append(ServerAddress(base, open=bool(flags)))
    if len({server.base for server in servers}) < len(servers):
        raise ValueError("names one server twice")
    return tuple(servers)


def _origins(text: str) -> tuple[str, ...]:
    """Exact origins; anything that could be read as a pattern is refused, since the CORS library would use it so."""
    origins = _items(text)
    for origin in origins:
        parts = _web_address(origin)
        if not re.fullmatch(r"[a-z0-9.:-]+", parts.netloc) or origin != f"{parts.scheme}://{parts.netloc}":
            raise ValueError("takes exact origins such as https://ehr.example.org, in lower case, without * or path")
    return origins


def _items(text: str) -> tuple[str, ...]:
    return tuple(item.strip() for item in text.split(",") if item.strip())


def _database_url(text: str) -> str:
    scheme = text.partition("://")[0].partition("+")[0]
    if "://" not in text or scheme not in DATABASES:
        raise ValueError(f"is an SQLAlchemy URL of {' or '.join(DATABASES)}")
    return text


def _zone(text: str) -> tzinfo:
    try:
        return ZoneInfo(text)
    except (LookupError, OSError, ValueError):  # OSError: the name of a folder, such as Asia
        raise ValueError("is not the name of a time zone this machine knows, such as Asia/Tokyo") from None


def _day(text: str) -> date:
    if not _DAY.fullmatch(text):
        raise ValueError("is a day written as 2026-01-15")
    return date.fromisoformat(text)


READERS: Mapping[str, tuple[str, Callable[[str], object]]] = {
    "NENCDS_ENV": ("env", _one_of("development", "production")),
    "NENCDS_JURISDICTION": ("jurisdiction", _one_of(*JURISDICTIONS)),
    "NENCDS_LANGUAGE": ("language", _one_of("en", "ja")),
    "NENCDS_AUTH": ("auth", _one_of("jwt", "off")),
    "NENCDS_CLIENTS": ("", _not_built("a clients file")),
    "NENCDS_PUBLIC_URL": ("public_url", _public_url),
    "NENCDS_FHIR_SERVERS": ("fhir_servers", _servers),
    "NENCDS_CORS_ORIGINS": ("cors_origins", _origins),
    "NENCDS_DATABASE_URL": ("database_url", _database_url),
    "NENCDS_OVERLAY": ("overlay", _folder),
    "NENCDS_REQUIRE_REVIEW": ("require_review", _switch),
    "NENCDS_AUDIT": ("", _not_built("the audit log")),
    "NENCDS_TIMEZONE": ("timezone", _zone),
    "NENCDS_ON": ("on", _day),
}
"""Every variable: the field of Settings it fills (none where only the default works today), and how it is read."""
