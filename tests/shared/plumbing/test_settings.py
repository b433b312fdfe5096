"""Does an installation read its environment, and refuse what it could not run with?"""

from pathlib import Path

import pytest

from shared.plumbing.keys import KeyRefused, make_key, read_key
from shared.plumbing.settings import OWNER, Settings, SettingsRefused, unknown_names

DSN = "postgresql://owner:hidden@db.example:6543/county?sslmode=require"


def test_an_empty_environment_gives_one_council_on_loopback() -> None:
    settings = Settings.from_environment({})
    assert (settings.host, settings.port, settings.authorities) == ("127.0.0.1", 8000, ("860",))


def test_several_authority_codes_are_separated_by_commas() -> None:
    assert Settings.from_environment({"WAYMARK_AUTHORITIES": "860, 861"}).authorities == ("860", "861")


@pytest.mark.parametrize(
    ("name", "value"),
    [
        ("WAYMARK_PORT", "70000"),
        ("WAYMARK_WORKERS", "0"),
        ("WAYMARK_AUTHORITIES", "86"),
        ("WAYMARK_DATABASE_ID", "county"),
        ("WAYMARK_TOPIC_PREFIX", "two words"),
        ("WAYMARK_DATABASE_DSN", "mysql://owner:hidden@db.example/county"),
        ("WAYMARK_DATABASE_DSN", "postgresql://owner:hidden@db.example"),
        ("WAYMARK_WORKER", "1"),
    ],
)
def test_a_refusal_names_the_variable_and_never_repeats_its_value(name: str, value: str) -> None:
    with pytest.raises(SettingsRefused) as refused:
        Settings.from_environment({name: value})
    assert name in str(refused.value)
    assert "hidden" not in str(refused.value)
    assert not any(word in str(refused.value) for word in ("pattern", "Value error"))


def test_a_service_connects_to_the_same_place_as_its_own_role(tmp_path: Path) -> None:
    settings = Settings.from_environment({"WAYMARK_DATABASE_DSN": DSN, "WAYMARK_DATA_DIR": str(tmp_path)})
    key = make_key(settings.keys_dir, "status")
    assert settings.connection("status") == {
        "dsn": "postgresql://db.example:6543/county?sslmode=require",
        "user": "county_status",
        "password": key,
    }


def test_the_owner_connects_with_the_dsn_as_given() -> None:
    assert Settings.from_environment({"WAYMARK_DATABASE_DSN": DSN}).connection(OWNER) == {"dsn": DSN}


def test_settings_do_not_print_a_secret() -> None:
    assert "hidden" not in repr(Settings.from_environment({"WAYMARK_DATABASE_DSN": DSN}))


def test_a_child_that_is_told_the_environment_reads_the_same_settings(tmp_path: Path) -> None:
    settings = Settings(
        data_dir=tmp_path,
        database_dsn=DSN,
        authorities=("860", "861"),
        broker_embedded=True,
        health_port=1,
        workers=3,
        worker=2,
    )
    assert Settings.from_environment(settings.environment()) == settings


def test_a_misspelt_variable_is_found() -> None:
    assert unknown_names({"WAYMARK_PROT": "1", "WAYMARK_PORT": "1", "WAYMARK_KEY_STATUS": "x"}) == ["WAYMARK_PROT"]


def test_a_key_is_made_once_and_readable_by_its_owner_alone(tmp_path: Path) -> None:
    first = make_key(tmp_path / "keys", "status")
    assert make_key(tmp_path / "keys", "status") == first
    assert (tmp_path / "keys" / "status").stat().st_mode & 0o777 == 0o600


def test_a_key_that_others_may_read_is_refused(tmp_path: Path) -> None:
    make_key(tmp_path, "status")
    (tmp_path / "status").chmod(0o644)
    with pytest.raises(KeyRefused, match="Others may read"):
        read_key(tmp_path, "status")
