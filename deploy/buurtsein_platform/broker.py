"""The local broker: Apache Kafka in KRaft mode, one node, straight from its Maven artifacts."""

import base64
import os
import re
import shutil
import subprocess
import uuid
from dataclasses import dataclass
from hashlib import sha256
from pathlib import Path

from buurtsein_platform.errors import PlatformError
from buurtsein_platform.home import Home
from buurtsein_platform.java import Java, find_maven
from buurtsein_platform.ports import HOST

SOURCE = Path(__file__).parent.parent / "kafka"
MEBIBYTE = 1024 * 1024
HEAP = ("-Xms128m", "-Xmx512m", "-XX:+UseSerialGC")
# A broker that lives for minutes never earns back what the second compiler takes: half of all it uses of a core.
ONE_COMPILER = "-XX:TieredStopAtLevel=1"
QUIET = ("-Xlog:disable", "-Xlog:all=error:stderr")
TOLD = 500
"""How much of Maven's complaint is passed on."""


@dataclass(frozen=True, slots=True)
class Artifacts:
    """Kafka's jars in the cache, and beside them the class-data archive that makes the next start fast."""

    directory: Path

    @property
    def classpath(self) -> str:
        """The jars in a fixed order, which the class-data archive insists on."""
        return os.pathsep.join(str(jar) for jar in sorted(self.directory.glob("*.jar")))

    def archive(self, java: Java) -> Path:
        """Return the place of the class-data archive for this Java."""
        return self.directory / f"classes-{java.version}.jsa"


def resolve_artifacts(cache: Path, pom: Path = SOURCE / "pom.xml") -> Artifacts:
    """Return Kafka's jars, copied by Maven the first time; an interrupted copy is never taken for a whole one."""
    directory = cache / artifacts_name(pom.read_text("utf-8"))
    if not directory.is_dir():
        partial = directory.with_suffix(f".partial-{os.getpid()}")
        _copy(pom, partial)
        try:
            partial.rename(directory)
        except OSError:  # another process was first: its copy is as good
            shutil.rmtree(partial)
    return Artifacts(directory)


def artifacts_name(pom: str) -> str:
    """Return the directory name of a pom's jars: the version of Kafka and a fingerprint of the rest."""
    version = re.search(r"<kafka\.version>([^<]+)<", pom)
    if version is None:
        raise PlatformError("deploy/kafka/pom.xml does not say which Kafka: it has no <kafka.version>.")
    return f"kafka-{version.group(1)}-{sha256(pom.encode()).hexdigest()[:8]}"


def _copy(pom: Path, target: Path) -> None:
    target.parent.mkdir(parents=True, exist_ok=True)
    goal = ["dependency:copy-dependencies", f"-DoutputDirectory={target}", "-DincludeScope=runtime"]
    maven = [find_maven(), "--batch-mode", "--quiet", "--strict-checksums", "--file", str(pom), *goal]
    done = subprocess.run(maven, stdin=subprocess.DEVNULL, capture_output=True, text=True, check=False)
    if done.returncode:
        shutil.rmtree(target, ignore_errors=True)
        told = " ".join((done.stdout + done.stderr).split())[:TOLD]
        raise PlatformError(f"Maven could not fetch Kafka (is there a network, or a mirror in settings.xml?): {told}")


def server_properties(data: Path, *, port: int, controller: int) -> str:
    """Return the broker's configuration: everything on the loopback, nothing replicated, few internal partitions."""
    settings = {
        "process.roles": "broker,controller",
        "node.id": 1,
        "controller.quorum.voters": f"1@{HOST}:{controller}",
        "controller.listener.names": "CONTROLLER",
        "listeners": f"PLAINTEXT://{HOST}:{port},CONTROLLER://{HOST}:{controller}",
        "advertised.listeners": f"PLAINTEXT://{HOST}:{port}",
        "listener.security.protocol.map": "PLAINTEXT:PLAINTEXT,CONTROLLER:PLAINTEXT",
        "inter.broker.listener.name": "PLAINTEXT",
        "log.dirs": data,
        "auto.create.topics.enable": "false",
        "group.initial.rebalance.delay.ms": 0,
        # A broker that was killed is let in again when the session of its last life is over: nine seconds by default.
        "broker.session.timeout.ms": 3000,
        "broker.heartbeat.interval.ms": 500,
        # Readers wait behind what a killed worker left open until somebody looks whether its time is over.
        "transaction.abort.timed.out.transaction.cleanup.interval.ms": 1000,
        "offsets.topic.replication.factor": 1,
        "offsets.topic.num.partitions": 4,
        "transaction.state.log.replication.factor": 1,
        "transaction.state.log.min.isr": 1,
        "transaction.state.log.num.partitions": 4,
        "share.coordinator.state.topic.replication.factor": 1,
        "share.coordinator.state.topic.min.isr": 1,
        "replica.fetch.max.bytes": 2 * MEBIBYTE,
        "num.network.threads": 2,
        "num.io.threads": 4,
        "log.cleaner.dedupe.buffer.size": 8 * MEBIBYTE,
        "metric.reporters": "",
    }
    return "".join(f"{name}={value}\n" for name, value in settings.items())


def prepare(home: Home, java: Java, artifacts: Artifacts, *, port: int, controller: int) -> None:
    """Write the broker's configuration and format its storage when it is new."""
    data = home.kafka / "data"
    properties = home.kafka / "server.properties"
    properties.write_text(server_properties(data, port=port, controller=controller), "utf-8")
    if (data / "meta.properties").exists():
        return
    tool = ["kafka.tools.StorageTool", "format", "--cluster-id", cluster_id(), "--config", str(properties)]
    done = subprocess.run(
        [*_java(java, artifacts), *_archived(java, artifacts), *tool],
        capture_output=True,
        text=True,
        check=False,
    )
    if done.returncode:
        raise PlatformError(f"Kafka's storage in {data} could not be formatted: {done.stderr.strip()[-TOLD:]}")


def cluster_id() -> str:
    """Return a new cluster id as Kafka spells it; without its first bit it never begins with a dash, like an option."""
    return base64.urlsafe_b64encode((uuid.uuid4().int >> 1).to_bytes(16)).decode().rstrip("=")


def command(home: Home, java: Java, artifacts: Artifacts) -> tuple[str, ...]:
    """Return the command line of the broker; without a class-data archive yet, it writes one when it stops."""
    archive = artifacts.archive(java)
    start = _archived(java, artifacts) or (f"-XX:ArchiveClassesAtExit={_fresh(archive, home)}",)
    return (*_java(java, artifacts), *HEAP, *start, "kafka.Kafka", str(home.kafka / "server.properties"))


def keep_archive(home: Home) -> None:
    """Put the class-data archive that the stopped broker has written where the next start looks for it."""
    for fresh in home.cache.glob(f"kafka-*/*.{home.socket.stem}"):
        fresh.replace(fresh.with_suffix(""))


def _java(java: Java, artifacts: Artifacts) -> tuple[str, ...]:
    return (
        str(java.path),
        ONE_COMPILER,
        *QUIET,
        f"-Dlog4j2.configurationFile={SOURCE / 'log4j2.xml'}",
        "-cp",
        artifacts.classpath,
    )


def _archived(java: Java, artifacts: Artifacts) -> tuple[str, ...]:
    archive = artifacts.archive(java)
    return (f"-XX:SharedArchiveFile={archive}",) if archive.exists() else ()


def _fresh(archive: Path, home: Home) -> Path:
    return archive.with_name(f"{archive.name}.{home.socket.stem}")
