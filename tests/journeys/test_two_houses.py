"""Do two councils live side by side on one machine, neither knowing of the other?"""

import json
from pathlib import Path

from tests.journeys.telling import Telling
from tests.system import a_system


def test_what_one_council_is_told_the_other_does_not_know(tmp_path: Path) -> None:
    telling = Telling(freezes_on="2026-06-02", until="2026-06-02")
    telling.place()
    telling.cohort("somebody")
    with a_system() as here, a_system() as there:
        here.up("--clock", "2026-05-01")
        there.up("--clock", "2026-05-04")
        assert here.ask("play", str(telling.lay_down(tmp_path)))["accepted_by_feed"]["cohort"] == 1
        assert here.ask("settle")["settled"] and there.ask("settle")["settled"]
        assert [system.ask("queue")["total"] for system in (here, there)] == [1, 0]
        assert there.ask("queue")["as_at"] == "2026-05-04"
        notes = [json.loads((system.data_dir / "system.json").read_text()) for system in (here, there)]
        assert notes[0]["url"] != notes[1]["url"]
        assert here.ask("where")["kafka_bootstrap"] != there.ask("where")["kafka_bootstrap"]
