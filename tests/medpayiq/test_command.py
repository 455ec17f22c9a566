"""The command `medpayiq`: manage.py by another name, and the programs beside it; where it looks for .env and var/."""

import os
import subprocess
import sys
import tomllib
from pathlib import Path

from django.conf import settings

from medpayiq import starting

ROOT = Path(settings.BASE_DIR)


def test_what_the_site_reads_at_run_time_is_in_the_wheel() -> None:
    wheel = tomllib.loads((ROOT / "pyproject.toml").read_text())["tool"]["hatch"]["build"]["targets"]["wheel"]
    read = {"codes", "contributions", "staff", "medpayiq", "templates", "static", "fixtures", "deploy"}
    assert set(wheel["only-include"]) == read
    assert [source for source in wheel["force-include"] if not (ROOT / source).is_file()] == []


def test_the_programs_beside_manage_py_are_there() -> None:
    files = [part for program in starting.PROGRAMS.values() for part in program if part.endswith(".py")]
    assert len(files) == 3
    assert [name for name in files if not Path(name).is_file()] == []


def test_serve_hands_over_to_gunicorn_with_the_settings_file() -> None:
    script = "from medpayiq.starting import command_line; command_line()"
    done = subprocess.run(
        [sys.executable, "-c", script, "serve", "--version"],
        cwd=ROOT, env=dict(os.environ), capture_output=True, text=True, check=True,
    )  # fmt: skip
    assert done.stdout.startswith("gunicorn")


def test_gunicorn_reads_env_file_too(tmp_path: Path) -> None:
    """BIND and WORKERS of .env hold for `medpayiq serve`, which no unit hands an environment."""
    (tmp_path / ".env").write_text("BIND=127.0.0.1:8999\nWORKERS=7\n")
    (tmp_path / "medpayiq").symlink_to(ROOT / "medpayiq")
    script = (
        "import runpy, medpayiq.starting as s; from pathlib import Path; s.PROJECT_DIR = Path.cwd(); "
        f"made = runpy.run_path({str(ROOT / 'deploy' / 'gunicorn.conf.py')!r}); print(made['bind'], made['workers'])"
    )
    clean = {name: value for name, value in os.environ.items() if name not in ("BIND", "WORKERS")}
    done = subprocess.run(
        [sys.executable, "-c", script], cwd=tmp_path, env=clean | {"PYTHONPATH": str(ROOT)},
        capture_output=True, text=True, check=True,
    )  # fmt: skip
    assert done.stdout == "127.0.0.1:8999 7\n"
