"""Where do passwords and tokens lie, so that their owner alone may read them?"""

import os
import secrets
import stat
from pathlib import Path


class KeyRefused(Exception):
    """A secret is missing or open to others: say the sentence and leave with 2."""


def read_key(folder: Path, name: str) -> str:
    """Raises KeyRefused where there is none or where others could read it."""
    path = folder / name
    if not path.is_file():
        raise KeyRefused(f"There is no key {name} in the data folder; `waymark up` makes it at its first start.")
    if stat.S_IMODE(path.stat().st_mode) & 0o077:
        raise KeyRefused(f"Others may read the key {name} in the data folder; make it readable by its owner alone.")
    return path.read_text().strip()


def make_key(folder: Path, name: str) -> str:
    """The key of that name, made at random if it is not there yet."""
    folder.mkdir(parents=True, exist_ok=True, mode=0o700)
    if not (folder / name).exists():
        write_private(folder / name, secrets.token_urlsafe(32))
    return read_key(folder, name)


def write_private(path: Path, text: str) -> None:
    """Replaces the file in one step, so that nobody ever reads half of it or reads it before it is closed to others."""
    draft = path.with_name(f".{path.name}.{os.getpid()}")
    descriptor = os.open(draft, os.O_WRONLY | os.O_CREAT | os.O_TRUNC, 0o600)
    with os.fdopen(descriptor, "w") as file:
        file.write(text)
        file.flush()
        os.fsync(file.fileno())
    draft.replace(path)
