"""Do dashboard and alerts ask for what is measured, and are all parts watched and every alert said in words?"""

import json
import re
from collections.abc import Mapping
from typing import Any, Final

import pytest
import yaml

from services.outreach.tables import contact_rows
from shared.plumbing.metrics import ALL, LABELS, OF_THE_PROCESS
from tests.house.source import ROOT

DEPLOY = ROOT / "deploy"
DASHBOARD: dict[str, Any] = json.loads((DEPLOY / "grafana/dashboards/waymark.json").read_text())
(GROUP,) = yaml.safe_load((DEPLOY / "prometheus/alerts.yml").read_text())["groups"]
SCRAPES: dict[str, Any] = yaml.safe_load((DEPLOY / "prometheus/prometheus.yml").read_text())
COMPOSE: dict[str, Any] = yaml.safe_load((ROOT / "docker-compose.yml").read_text())

WORDS: Final = {"by", "sum", "max", "count", "rate", "increase", "time", "histogram_quantile", "or", "vector"}
ALWAYS: Final = {"authority", "part"}
SUFFIXES: Final = {"counter": ("_total",), "gauge": ("",), "histogram": ("_bucket", "_sum", "_count")}


def _sampled() -> Mapping[str, set[str]]:
    """Every name that a sample may have, with its labels."""
    found = {"up": {"job", "part"}} | dict.fromkeys(OF_THE_PROCESS, ALWAYS)
    for metric in ALL:
        family = next(iter(metric.collect()))
        for suffix in SUFFIXES[family.type]:
            found[family.name + suffix] = {*metric._labelnames, *ALWAYS} | ({"le"} if suffix == "_bucket" else set())
    return found


SAMPLED = _sampled()
ALERTS = {rule["alert"]: rule for rule in GROUP["rules"]}
PANELS = [panel for panel in DASHBOARD["panels"] if panel["type"] != "row"]
ASKED = [(panel["title"], target["expr"]) for panel in PANELS for target in panel["targets"]]
ASKED += [(name, rule["expr"]) for name, rule in ALERTS.items()]


@pytest.mark.parametrize(("where", "asked"), ASKED)
def test_what_is_asked_for_is_measured(where: str, asked: str) -> None:
    names = set(re.findall(r"\b[a-z_]+\b", re.sub(r'"[^"]*"|\[[^]]*\]|\{[^}]*\}|\bby \([^)]*\)', "", asked)))
    metrics = names & set(SAMPLED)
    assert names <= metrics | WORDS
    assert metrics or asked == "vector(0)"
    known = set().union(*(SAMPLED[name] for name in metrics))
    grouped = {label for group in re.findall(r"\bby \(([^)]*)\)", asked) for label in group.split(", ")}
    matched = re.findall(r'(\w+)(?:=~|!=|=)"([^"]*)"', asked)
    assert grouped | {label for label, _ in matched} <= known
    assert not [told for label, told in matched if label in LABELS and told not in LABELS[label]]


def test_every_alert_says_in_words_what_is_so_and_what_follows() -> None:
    for name, rule in ALERTS.items():
        assert rule["labels"]["severity"] in {"page", "ticket"}, name
        assert rule["annotations"]["summary"].endswith("."), name
        assert rule["annotations"]["description"].endswith("."), name
        shown = re.findall(r"\$labels\.(\w+)", str(rule["annotations"]))
        assert not shown or set(shown) <= set().union(*(SAMPLED[n] for n in SAMPLED if n in rule["expr"])), name


def test_every_metric_is_on_the_dashboard_or_in_an_alert_or_said_not_to_be() -> None:
    text = " ".join(asked for _, asked in ASKED)
    unseen = {family.name for metric in ALL for family in metric.collect() if family.name not in text}
    assert unseen == {"waymark_topics_made"}


def test_every_part_of_ours_is_watched_at_the_port_where_it_answers() -> None:
    (port,) = re.findall(r"WAYMARK_HEALTH_PORT=(\d+)", (ROOT / "Dockerfile").read_text())
    ours = {name for name, part in COMPOSE["services"].items() if part.get("image") == "waymark"} - {"prepare"}
    (job,) = SCRAPES["scrape_configs"]
    watched = {(target, one["labels"]["part"]) for one in job["static_configs"] for target in one["targets"]}
    assert watched == {(f"{name}:{port}", name) for name in ours}


def test_panels_have_room_and_a_number_each() -> None:
    numbers = [panel["id"] for panel in DASHBOARD["panels"]]
    assert len(numbers) == len(set(numbers))
    cells = [(x, y) for panel in DASHBOARD["panels"] for x, y in _cells(panel["gridPos"])]
    assert len(cells) == len(set(cells))
    assert max(x for x, _ in cells) < 24


def _cells(place: Mapping[str, int]) -> list[tuple[int, int]]:
    return [(place["x"] + x, place["y"] + y) for x in range(place["w"]) for y in range(place["h"])]


def test_the_queue_is_counted_by_every_need_that_leads_into_it() -> None:
    assert set(LABELS["need"]) == set(contact_rows())
