"""The supervisor's configuration, and what is said when no supervisor answers."""

import shlex
from configparser import RawConfigParser
from pathlib import Path

import pytest

from buurtsein_platform.errors import PlatformError
from buurtsein_platform.home import Home
from buurtsein_platform.programs import Program, bound_to_parent, kafka_program, service_program, store_program
from buurtsein_platform.supervision import Supervisor, configuration


@pytest.fixture
def home(tmp_path: Path) -> Home:
    """Return a data directory and a cache in the test's own directory."""
    return Home(tmp_path / "home", tmp_path / "cache")


def parsed(home: Home, *programs: Program) -> RawConfigParser:
    """Return the configuration as the supervisor's own parser reads it."""
    parser = RawConfigParser(inline_comment_prefixes=(" ;", "\t;"))
    parser.read_string(configuration(home, programs))
    return parser


def test_nothing_starts_by_itself_and_everything_starts_again(home: Home) -> None:
    """`up` decides what starts and in which order; what ends is started again whatever it ended with."""
    section = parsed(home, service_program(home, "intake", port=8100))["program:intake"]
    assert (section["autostart"], section["autorestart"]) == ("false", "true")
    assert int(section["startretries"]) > 100_000, "a service may wait for hours for its broker"


def test_logs_are_rotated(home: Home) -> None:
    """A log file has a size and a number of old ones."""
    section = parsed(home, service_program(home, "intake", port=8100))["program:intake"]
    assert section["stdout_logfile"] == str(home.log("intake"))
    assert section["stdout_logfile_maxbytes"] == "10MB"
    assert section["stdout_logfile_backups"] == "3"


def test_services_stop_before_what_they_need(home: Home) -> None:
    """The supervisor stops the highest order first: services, then the store, then the broker."""
    parser = parsed(
        home, service_program(home, "routing", port=1), store_program(home, ("s",)), kafka_program(home, ("k",))
    )
    orders = [int(parser[f"program:{name}"]["priority"]) for name in ("routing", "store", "kafka")]
    assert orders == sorted(orders, reverse=True)
    assert int(parser["program:kafka"]["stopwaitsecs"]) > int(parser["program:routing"]["stopwaitsecs"])


def test_a_command_keeps_its_words_whatever_is_in_them(home: Home) -> None:
    """Spaces, quotes and percent signs reach the program as they were."""
    words = ("run", "a b", 'c"d', "100%")
    command = parsed(home, Program("odd", words, home.root, {"NAME": "x y"}))["program:odd"]["command"]
    assert shlex.split(command.replace("%%", "%"))[-6:] == ["env", "NAME=x y", *words]


def test_a_second_worker_is_another_instance_of_the_same_service(home: Home) -> None:
    """It runs the same module under its own name, port and directory."""
    second = service_program(home, "moderation-2", port=8111)
    assert second.command[-1] == "buurtsein_moderation"
    assert second.environment["BUURTSEIN_INSTANCE"] == "moderation-2"
    assert second.environment["BUURTSEIN_HTTP_PORT"] == "8111"
    assert second.directory != service_program(home, "moderation", port=8101).directory


def test_a_program_ends_with_its_supervisor_where_the_system_can(home: Home) -> None:
    """A service is killed when the supervisor dies, the broker and the store are asked to stop."""
    prefix = bound_to_parent("KILL")
    assert service_program(home, "intake", port=1).words[: len(prefix)] == prefix
    assert store_program(home, ("s",)).words == (*bound_to_parent("TERM"), "s")


def test_without_a_supervisor_there_is_one_clear_line(home: Home) -> None:
    """Asking for the programs of a platform that is not up says how to start it."""
    supervisor = Supervisor(home)
    assert not supervisor.alive()
    with pytest.raises(PlatformError, match=r"Nothing runs in .*: start it with `buurtsein up`"):
        supervisor.programs()
