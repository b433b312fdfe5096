"""Does the compose file start what exists, tell it only what it reads, and keep every password out?"""

import importlib.util
import re
from typing import Any

import pytest
import yaml

from shared.plumbing.settings import unknown_names
from tests.house.source import ROOT
from waymark.embedded import postgres

COMPOSE: dict[str, Any] = yaml.safe_load((ROOT / "docker-compose.yml").read_text())
OURS = {name: part for name, part in COMPOSE["services"].items() if part.get("image") == "waymark"}


def test_it_has_every_part_of_an_installation() -> None:
    parts = {"ingest", "status", "outreach", "reporting", "relay", "web", "kafka", "postgres", "prometheus", "grafana"}
    assert parts <= set(COMPOSE["services"])


@pytest.mark.parametrize("name", OURS)
def test_each_container_runs_a_module_that_exists(name: str) -> None:
    python, flag, module = OURS[name]["command"]
    assert (python, flag) == ("python", "-m")
    found = importlib.util.find_spec(module)
    assert found
    assert not found.submodule_search_locations or importlib.util.find_spec(f"{module}.__main__")


@pytest.mark.parametrize("name", OURS)
def test_each_container_is_told_only_settings(name: str) -> None:
    assert not unknown_names(OURS[name]["environment"])


def test_what_is_waited_for_and_mounted_is_there() -> None:
    for part in COMPOSE["services"].values():
        assert set(part.get("depends_on", ())) <= set(COMPOSE["services"])
        for source in (mount.split(":")[0] for mount in part.get("volumes", ())):
            assert source in COMPOSE["volumes"] or (ROOT / source).exists()


@pytest.mark.parametrize("name", OURS)
def test_each_container_of_ours_can_do_no_more_than_it_needs(name: str) -> None:
    part = OURS[name]
    assert (part["read_only"], part["cap_drop"]) == (True, ["ALL"])
    assert "no-new-privileges:true" in part["security_opt"]
    assert not {"privileged", "user", "network_mode", "pid"} & set(part)


def test_nothing_is_open_to_other_machines() -> None:
    opened = [port for part in COMPOSE["services"].values() for port in part.get("ports", ())]
    assert opened
    assert all(port.startswith("127.0.0.1:") for port in opened)


def test_the_image_has_a_user_of_its_own_and_no_tool_to_build_with() -> None:
    build, run = (ROOT / "Dockerfile").read_text().split("\nFROM ")[-2:]
    assert "uv sync --frozen" in build
    assert "uv" not in run.replace("uvicorn", "")
    assert re.search(r"^USER [1-9][0-9]*:[1-9][0-9]*$", run, re.MULTILINE)
    assert run.index("COPY --from=build") < run.index("USER ") < run.index("HEALTHCHECK ") < run.index('CMD ["waymark')


def test_the_database_is_as_silent_about_people_as_the_embedded_one() -> None:
    told = dict(option.removeprefix("--").split("=") for option in COMPOSE["services"]["postgres"]["command"][1:])
    assert {name: value for name, value in postgres.DURABLE.items() if name.startswith("log_m")}.items() <= told.items()
    assert told.items() <= postgres.DURABLE.items()
    assert {"log_error_verbosity", "log_parameter_max_length_on_error"} <= told.keys()


def test_what_the_broker_keeps_is_kept() -> None:
    kafka = COMPOSE["services"]["kafka"]
    assert f"kafka:{kafka['environment']['KAFKA_LOG_DIRS']}" in kafka["volumes"]


def test_no_password_is_written_down() -> None:
    text = (ROOT / "docker-compose.yml").read_text()
    assert not re.findall(r"PASSWORD: (?!\$\{)", text)
    assert not re.findall(r"://[^/\s]+:[^/\s]+@", text)
