"""What every test shares: the sample, and CMS's full-size files where they are given."""

import gc
import io
import os
import shutil
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import Any

import pytest
from django.conf import settings
from django.contrib.contenttypes.models import ContentType
from django.core.cache import caches
from django.core.management import call_command
from django.db import connection, transaction
from hypothesis import settings as hypothesis_settings
from pytest_django import DjangoDbBlocker

from codes import throttling
from codes.caching.versions import clear_versioned_caches

# Playwright keeps an event loop running in a worker after its first browser test. Django would take every later use of
# the database in that worker for one from asynchronous code; there is none here.
os.environ["DJANGO_ALLOW_ASYNC_UNSAFE"] = "true"
# How long an example takes says how busy the machine is; what a page may take is measured in `benchmarks`.
hypothesis_settings.register_profile("medpayiq", deadline=None)
hypothesis_settings.load_profile("medpayiq")
# The ten thousand tests themselves stay until the end: to look for garbage among them as often as Python does by itself
# takes a tenth of the suite's processor time.
gc.set_threshold(20_000, 20, 20)
DOWNLOADS: Any = settings.STORAGES["downloads"]


@pytest.hookimpl(wrapper=True, tryfirst=True)
def pytest_collection_modifyitems(items: list[pytest.Item]) -> Iterator[None]:
    """Tests that ask the suite's database are marked so; files with slow tests or with browsers begin first.

    A slow file that began last would be waited for by all other processes.
    """
    for item in items:
        if asks_the_database(item):
            item.add_marker("database")
    yield
    slow = {
        each.path
        for each in items
        if {"slow", "full_size", "browser"} & {mark.name for mark in each.iter_markers()}
    }
    items.sort(key=lambda item: item.path not in slow)


def asks_the_database(item: pytest.Item) -> bool:
    """Whether the test is let to the suite's database: pytest-django refuses it to all others."""
    fixtures = {"db", "transactional_db", "django_db_setup"}.intersection(getattr(item, "fixturenames", ()))
    return bool(fixtures) or item.get_closest_marker("django_db") is not None


@pytest.fixture(scope="session", autouse=True)
def _folders_of_its_own(tmp_path_factory: pytest.TempPathFactory) -> None:
    """Each process of the tests keeps its pages, downloads and limits in folders of its own."""
    settings.CACHES["default"]["LOCATION"] = str(tmp_path_factory.mktemp("pages"))
    DOWNLOADS["OPTIONS"]["location"] = str(tmp_path_factory.mktemp("downloads"))
    settings.LIMITS_FILE = tmp_path_factory.mktemp("limits") / "limits.sqlite3"
    settings.PASSWORD_HASHERS = ["django.contrib.auth.hashers.MD5PasswordHasher"]  # the site's is meant slow
    settings.WHITENOISE_AUTOREFRESH = True  # a file is looked for when asked for, not all for each client


@pytest.fixture(autouse=True)
def _nothing_kept() -> None:
    """No page, part of a page or answer of one test is kept for another."""
    clear_caches()
    clear_versioned_caches()
    throttling.forget_everything()


@pytest.fixture(scope="session")
def sample_database(django_db_setup: None, django_db_blocker: DjangoDbBlocker) -> Iterator[str]:
    """The name of a database that holds the sample, loaded once by each process of the tests."""
    with django_db_blocker.unblock():
        name = copy_of_empty_database()
        with connected_to(name):
            call_command("load_sample", stdout=io.StringIO())
        yield name
        if connection.vendor != "sqlite":
            connection.creation.destroy_test_db(suffix="sample", verbosity=0)


@pytest.fixture(scope="module")
def sample_of_module(sample_database: str, django_db_blocker: DjangoDbBlocker) -> Iterator[None]:
    """The sample, in a transaction around the transactions of a module's tests."""
    with django_db_blocker.unblock(), connected_to(sample_database), transaction.atomic():
        with django_db_blocker.block():
            yield
        transaction.set_rollback(True)


@pytest.fixture
def sample(sample_of_module: None, db: None) -> Iterator[None]:
    """The sample in the database of this test. A test that changed no row is rolled back without Django's look through
    the whole sample for references that lead nowhere."""
    before = rows_changed()
    yield
    if before is not None and rows_changed() == before:
        transaction.set_rollback(True)


def rows_changed() -> int | None:
    """How many rows a connection to SQLite has changed so far; None for one that doesn't count them."""
    return getattr(connection.connection, "total_changes", None)


SQLITE_SAMPLE = "file:memorydb_sample?mode=memory&cache=shared"
_in_memory: dict[str, Any] = {}  # a database in memory lives as long as its connection


def copy_of_empty_database() -> str:
    """The name of a second database with the tables of the first."""
    if connection.vendor != "sqlite":
        connection.creation.clone_test_db("sample", verbosity=0)
        return str(connection.creation.get_test_db_clone_settings("sample")["NAME"])
    connection.ensure_connection()
    empty = connection.connection
    with connected_to(SQLITE_SAMPLE):
        connection.ensure_connection()
        empty.backup(connection.connection)
    return SQLITE_SAMPLE


@contextmanager
def connected_to(name: str) -> Iterator[None]:
    """Django's connection leads to another database."""
    before = str(connection.settings_dict["NAME"])
    _switch_to(name)
    try:
        yield
    finally:
        _switch_to(before)


def _switch_to(name: str) -> None:
    connection.close()  # which leaves a database in memory open
    _in_memory[str(connection.settings_dict["NAME"])] = connection.connection
    connection.settings_dict["NAME"] = name
    connection.connection = _in_memory.pop(name, None)
    ContentType.objects.clear_cache()  # a flush numbers the content types of one database anew, not of the other


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
