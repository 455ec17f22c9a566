"""What the scripts of this folder share: a PostgreSQL and a site of their own, in a temporary folder.

A script that is stopped, by Ctrl-C or by SIGTERM, ends what it started.
"""

import ctypes
import http.client
import os
import shutil
import signal
import socket
import subprocess
import sys
import tempfile
import time
from collections.abc import Iterator, Mapping
from contextlib import ExitStack, contextmanager
from dataclasses import dataclass, field
from pathlib import Path

ROOT = Path(__file__).resolve().parent.parent.parent
signal.signal(signal.SIGTERM, lambda *_: sys.exit("stopped"))
LIBC = ctypes.CDLL(None)
PR_SET_PDEATHSIG = 1


def end_with_the_script() -> None:
    """Run in a new process: Linux ends it when the script ends, however that comes about."""
    LIBC.prctl(PR_SET_PDEATHSIG, signal.SIGTERM)


@dataclass(slots=True)
class Postgres:
    """A PostgreSQL in a folder of its own, started and stopped by its own tools; as root, by the user postgres."""

    folder: Path
    port: int

    @property
    def url(self) -> str:
        """What DATABASE_URL says."""
        return f"postgres://postgres@127.0.0.1:{self.port}/postgres"

    def run(self, program: str, *arguments: str) -> None:
        found = shutil.which(program) or str(
            next(iter(sorted(Path("/usr/lib/postgresql").glob(f"*/bin/{program}"))))
        )
        as_other = ["runuser", "-u", "postgres", "--"] if os.geteuid() == 0 else []
        subprocess.run([*as_other, found, *arguments], cwd="/", check=True, stdout=subprocess.DEVNULL)

    def make(self) -> None:
        if os.geteuid() == 0:
            shutil.chown(self.folder, "postgres")
        self.run(
            "initdb", "-D", f"{self.folder}/data", "--auth=trust", "--username=postgres", "--encoding=UTF8"
        )

    def start(self) -> None:
        options = f"-p {self.port} -k {self.folder}"
        self.run(
            "pg_ctl", "-D", f"{self.folder}/data", "-w", "-l", f"{self.folder}/log", "-o", options, "start"
        )

    def stop(self, mode: str) -> None:
        self.run("pg_ctl", "-D", f"{self.folder}/data", "-w", "-m", mode, "stop")


@dataclass(slots=True)
class Site:
    """A site in a folder of its own: its commands, its server, its pages."""

    database_url: str
    var: Path
    port: int = 0
    more: dict[str, str] = field(default_factory=dict)
    started: list[subprocess.Popen[str]] = field(default_factory=list)

    def __post_init__(self) -> None:
        self.port = self.port or free_port()

    @property
    def environment(self) -> dict[str, str]:
        """What its processes find in their environment."""
        own = {
            "DATABASE_URL": self.database_url,
            "VAR_DIR": str(self.var),
            "BIND": f"127.0.0.1:{self.port}",
            "WORKERS": "2",
            "LOG_LEVEL": "ERROR",
        }
        return {**os.environ, **own, **self.more}

    def start(self, *arguments: str) -> subprocess.Popen[str]:
        """A command of manage.py, begun and not waited for."""
        command = [sys.executable, "manage.py", *arguments]
        pipe = subprocess.PIPE
        process = subprocess.Popen(
            command,
            cwd=ROOT,
            env=self.environment,
            stdout=pipe,
            stderr=subprocess.STDOUT,
            text=True,
            preexec_fn=end_with_the_script,
        )
        self.started.append(process)
        return process

    def kill_started(self) -> None:
        """End the commands that still run."""
        for process in self.started:
            if process.poll() is None:
                process.kill()
                process.wait()

    def manage(self, *arguments: str) -> str:
        """What a command of manage.py says; the script ends where the command fails."""
        process = self.start(*arguments)
        said, _ = process.communicate()
        if process.returncode:
            raise SystemExit(f"{' '.join(arguments)} failed: {said}")
        return said

    @contextmanager
    def serving(self, probe: str = "/ready/") -> Iterator[subprocess.Popen[bytes]]:
        """gunicorn with the project's settings, from when it answers that probe well; its first process."""
        command = [sys.executable, "-m", "gunicorn", "--config", "deploy/gunicorn.conf.py", "medpayiq.wsgi"]
        server = subprocess.Popen(command, cwd=ROOT, env=self.environment, preexec_fn=end_with_the_script)
        try:
            self.wait_for(probe)
            yield server
        finally:
            server.terminate()
            server.wait(30)

    def wait_for(self, probe: str) -> None:
        """Until the probe is answered with 200, for at most three minutes."""
        for _ in range(720):
            if self.send("GET", probe).status == 200:
                return
            time.sleep(0.25)
        raise SystemExit("The site does not become ready.")

    def page(self, path: str) -> str:
        """The text of a page that has to be there."""
        answer = self.send("GET", path)
        if answer.status != 200:
            raise SystemExit(f"{path} was answered with {answer.status or 'nothing'}")
        return answer.text

    def send(self, method: str, path: str, body: str = "", **headers: str) -> "Response":
        """One request on a connection of its own; an underscore in a header's name stands for a hyphen."""
        named = {name.replace("_", "-"): value for name, value in headers.items()}
        return send(self.port, method, path, body, named)


@contextmanager
def postgres() -> Iterator[Postgres]:
    """A PostgreSQL that runs for as long as it is needed."""
    with tempfile.TemporaryDirectory() as folder:
        Path(folder).chmod(0o755)
        (home := Path(folder) / "pg").mkdir()
        server = Postgres(home, free_port())
        server.make()
        try:
            server.start()
            yield server
        finally:
            server.stop("immediate")


@contextmanager
def site_on(database_url: str = "", **more: str) -> Iterator[Site]:
    """A migrated, empty site on a database, or on a SQLite of its own."""
    with tempfile.TemporaryDirectory() as var:
        site = Site(database_url or f"sqlite:///{var}/site.sqlite3", Path(var), more=more)
        try:
            site.manage("migrate", "--verbosity", "0")
            yield site
        finally:
            site.kill_started()


@contextmanager
def sites(wanted: str, **more: str) -> Iterator[Site]:
    """A migrated, empty site on the wanted database, `sqlite` or `postgresql`."""
    with ExitStack() as stack:
        url = stack.enter_context(postgres()).url if wanted == "postgresql" else ""
        yield stack.enter_context(site_on(url, **more))


def free_port() -> int:
    """A port that nobody listens on."""
    with socket.socket() as free:
        free.bind(("127.0.0.1", 0))
        port: int = free.getsockname()[1]
        return port


@dataclass(frozen=True, slots=True)
class Response:
    """What came back; status 0 stands for nothing at all."""

    status: int = 0
    headers: Mapping[str, str] = field(default_factory=dict)
    text: str = ""


def send(port: int, method: str, path: str, body: str, headers: Mapping[str, str]) -> Response:
    """One request on a connection of its own."""
    connection = http.client.HTTPConnection("127.0.0.1", port, timeout=30)
    try:
        connection.request(method, path, body or None, {"Host": "localhost", **headers})
        answer = connection.getresponse()
        return Response(answer.status, dict(answer.getheaders()), answer.read().decode(errors="replace"))
    except (OSError, http.client.HTTPException):
        return Response()
    finally:
        connection.close()
