"""Which documents restate code, and what do they say now? `make docs` writes them; a house test compares."""

from collections.abc import Callable, Iterable, Mapping
from pathlib import Path
from typing import Final

from shared.plumbing.metrics import ALL, LABELS, OF_THE_PROCESS
from shared.plumbing.settings import PREFIX, Settings
from waymark import rule_documents

FOLDER: Final = Path(__file__).resolve().parents[1] / "docs"
MADE: Final = "<!-- Made from the code by `make docs`; change the code instead. -->"


def metrics() -> str:
    """Every metric with its kind, its labels and what it counts."""
    families = [next(iter(metric.collect())) for metric in ALL]
    rows = (
        (f"`{family.name}`", family.type, ", ".join(f"`{name}`" for name in metric._labelnames), family.documentation)
        for metric, family in zip(ALL, families, strict=True)
    )
    values = ((f"`{name}`", ", ".join(f"`{value}`" for value in known)) for name, known in LABELS.items())
    return _page(
        "Metrics",
        "Every process serves its own at `/metrics`. Each sample also says `authority` (whose council) and `part`.",
        "A counter's name ends in `_total` there, a histogram's in `_bucket`, `_sum` and `_count`.",
        _table(("metric", "kind", "labels", "what it counts"), rows),
        "And of each process, as for any:",
        _table(("metric", "what it counts"), ((f"`{name}`", says) for name, says in OF_THE_PROCESS.items())),
        "No label takes any value but these; another is counted as `other`.",
        _table(("label", "values"), values),
    )


def settings() -> str:
    """Every setting with its default."""
    rows = (
        (
            f"`{PREFIX}{name.upper()}`",
            "" if field.default is None else f"`{_shown(field.default)}`",
            field.description or "",
        )
        for name, field in Settings.model_fields.items()
    )
    return _page(
        "Settings",
        "Read from the environment alone. A port of 0 is any free one. A password may be given as "
        "`WAYMARK_KEY_<ROLE>`; else it lies in the data folder's `keys`.",
        _table(("variable", "unless set", "what it is"), rows),
    )


DOCUMENTS: Final[Mapping[str, Callable[[], str]]] = {
    "metrics.md": metrics,
    "settings.md": settings,
    "rules.md": lambda: _told(rule_documents.rules()),
    "events.md": lambda: _told(rule_documents.events()),
}


def _told(page: rule_documents.Page) -> str:
    title, parts = page
    return _page(title, *parts)


def _page(title: str, *parts: str) -> str:
    return "\n\n".join((f"# {title}", MADE, *parts)) + "\n"


def _table(heads: Iterable[str], rows: Iterable[Iterable[str]]) -> str:
    heads = tuple(heads)
    lines = (heads, ("---",) * len(heads), *(tuple(row) for row in rows))
    return "\n".join(f"| {' | '.join(cells)} |" for cells in lines)


def _shown(default: object) -> str:
    return ",".join(default) if isinstance(default, tuple) else str(default)


def main() -> None:
    FOLDER.mkdir(exist_ok=True)
    for name, made in DOCUMENTS.items():
        (FOLDER / name).write_text(made(), encoding="utf-8")


if __name__ == "__main__":
    main()
