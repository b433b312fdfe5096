"""Where is the system that a command speaks to, and what opens it?"""

import fcntl
import json
import os
from collections.abc import Mapping
from dataclasses import dataclass
from pathlib import Path

from waymark.problems import CannotBeDoneNow, CannotBeUsed

DATA_FOLDER = ".waymark"
LOCK_FILE = "up.lock"


@dataclass(frozen=True, slots=True)
class Address:
    """A base URL and its bearer token; `data_dir` only where a folder led to them."""

    url: str
    token: str
    data_dir: Path | None = None


def data_dir_of(given: Path | None, environ: Mapping[str, str] = os.environ) -> Path:
    """The data folder: as given, else by WAYMARK_DATA_DIR, else `.waymark` in the current folder."""
    return given or Path(environ.get("WAYMARK_DATA_DIR") or DATA_FOLDER)


def find_address(given: Path | None, environ: Mapping[str, str] = os.environ) -> Address:
    """A folder that is named on the command line goes before WAYMARK_URL, and that before every other folder."""
    url = environ.get("WAYMARK_URL")
    if url and given is None:
        return Address(url.rstrip("/"), _token_for(url, environ))
    return _address_in(data_dir_of(given, environ))


def _token_for(url: str, environ: Mapping[str, str]) -> str:
    token = environ.get("WAYMARK_TOKEN")
    if not token:
        raise CannotBeUsed(f"WAYMARK_URL is {url} but WAYMARK_TOKEN is not set: set it to a token of that system.")
    return token


def _address_in(data_dir: Path) -> Address:
    note = data_dir / "system.json"
    try:
        found = json.loads(note.read_text(encoding="utf-8"))
        return Address(str(found["url"]).rstrip("/"), str(found["token"]), data_dir)
    except FileNotFoundError:
        raise CannotBeDoneNow(
            f"No system has been started in {data_dir}: start one with `waymark up`, "
            "or name its folder with --data-dir."
        ) from None
    except PermissionError:
        raise CannotBeUsed(f"{note} may be read by its owner alone: run this as the user who started it.") from None
    except (ValueError, KeyError, TypeError):
        raise CannotBeUsed(f"{note} cannot be read: start the system again with `waymark up`.") from None


def may_come_back(address: Address) -> bool:
    """Whether it is worth waiting while nobody answers: a supervisor that is alive holds its folder's lock."""
    return address.data_dir is None or _is_locked(address.data_dir / LOCK_FILE)


def _is_locked(lock: Path) -> bool:
    try:
        with lock.open("rb") as held:
            fcntl.flock(held, fcntl.LOCK_SH | fcntl.LOCK_NB)
    except FileNotFoundError:
        return False
    except OSError:
        return True
    return False
