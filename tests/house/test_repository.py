"""Is what is committed about the project alone, and are its decisions numbered?"""

import re

from tests.house.source import ROOT, files, place

TEXT = (".py", ".sql", ".csv", ".md", ".toml", ".yml", ".yaml", ".html", ".lock", "Makefile", "Dockerfile", "run")
MACHINE = re.compile("/(" + "|".join(["home", "root", "Users", "work"]) + ")/[a-z]")
REGISTRIES = {"https://pypi.org", "https://files.pythonhosted.org"}


def test_nothing_names_a_folder_of_somebodys_machine() -> None:
    named = [
        place(path)
        for suffix in TEXT
        for path in files(suffix=suffix)
        if MACHINE.search(path.read_text(encoding="utf-8", errors="replace"))
    ]
    assert not named


def test_the_lock_file_names_the_public_registry_alone() -> None:
    hosts = set(re.findall(r"https?://[^/\"]+", (ROOT / "uv.lock").read_text()))
    assert hosts <= REGISTRIES


def test_decisions_are_numbered_without_gaps_and_open_with_a_title() -> None:
    records = sorted((ROOT / "docs" / "decisions").glob("*.md"))
    assert [record.name[:4] for record in records] == [f"{number:04}" for number in range(1, len(records) + 1)]
    assert not [record.name for record in records if not record.read_text().startswith("# ")]
