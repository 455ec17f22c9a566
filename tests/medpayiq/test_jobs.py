"""The jobs of a site: the lines of deploy/crontab as cron runs them, the timers, the scheduler of the containers."""

import importlib.util
import os
import re
import shutil
import sqlite3
import subprocess
import sys
from contextlib import closing
from datetime import UTC, datetime
from pathlib import Path
from types import ModuleType

import pytest
from django.conf import settings
from django.core.management import get_commands
from django.test import Client

from tests.loaders.conftest import migrated, sqlite_site
from tests.loaders.sites import Site

__all__ = ["migrated", "sqlite_site"]
ROOT = Path(settings.BASE_DIR)
UNITS = ROOT / "deploy" / "systemd"


def _module(name: str) -> ModuleType:
    spec = importlib.util.spec_from_file_location(name, ROOT / "deploy" / f"{name}.py")
    assert spec is not None
    assert spec.loader is not None
    module = importlib.util.module_from_spec(spec)
    sys.modules[name] = module
    spec.loader.exec_module(module)
    return module


scheduler = _module("scheduler")
VARIABLES, JOBS = scheduler.read((ROOT / "deploy/crontab").read_text())
NAMES = [re.findall(r'/deploy/job" (\w+)', job.command)[0] for job in JOBS]


@pytest.fixture(scope="module")
def project(migrated: Path, tmp_path_factory: pytest.TempPathFactory) -> Path:
    """The project in a folder of its own, with the settings of a public site and the sample."""
    root = tmp_path_factory.mktemp("srv") / "medpayiq"
    for room in ("codes", "contributions", "staff", "medpayiq", "deploy", "templates", "static", "fixtures"):
        shutil.copytree(ROOT / room, root / room)
    shutil.copy2(ROOT / "manage.py", root)
    (root / ".venv" / "bin").mkdir(parents=True)
    (root / ".venv" / "bin" / "python").write_text(f'#!/bin/sh\nexec "{sys.executable}" "$@"\n')
    (root / ".venv" / "bin" / "python").chmod(0o755)
    (root / "var").mkdir()
    shutil.copy2(migrated, root / "site.sqlite3")
    lines = {
        "MODE": "production",
        "SECRET_KEY": "k" * 50,
        "ALLOWED_HOSTS": "medpayiq.example",
        "DATABASE_URL": f"sqlite:///{root}/site.sqlite3",
        "EMAIL_URL": "dummy://",
        "POSTAL_ADDRESS": "MedPayIQ, 1 Main Street",
    }
    (root / ".env").write_text("".join(f"{name}={value}\n" for name, value in lines.items()))
    # As on one machine: what a public site builds when it loads, a job of this test builds.
    done = as_cron(root, '"$PROJECT/deploy/job" load_sample', MODE="local")
    assert done.returncode == 0, done.stderr
    with closing(sqlite3.connect(root / "site.sqlite3")) as database, database:
        database.execute(
            "DELETE FROM codes_gpci WHERE state NOT IN ('AL', 'NY')"
        )  # six localities' downloads do
    return root


def as_cron(root: Path, command: str, **more: str) -> subprocess.CompletedProcess[str]:
    """A line as cron runs it: in the home folder, with next to no environment."""
    home = root.parent / "home"
    home.mkdir(exist_ok=True)
    environment = {
        "PATH": "/usr/bin:/bin",
        "HOME": str(home),
        "PROJECT": str(root),
        "BACKUPS": str(root.parent / "backups"),
        **more,
    }
    shell = ["/bin/sh", "-c", command]
    return subprocess.run(
        shell, cwd=home, env=environment, capture_output=True, text=True, check=False, timeout=300
    )


@pytest.mark.slow
@pytest.mark.parametrize("job", JOBS, ids=NAMES)
def test_a_line_of_the_crontab_runs_as_cron_runs_it(project: Path, job: object) -> None:
    (project / "var" / "bounces").write_text("gone@example.com\n")
    done = as_cron(project, job.command)  # type: ignore[attr-defined]
    assert done.returncode in (0, 1 if "check_data" in done.args[2] else 0), done.stderr
    assert "Traceback" not in done.stderr
    if "backup" in done.args[2]:
        assert len(list((project.parent / "backups").glob("*.sqlite3.gz"))) == 1
    if "unsubscribe_bounces" in done.args[2]:
        assert not (project / "var" / "bounces").exists()


def test_the_crontab_has_every_job_that_must_run() -> None:
    assert set(NAMES) == {
        *("backup", "destroy_old_keys", "write_snapshots", "check_data"),
        *("build_downloads", "build_toolkit", "unsubscribe_bounces", "send_toolkit_mail"),
        "send_digests",
    }
    assert set(NAMES) - {"backup"} <= set(get_commands())
    assert VARIABLES == {"PROJECT": "/srv/medpayiq", "BACKUPS": "/srv/backups"}


def test_each_job_has_a_timer_that_does_the_same() -> None:
    for name in NAMES:
        stem = f"medpayiq-{name.replace('_', '-')}"
        service = (UNITS / f"{stem}.service").read_text()
        assert f"ExecStart=/srv/medpayiq/deploy/job {name}" in service
        assert "EnvironmentFile=/srv/medpayiq/.env" in service
        assert "OnCalendar=" in (UNITS / f"{stem}.timer").read_text()
    assert "ExecStart=/srv/medpayiq/deploy/job serve" in (UNITS / "medpayiq.service").read_text()


def test_a_job_of_a_site_from_the_wheel_is_run_by_its_own_command(tmp_path: Path) -> None:
    """There `deploy` is a link into the installed package, and no manage.py is beside it."""
    command = tmp_path / ".venv" / "bin" / "medpayiq"
    command.parent.mkdir(parents=True)
    command.write_text('#!/bin/sh\necho "$PWD" "$@"\n')
    command.chmod(0o755)
    (tmp_path / "deploy").symlink_to(ROOT / "deploy")
    done = as_cron(tmp_path, '"$PROJECT/deploy/job" check_data --allow-stale')
    assert done.stdout == f"{tmp_path} check_data --allow-stale\n", done.stderr


@pytest.mark.skipif(not shutil.which("systemd-analyze"), reason="systemd-analyze is not installed")
def test_systemd_understands_the_units() -> None:
    files = sorted(map(str, UNITS.iterdir()))
    done = subprocess.run(
        ["systemd-analyze", "verify", *files], capture_output=True, text=True, check=False, timeout=60
    )
    told = [line for line in done.stderr.splitlines() if "is not executable: No such file" not in line]
    assert told == []


def test_the_scheduler_runs_a_job_in_its_minute_and_no_other() -> None:
    _, (nightly, weekly) = scheduler.read("15 3 * * *  a\n0 15 * * 1  b\n# none\n")
    assert nightly.is_due(datetime(2026, 11, 29, 3, 15, tzinfo=UTC))
    assert not nightly.is_due(datetime(2026, 11, 29, 3, 16, tzinfo=UTC))
    assert weekly.is_due(datetime(2026, 11, 30, 15, 0, tzinfo=UTC))
    assert not weekly.is_due(datetime(2026, 11, 29, 15, 0, tzinfo=UTC))


def test_the_scheduler_goes_on_after_a_job_that_failed(capfd: pytest.CaptureFixture[str]) -> None:
    _, (failing,) = scheduler.read("* * * * *  exit 3")
    assert scheduler.run(failing, dict(os.environ)) == 3
    assert "Exit code 3: exit 3" in capfd.readouterr().out


@pytest.mark.parametrize("line", ["15 3 * *", "*/5 * * * *  a", "daily a"])
def test_a_line_that_the_scheduler_does_not_understand_stops_it(line: str) -> None:
    with pytest.raises(ValueError, match="not a job"):
        scheduler.read(line)


def test_the_scheduler_ends_in_peace_when_its_container_is_stopped() -> None:
    command = [sys.executable, str(ROOT / "deploy/scheduler.py"), "--skip", "backup"]
    with subprocess.Popen(command, stdout=subprocess.PIPE, text=True) as running:
        assert running.stdout is not None
        assert running.stdout.readline() == f"{len(JOBS) - 1} jobs of crontab\n"
        running.terminate()
        assert running.wait(timeout=10) == 0


def backed_up(folder: Path, **environment: str) -> subprocess.CompletedProcess[str]:
    command = [sys.executable, str(ROOT / "deploy/backup.py"), str(folder / "backups")]
    clean = {"PATH": "/usr/bin:/bin", "VAR_DIR": str(folder / "var"), **environment}
    return subprocess.run(
        command, cwd=folder, env=clean, capture_output=True, text=True, check=False, timeout=60
    )


PUBLIC = {"MODE": "production", "SECRET_KEY": "k" * 50, "ALLOWED_HOSTS": "medpayiq.example"}


@pytest.mark.parametrize(
    ("environment", "reason"),
    [
        ({}, "Neither DATABASE_URL nor MODE is set"),
        (PUBLIC, "There is no database"),
        ({"MODE": "local"}, "There is no database"),
        (PUBLIC | {"DATABASE_URL": "sqlite:////nowhere/site.sqlite3"}, "There is no database"),
        (PUBLIC | {"DATABASE_URL": ""}, "DATABASE_URL is empty"),
    ],
)
def test_a_backup_of_what_may_not_be_the_site_is_refused(
    tmp_path: Path, environment: dict[str, str], reason: str
) -> None:
    done = backed_up(tmp_path, **environment)
    assert (done.returncode, reason in done.stderr) == (1, True), done.stderr
    assert "Traceback" not in done.stderr
    assert not list(tmp_path.glob("backups/*"))


@pytest.mark.parametrize("content", [b"", b"not a database at all, but text of some length" * 10])
def test_a_backup_of_an_empty_or_foreign_file_is_refused(tmp_path: Path, content: bytes) -> None:
    (tmp_path / "var").mkdir()
    (tmp_path / "var" / "medpayiq.sqlite3").write_bytes(content)
    done = backed_up(tmp_path, **PUBLIC)
    assert (done.returncode, "holds no site" in done.stderr) == (1, True), done.stderr
    assert not list(tmp_path.glob("backups/*"))


@pytest.mark.parametrize(
    ("setting", "told"),
    [
        ({"CACHE_URL": ""}, "CACHE_URL is empty."),
        ({"CACHE_URL": "nonsense"}, "CACHE_URL cannot be read."),
        ({"DATABASE_URL": ""}, "DATABASE_URL is empty."),
        ({"DATABASE_URL": "postgres//user:hidden@host"}, "DATABASE_URL cannot be read."),
        ({"EMAIL_URL": ""}, "EMAIL_URL is empty."),
        ({"EMAIL_URL": "nonsense"}, "EMAIL_URL cannot be read."),
        ({"REPORT_PROXY_HOPS": ""}, '"REPORT_PROXY_HOPS" invalid'),
        ({"MODE": ""}, 'MODE is ""'),
        ({"LOG_LEVEL": "LOUD"}, 'LOG_LEVEL is "LOUD"'),
        ({"LOG_FORMAT": "xml"}, "LOG_FORMAT"),
        ({"MODE": "production"}, "Production needs a secret key"),
        ({"TIME_ZONE": "Mars"}, "Mars"),
        ({"DATABASE_URL": "mysql://user:hidden@host/site"}, "another database than SQLite and PostgreSQL"),
        (
            {"DATABASE_URL": "postgres://host/site", "DATABASE_PASSWORD_FILE": "/nowhere"},
            "DATABASE_PASSWORD_FILE",
        ),
        ({"CACHE_PASSWORD_FILE": "/nowhere"}, '"CACHE_PASSWORD_FILE" invalid: /nowhere cannot be read'),
        ({"MODE": "production", "SECRET_KEY_FILE": "/nowhere"}, "SECRET_KEY_FILE"),
        ({"VAR_DIR": ""}, '"VAR_DIR" invalid: it is empty'),
        ({"STATIC_ROOT": "/proc/nowhere"}, "the folder /proc/nowhere cannot be made"),
        ({"API_LIMITS": ""}, '"API_LIMITS" invalid: "" is no limit'),
        ({"REPORT_LIMITS": "many"}, '"many" is no limit'),
        ({"ADMIN_PATH": "/"}, '"ADMIN_PATH" invalid'),
        ({"METRICS_BIND": "0.0.0.0:9109"}, '"0.0.0.0:9109" is no private address'),
        ({"METRICS_BIND": ":9109"}, "no private address"),
        ({"METRICS_BIND": "8.8.8.8:9109"}, "no private address"),
        ({"METRICS_BIND": "127.0.0.1"}, "no private address"),
        ({"SITE_URL": "medpayiq.example"}, "it begins with https://"),
    ],
)
def test_a_wrong_setting_is_told_in_one_sentence(tmp_path: Path, setting: dict[str, str], told: str) -> None:
    environment = {"PATH": "/usr/bin:/bin", "VAR_DIR": str(tmp_path), **setting}
    done = subprocess.run(
        [sys.executable, "manage.py", "check"],
        cwd=ROOT,
        env=environment,
        capture_output=True,
        text=True,
        check=False,
        timeout=60,
    )
    assert done.returncode == 1
    assert told in done.stderr
    assert len(done.stderr.splitlines()) == 1
    assert "hidden" not in done.stderr


def test_a_database_that_does_not_answer_is_told_in_one_sentence(tmp_path: Path) -> None:
    site = Site("postgres://nobody@127.0.0.1:1/none", tmp_path)
    done = site.manage("showmigrations")
    assert done.returncode == 1
    assert done.stderr.startswith("The database does not answer: ")
    assert "Traceback" not in done.stderr


def test_what_the_site_keeps_is_closed_to_others(tmp_path: Path) -> None:
    folder = tmp_path / "var"
    folder.mkdir(mode=0o755)
    loose = folder / "medpayiq.sqlite3-wal"
    site = Site(f"sqlite:///{folder}/medpayiq.sqlite3", folder)
    assert site.manage("showmigrations").returncode == 0
    assert {path.stat().st_mode & 0o077 for path in (folder, *folder.rglob("*"))} == {0}
    for path in (folder / "medpayiq.sqlite3", loose):
        path.touch()
        path.chmod(0o644)
    assert site.manage("check").returncode == 0
    assert {
        path.stat().st_mode & 0o077 for path in (folder / "medpayiq.sqlite3", loose) if path.exists()
    } == {0}


@pytest.mark.django_db
def test_the_icon_that_a_browser_asks_for_on_pages_of_the_admin_is_there(client: Client) -> None:
    answer = client.get("/favicon.ico")
    assert (answer.status_code, answer["Location"]) == (301, "/static/img/icon.svg")
