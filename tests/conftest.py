"""What every test shares: CMS's full-size files where they are given."""

import os
import shutil
from pathlib import Path
from typing import Any

import pytest
from django.conf import settings
from django.core.cache import caches

from codes import throttling
from codes.caching.versions import clear_versioned_caches

# Playwright keeps an event loop running in a worker after its first browser test. Django would take every later use of
# the database in that worker for one from asynchronous code; there is none here.
os.environ["DJANGO_ALLOW_ASYNC_UNSAFE"] = "true"
DOWNLOADS: Any = settings.STORAGES["downloads"]


@pytest.fixture(scope="session", autouse=True)
def _folders_of_its_own(tmp_path_factory: pytest.TempPathFactory) -> None:
    """Each process of the tests keeps its downloads and its limits in a folder of its own."""
    DOWNLOADS["OPTIONS"]["location"] = str(tmp_path_factory.mktemp("downloads"))
    settings.LIMITS_FILE = tmp_path_factory.mktemp("limits") / "limits.sqlite3"


@pytest.fixture(autouse=True)
def _nothing_kept() -> None:
    """No page, part of a page or answer of one test is kept for another."""
    clear_caches()
    clear_versioned_caches()
    throttling.forget_everything()


def clear_caches() -> None:
    """Whatever is asked next is made anew."""
    for name in settings.CACHES:
        caches[name].clear()
    shutil.rmtree(DOWNLOADS["OPTIONS"]["location"], ignore_errors=True)


def missing(what: str) -> None:
    """Skip where somebody works at a desk; fail where nothing may be missing."""
    if os.environ.get("CI") == "true":
        pytest.fail(f"CI must have it, and it is missing: {what}")
    pytest.skip(what)


@pytest.fixture(scope="session")
def cms_files() -> Path:
    """The folder that CMS_FILES names, holding CMS's files as published."""
    named = os.environ.get("CMS_FILES", "")
    if not named or not Path(named).is_dir():
        missing("CMS_FILES does not name a folder with CMS's full-size files")
    return Path(named)
