"""Does a system use the database and the broker that it is given, and start none of its own?"""

import psutil

from shared.plumbing.settings import OWNER, Settings
from tests.conftest import Broker
from tests.system import System


def test_a_given_database_is_used_and_its_password_stays_out_of_every_child(
    system: System, empty_settings: Settings
) -> None:
    password = empty_settings.key(OWNER)
    system.settings = {"WAYMARK_DATABASE_DSN": empty_settings.dsn.replace("@", f":{password}@")}
    system.up()
    pids = system.pids()
    told = [value for pid in pids.values() for value in psutil.Process(pid).environ().values()]
    assert "postgres" not in pids and "broker" in pids
    assert not [value for value in told if password in value]


def test_a_given_broker_is_used(system: System, broker: Broker) -> None:
    system.settings = {"WAYMARK_KAFKA_BOOTSTRAP": broker.bootstrap}
    system.up()
    pids = system.pids()
    assert "broker" not in pids and "postgres" in pids


def test_what_cannot_be_used_ends_with_2_and_a_sentence(system: System) -> None:
    system.settings = {"WAYMARK_DATABASE_DSN": "mysql://nobody@nowhere/nothing"}
    refused = system.run("up")
    assert (refused.returncode, refused.stdout) == (2, "")
    assert "WAYMARK_DATABASE_DSN" in refused.stderr and "Traceback" not in refused.stderr


def test_a_port_in_use_ends_with_2_and_leaves_no_process(system: System, broker: Broker) -> None:
    refused = system.run("up", "--port", str(broker.port))
    assert refused.returncode == 2
    assert f"Port {broker.port} is in use" in refused.stderr
