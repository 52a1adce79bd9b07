"""Everything an installation can set, read once from the environment.

Nothing else in the registry reads `os.environ`. A missing or bad name does not stop at the
first one: every problem is reported at once, so that an operator mends them in one go.
"""

import os
import re
import secrets
from collections.abc import Callable, Mapping
from contextlib import suppress
from dataclasses import dataclass
from datetime import date
from pathlib import Path
from typing import Any, Literal, TypeVar
from urllib.parse import urlsplit

from flask import current_app

T = TypeVar("T")

_TILES_HOST = re.compile(r"https://[a-z0-9-]+(\.[a-z0-9-]+)*(:\d+)?(?=/)", re.ASCII)

Environment = Literal["development", "production", "test"]


class SettingsError(Exception):
    """The environment cannot be used. `problems` has one sentence for each name."""

    def __init__(self, problems: list[str]) -> None:
        super().__init__("The settings cannot be used:\n" + "\n".join(f"- {p}" for p in problems))
        self.problems = problems


@dataclass(frozen=True)
class Settings:
    """One installation: who runs it, where it keeps things, and which rules it chose."""

    environment: Environment = "development"
    secret_key: str = ""
    database_url: str = "sqlite:///var/registry.db"
    data_dir: Path = Path("var")
    public_url: str = "http://localhost:8000"
    port: int = 8000
    scheme_name: str = "Safe and Sound"
    council_name: str = "City of Wolverhampton Council"
    place_name: str = "Wolverhampton"
    council_phone: str = "01902 551155"
    council_email: str = "safe-and-sound@example.gov.uk"
    duty_email: str = ""
    council_address: str = "Safe and Sound, Civic Centre, St Peter’s Square, Wolverhampton, WV1 1SH"
    dpo_email: str = ""
    authority_code: str = "E08000031"
    demonstration: bool = False
    mail_sender: Literal["file", "smtp", "memory"] = "file"
    mail_from: str = "Safe and Sound <safe-and-sound@example.gov.uk>"
    smtp_host: str = ""
    smtp_port: int = 25
    smtp_user: str = ""
    smtp_password: str = ""
    smtp_starttls: bool = False
    two_people_for_first_approval: bool = False
    second_reading_share: int = 10
    second_reading_seed: str = ""
    school_hours_limit: int = 18
    hand_over_objection_days: int = 5
    dbs_supervision_ends_on: date | None = None
    password_profile: Literal["strong", "cheap"] = "strong"
    scanner_address: str = ""
    import_from_private: bool = False
    map_tiles_url: str = ""
    map_tiles_attribution: str = ""
    proxy_hops: int = 0
    web_workers: int = 2
    directions_url: str = "https://www.openstreetmap.org/?mlat={latitude}&mlon={longitude}#map=17/{latitude}/{longitude}"

    @property
    def is_https(self) -> bool:
        """Whether people reach this installation over https; cookies depend on it."""
        return self.public_url.startswith("https://")

    @property
    def blobs_dir(self) -> Path:
        """Where evidence files are kept when no object store is set."""
        return self.data_dir / "files"

    @property
    def help_dir(self) -> Path:
        """Where a council keeps pages of advice of its own, if it does."""
        return self.data_dir / "help"

    @property
    def sealed_dir(self) -> Path:
        """Where years of the history go that are past retention."""
        return self.data_dir / "sealed"

    @property
    def tallies_dir(self) -> Path:
        """Where web processes lay down for the worker what they counted."""
        return self.data_dir / "tallies"

    @property
    def imports_dir(self) -> Path:
        """Where files wait that the council takes in."""
        return self.data_dir / "imports"

    @property
    def outbox_dir(self) -> Path:
        """Where the file sender writes each email."""
        return self.data_dir / "outbox"

    @classmethod
    def from_environment(cls, environ: Mapping[str, str]) -> "Settings":
        """The settings of this process.

        Raises SettingsError naming every missing or bad name at once.
        """
        return _Reading(environ).settings()


def tiles_host(address: str) -> str:
    """The one other host that a page may ask for pictures of a map, as a policy writes it; nothing
    where they come from here, or from nowhere."""
    found = _TILES_HOST.match(address)
    return found[0] if found else ""


def kept_secret_key(data_dir: Path) -> str:
    """The key that this machine made for itself, in a file that nobody else may read."""
    path = data_dir / "secret-key"
    if not path.exists():
        # Written whole before it has its name: two processes that start together agree on one.
        new = data_dir / f"secret-key.{secrets.token_hex(8)}"
        with os.fdopen(os.open(new, os.O_WRONLY | os.O_CREAT | os.O_EXCL, 0o600), "w") as file:
            file.write(secrets.token_urlsafe(48))
        with suppress(FileExistsError):
            os.link(new, path)
        new.unlink()
    return path.read_text().strip()


def settings() -> Settings:
    """The settings of the running application."""
    running: Settings = current_app.extensions["settings"]
    return running


class _Reading:
    """One reading of the environment; gathers problems instead of stopping at the first."""

    def __init__(self, environ: Mapping[str, str]) -> None:
        self.environ = environ
        self.problems: list[str] = []

    def settings(self) -> Settings:
        """Read every name, then answer with the settings or with every problem."""
        environment = self._one_of("ENVIRONMENT", ("development", "production", "test"))
        data_dir = Path(self.environ.get("DATA_DIR", "var")).absolute()
        database_url = self.environ.get("DATABASE_URL", "")
        demonstration = self._yes_no("DEMO", default=not database_url)
        if environment == "production":
            demonstration = self._yes_no("DEMO", default=False)
        built = Settings(
            environment=environment,
            secret_key=self._secret_key(environment),
            database_url=self._database_url(database_url, data_dir),
            data_dir=data_dir,
            public_url=self._url("PUBLIC_URL"),
            port=self._number("PORT", Settings.port),
            scheme_name=self._text("SCHEME_NAME", Settings.scheme_name),
            council_name=self._text("COUNCIL_NAME", Settings.council_name),
            place_name=self._text("PLACE_NAME", Settings.place_name),
            council_phone=self._text("COUNCIL_PHONE", Settings.council_phone),
            council_email=self._text("COUNCIL_EMAIL", Settings.council_email),
            duty_email=self._text("DUTY_EMAIL", ""),
            council_address=self._text("COUNCIL_ADDRESS", Settings.council_address),
            dpo_email=self._text("DPO_EMAIL", ""),
            authority_code=self._text("AUTHORITY_CODE", Settings.authority_code),
            demonstration=demonstration,
            mail_sender=self._one_of("MAIL_SENDER", ("file", "smtp", "memory")),
            mail_from=self._text("MAIL_FROM", Settings.mail_from),
            smtp_host=self._text("SMTP_HOST", ""),
            smtp_port=self._number("SMTP_PORT", Settings.smtp_port),
            smtp_user=self._text("SMTP_USER", ""),
            smtp_password=self._secret("SMTP_PASSWORD"),
            smtp_starttls=self._yes_no("SMTP_STARTTLS", default=False),
            two_people_for_first_approval=self._yes_no(
                "TWO_PEOPLE_FOR_FIRST_APPROVAL", default=False
            ),
            second_reading_share=self._number(
                "SECOND_READING_SHARE", Settings.second_reading_share
            ),
            second_reading_seed=self._secret("SECOND_READING_SEED"),
            school_hours_limit=self._number("SCHOOL_HOURS_LIMIT", Settings.school_hours_limit),
            dbs_supervision_ends_on=self._day("DBS_SUPERVISION_ENDS_ON"),
            hand_over_objection_days=self._number(
                "HAND_OVER_OBJECTION_DAYS", Settings.hand_over_objection_days
            ),
            scanner_address=self._text("SCANNER_ADDRESS", ""),
            import_from_private=self._yes_no("IMPORT_FROM_PRIVATE", default=False),
            map_tiles_url=self._tiles("MAP_TILES_URL"),
            map_tiles_attribution=self._text("MAP_TILES_ATTRIBUTION", ""),
            proxy_hops=self._number("PROXY_HOPS", 0),
            web_workers=self._number("WEB_WORKERS", Settings.web_workers),
            directions_url=self._directions_url(),
        )
        self._check_together(built)
        if self.problems:
            raise SettingsError(self.problems)
        return built

    def _check_together(self, built: Settings) -> None:
        """Rules over more than one name."""
        if not 0 <= built.second_reading_share <= 100:
            self.problems.append("SECOND_READING_SHARE must be between 0 and 100.")
        if built.mail_sender == "smtp" and not built.smtp_host:
            self.problems.append("SMTP_HOST is missing: MAIL_SENDER is smtp.")
        if built.map_tiles_url and not built.map_tiles_attribution:
            self.problems.append("MAP_TILES_ATTRIBUTION is missing: MAP_TILES_URL is set.")
        if built.environment == "production":
            for name in ("PUBLIC_URL", "DATABASE_URL", "MAIL_FROM"):
                if not self.environ.get(name):
                    self.problems.append(f"{name} is missing: production needs it.")
            if built.demonstration:
                self.problems.append("DEMO is on: production never shows a demonstration.")
            if built.mail_sender != "smtp":
                self.problems.append("MAIL_SENDER must be smtp in production.")

    def _text(self, name: str, default: str) -> str:
        return self.environ.get(name, "").strip() or default

    def _secret(self, name: str) -> str:
        """A secret from the name itself or from the file that NAME_FILE points at."""
        if path := self.environ.get(f"{name}_FILE"):
            try:
                return Path(path).read_text().strip()
            except OSError:
                self.problems.append(f"{name}_FILE cannot be read: {path}.")
        return self.environ.get(name, "")

    def _secret_key(self, environment: str) -> str:
        """At least 32 characters in production. Elsewhere it may be left empty: the application
        then makes its own and keeps it (`kept_secret_key`), so that no two machines share one."""
        given = self._secret("SECRET_KEY")
        if given and len(given) < 32:
            self.problems.append("SECRET_KEY is too short: give at least 32 characters.")
        if not given and environment == "production":
            self.problems.append("SECRET_KEY is missing: production needs its own.")
        return given

    def _database_url(self, given: str, data_dir: Path) -> str:
        if not given:
            return f"sqlite:///{data_dir / 'registry.db'}"
        if not given.startswith(("sqlite:///", "postgresql://", "postgresql+psycopg://")):
            self.problems.append("DATABASE_URL must start with sqlite:/// or postgresql://.")
        return given

    def _url(self, name: str) -> str:
        default = f"http://localhost:{self.environ.get('PORT', '8000')}"
        given = self._text(name, default).rstrip("/")
        parts = urlsplit(given)
        if parts.scheme not in ("http", "https") or not parts.hostname:
            self.problems.append(f"{name} must be an address such as https://clubs.example.gov.uk.")
        return given

    def _tiles(self, name: str) -> str:
        """Where pictures of a map come from: one host over https, or a path of our own. A host is
        written into the content security policy, so it is nothing but a name."""
        given = self._text(name, "")
        host = tiles_host(given)
        is_own = given.startswith("/") and not given.startswith("//")
        is_complete = all(part in given for part in ("{z}", "{x}", "{y}"))
        if given and not (is_complete and given.isprintable() and (is_own or host)):
            self.problems.append(
                f"{name} must be an address such as https://tiles.example.gov.uk/{{z}}/{{x}}/{{y}}.png."
            )
        return given

    def _directions_url(self) -> str:
        """Where a link to directions goes; “none” for no link to any map of others."""
        given = self._text("DIRECTIONS_URL", Settings.directions_url)
        if given == "none":
            return ""
        has_point = "{latitude}" in given and "{longitude}" in given
        if urlsplit(given).scheme not in ("http", "https") or not has_point:
            self.problems.append(
                "DIRECTIONS_URL must be an address with {latitude} and {longitude} in it, or none."
            )
        return given

    def _number(self, name: str, default: int) -> int:
        return self._parsed(name, default, int, "a whole number")

    def _day(self, name: str) -> date | None:
        return self._parsed(name, None, date.fromisoformat, "a day such as 2026-11-22")

    def _yes_no(self, name: str, default: bool) -> bool:
        words = {"1": True, "yes": True, "true": True, "0": False, "no": False, "false": False}
        return self._parsed(name, default, lambda text: words[text.lower()], "1 or 0")

    def _one_of(self, name: str, choices: tuple[str, ...]) -> Any:
        given = self.environ.get(name, "") or choices[0]
        if given not in choices:
            self.problems.append(f"{name} must be one of {', '.join(choices)}.")
            return choices[0]
        return given

    def _parsed(self, name: str, default: T, parse: Callable[[str], T], wanted: str) -> T:
        given = self.environ.get(name, "").strip()
        if not given:
            return default
        try:
            return parse(given)
        except (ValueError, KeyError):
            self.problems.append(f"{name} must be {wanted}, not “{given}”.")
            return default
