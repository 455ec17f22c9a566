"""Loading in a process of its own, for what a test cannot show inside its own transaction."""

import os
import subprocess
import sys
from pathlib import Path

import pytest
from django.conf import settings
from django.db import connection

from tests.loaders.sites import Site


@pytest.fixture(scope="session")
def migrated(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A SQLite file with the tables and nothing in them, made once and copied."""
    path = tmp_path_factory.mktemp("migrated") / "site.sqlite3"
    command = [sys.executable, "manage.py", "migrate", "--verbosity", "0"]
    environment = {**os.environ, "DATABASE_URL": f"sqlite:///{path}", "VAR_DIR": str(path.parent)}
    subprocess.run(command, cwd=settings.BASE_DIR, env=environment, check=True)
    return path


@pytest.fixture
def sqlite_site(migrated: Path, tmp_path: Path) -> Site:
    """A site with a SQLite file of its own."""
    path = tmp_path / "var" / "site.sqlite3"
    path.parent.mkdir()
    path.write_bytes(migrated.read_bytes())
    return Site(f"sqlite:///{path}", path.parent)


@pytest.fixture
def site(transactional_db: None, sqlite_site: Site, tmp_path: Path) -> Site:
    """A site on the database that the suite runs on: a file of its own, or the test's PostgreSQL database."""
    if connection.vendor == "sqlite":
        return sqlite_site
    at = connection.settings_dict
    return Site(f"postgres://{at['USER']}:{at['PASSWORD']}@{at['HOST']}:{at['PORT']}/{at['NAME']}", tmp_path)
