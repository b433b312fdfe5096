"""How is a county-year laid down in a folder?"""

import json
from pathlib import Path
from typing import Any

from waymark.county.generate import CountyYear
from waymark.problems import CannotBeUsed


def write_county(year: CountyYear, out: Path) -> dict[str, Any]:
    """Writes the files, plan.json and truth.json into a new or empty folder, and says what was made."""
    try:
        out.mkdir(parents=True, exist_ok=True)
        if any(out.iterdir()):
            raise CannotBeUsed(f"{out} is not empty: name a new folder.")
        for name, content in year.files.items():
            (out / name).write_bytes(content)
        steps = ",\n ".join(json.dumps(step) for step in year.plan)
        (out / "plan.json").write_text(f"[\n {steps}\n]\n", encoding="utf-8")
        (out / "truth.json").write_text(json.dumps({"rows": year.truth}) + "\n", encoding="utf-8")
    except OSError as unwritable:
        raise CannotBeUsed(f"{out} cannot be written: {unwritable.strerror}.") from unwritable
    return {
        "out": str(out),
        "young_people": year.young_people,
        "files": len(year.files),
        "steps": len(year.plan),
        "rows": sum(len(people) for people in year.truth.values()),
    }
