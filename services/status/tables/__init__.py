"""Where do the tables that decide lie? Read once, at start, and handed to the pure rules."""

from importlib.resources import files

from services.status.domain.rules import CODE_LISTS, TABLES, Rules, compiled
from shared import codes


def load() -> Rules:
    """The rules of this release; raises TableRefused where a table is not total."""
    tables = {name: files(__name__).joinpath(f"{name}.csv").read_text("utf-8") for name in TABLES}
    return compiled(tables, {name: codes.text(name) for name in CODE_LISTS})
