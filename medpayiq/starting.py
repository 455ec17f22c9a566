"""How every process begins: manage.py, the command `medpayiq`, the server, the scripts of deploy/."""

import os
import sys
from collections.abc import Mapping
from pathlib import Path

BASE_DIR = Path(__file__).resolve().parent.parent
# Where .env and var/ are: beside manage.py, or, where the site was installed from a wheel, where it is started.
PROJECT_DIR = BASE_DIR if (BASE_DIR / "manage.py").exists() else Path.cwd()
DEPLOY = BASE_DIR / "deploy"
# What `medpayiq NAME` runs beside the commands of manage.py, as arguments of Python.
PROGRAMS: Mapping[str, tuple[str, ...]] = {
    "serve": ("-m", "gunicorn", "--config", str(DEPLOY / "gunicorn.conf.py"), "medpayiq.wsgi"),
    "backup": (str(DEPLOY / "backup.py"),),
    "restore": (str(DEPLOY / "restore.py"),),
}


def read_settings() -> None:
    """Keep new files to their owner, and read the settings. A wrong one ends the process with its sentence alone."""
    if sys.argv[1:2] != ["collectstatic"]:  # what that writes is public
        os.umask(0o077)
    os.environ.setdefault("DJANGO_SETTINGS_MODULE", "medpayiq.settings")
    from django.conf import settings
    from django.core.exceptions import ImproperlyConfigured
    from environs import EnvError

    try:
        settings.MODE  # noqa: B018  # they are read when one is asked for
    except (ImproperlyConfigured, EnvError, OSError, ValueError) as fault:
        sys.exit(f"The settings are wrong: {fault}")


def command_line() -> None:
    """manage.py, which an installed site calls `medpayiq`; `serve`, `backup` and `restore` are programs of their own,
    which take the place of this process."""
    if program := PROGRAMS.get(sys.argv[1] if len(sys.argv) > 1 else ""):
        os.execv(sys.executable, [sys.executable, *program, *sys.argv[2:]])
    read_settings()
    from django.core.management import execute_from_command_line
    from django.db import OperationalError, connection

    try:
        execute_from_command_line(sys.argv)
    except OperationalError as fault:
        if connection.connection is not None:
            raise
        sys.exit(f"The database does not answer: {str(fault).splitlines()[0]}")
