"""Is the way into a new system one secret, kept by its owner and known to the web process only as a hash?"""

import hashlib
import json
from pathlib import Path

from shared.plumbing.settings import OWNER, Settings
from waymark.preparation import SYSTEM_FILE, TOKEN_HASH, open_the_door, without_password


def test_the_token_stays_the_same_and_only_its_hash_is_a_key(tmp_path: Path) -> None:
    settings = Settings(data_dir=tmp_path)
    open_the_door(settings, "http://127.0.0.1:8000")
    first = json.loads((tmp_path / SYSTEM_FILE).read_text())
    open_the_door(settings, "http://127.0.0.1:8001")
    second = json.loads((tmp_path / SYSTEM_FILE).read_text())
    assert (first["token"], second["url"]) == (second["token"], "http://127.0.0.1:8001")
    assert settings.key(TOKEN_HASH) == hashlib.sha256(first["token"].encode()).hexdigest()


def test_a_note_that_is_not_ours_is_written_anew(tmp_path: Path) -> None:
    for junk in ("", "[]", "{}", "null"):
        (tmp_path / SYSTEM_FILE).write_text(junk)
        open_the_door(Settings(data_dir=tmp_path), "http://127.0.0.1:8000")
        assert json.loads((tmp_path / SYSTEM_FILE).read_text())["url"] == "http://127.0.0.1:8000"


def test_where_the_system_is_may_be_read_by_its_owner_alone(tmp_path: Path) -> None:
    open_the_door(Settings(data_dir=tmp_path), "http://127.0.0.1:8000")
    assert (tmp_path / SYSTEM_FILE).stat().st_mode & 0o777 == 0o600


def test_an_owners_password_moves_from_the_dsn_to_a_key(tmp_path: Path) -> None:
    given = Settings(
        data_dir=tmp_path, database_dsn="postgresql://county:hid%20den@db.example:6543/county?sslmode=require"
    )
    kept = without_password(given)
    assert kept.dsn == "postgresql://county@db.example:6543/county?sslmode=require"
    assert kept.connection(OWNER) == {"dsn": kept.dsn, "password": "hid den"}
