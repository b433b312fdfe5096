"""How does a test tell of a few young people in the field's words, and lay it down as a county to be played?"""

import csv
import io
import json
from collections import defaultdict
from dataclasses import dataclass, field
from pathlib import Path

from waymark.county.identifiers import upn

SCHOOL, SILENT_SCHOOL, COLLEGE, LATE_COLLEGE, COUNCIL = "8604000", "8604001", "8608000", "8608001", "council"
ESTABLISHMENTS = (
    ("100001", "860", "4000", "First School", "10000001", "Academy", "Secondary", "Not applicable"),
    ("100002", "860", "4001", "Second School", "10000002", "Academy", "Secondary", "Not applicable"),
    ("100003", "860", "8000", "Town College", "10000003", "Further education", "16 plus", "General FE college"),
    ("100004", "860", "8001", "Late College", "10000004", "Further education", "16 plus", "General FE college"),
)
HEADINGS = ("URN", "LA (code)", "EstablishmentNumber", "EstablishmentName", "UKPRN", "TypeOfEstablishment (name)",
            "PhaseOfEducation (name)", "FurtherEducationType (name)")  # fmt: skip
HERE, NEXT_DOOR = "ST90 1AA", "ST96 1AA"

Row = dict[str, str]


@dataclass
class Telling:
    """Who said what on which day; one file of a day, feed and provider."""

    files: dict[tuple[str, str, str], list[Row]] = field(default_factory=lambda: defaultdict(list))
    freezes_on: str = "2026-06-02"
    until: str = "2026-11-10"
    upns: dict[str, str] = field(default_factory=dict)
    years: dict[str, int] = field(default_factory=dict)

    def place(self) -> None:
        """What the council says of its area on the first of May."""
        for one in ESTABLISHMENTS:
            self._say("2026-05-01", "establishments", COUNCIL, dict(zip(HEADINGS, one, strict=True)))
        for postcode, district, authority in ((HERE, "Northmoor", "860"), (NEXT_DOOR, "Otherham", "861")):
            told = {"Postcode": postcode, "District": district, "Authority": authority, "From": "2009-04-01", "To": ""}
            self._say("2026-05-01", "postcodes", COUNCIL, told)

    def expects(self, provider: str, feed: str, due: str) -> None:
        told = {"Provider": provider, "Feed": feed, "Campaign": "2026", "Due on": due, "Contact": "office"}
        self._say("2026-05-01", "expectations", COUNCIL, told)

    def cohort(self, name: str, sent: str = "2026-05-20", by: str = SCHOOL, year: int = 11, **cells: str) -> None:
        self.years.setdefault(name, year)
        home = {"Postcode": HERE, "Year group": str(self.years[name])}
        self._say(sent, "cohort", by, self._who(name) | home | _cells(cells))

    def offer(self, name: str, status: str, sent: str = "2026-06-03", by: str = SCHOOL, **cells: str) -> None:
        at = {} if status in {"none", ""} else {"Provider ID": COLLEGE}
        self._say(sent, "offers", by, self._who(name) | {"Offer status": status} | at | _cells(cells))

    def code(self, name: str, code: str, on: str, sent: str = "2026-06-03") -> None:
        self.offer(name, "", sent, Guarantee_status_code=code, Status_date=on)

    def enrolment(self, name: str, status: str, sent: str = "2026-09-10", at: str = COLLEGE, **cells: str) -> None:
        told = {"Enrolment status": status, "Start date": "2026-09-01", "Planned hours": "600"}
        self._say(sent, "enrolments", at, self._who(name) | told | _cells(cells))

    def activity(self, name: str, code: str, sent: str, starts: str, by: str = "adviser", **cells: str) -> None:
        told = {"Activity code": code, "Start date": starts, "Source": by}
        self._say(sent, "activities", COUNCIL, self._who(name) | told | _cells(cells))

    def lay_down(self, folder: Path) -> Path:
        """Each day its files in the order told; the freeze on its own day, and a last day."""
        steps: list[dict[str, object]] = []
        for day in sorted({sent for sent, *_ in self.files} | {self.freezes_on, self.until}):
            steps.append({"date": day, "action": "advance"})
            for (sent, feed, provider), rows in self.files.items():
                if sent == day:
                    name = f"{feed}-{provider}-{day}.csv"
                    (folder / name).write_text(_as_csv(rows), encoding="utf-8")
                    steps.append({"date": day, "action": "submit", "feed": feed, "provider": provider, "file": name,
                                  "full": False, "campaign": 2026})  # fmt: skip
            if day == self.freezes_on:
                steps.append({"date": day, "action": "freeze", "campaign": 2026})
        (folder / "plan.json").write_text(json.dumps(steps))
        return folder

    def _who(self, name: str) -> Row:
        known = self.upns.setdefault(name, upn("860", 4000, 15, len(self.upns) + 1))
        birth = {11: "2010-01-15", 12: "2009-01-15"}[self.years[name]]
        return {"UPN": known, "Surname": name.title(), "Forename": "Alex", "DOB": birth}

    def _say(self, sent: str, feed: str, provider: str, row: Row) -> None:
        self.files[sent, feed, provider].append(row)


def _cells(cells: Row) -> Row:
    return {heading.replace("_", " "): value for heading, value in cells.items()}


def _as_csv(rows: list[Row]) -> str:
    out = io.StringIO()
    writer = csv.DictWriter(out, list(dict.fromkeys(heading for row in rows for heading in row)))
    writer.writeheader()
    writer.writerows(rows)
    return out.getvalue()
