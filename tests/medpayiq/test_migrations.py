"""Databases made before each app had one migration."""

from io import StringIO

import pytest
from django.core.management import call_command
from django.db import connection
from django.db.migrations.recorder import MigrationRecorder
from django.test import Client

from medpayiq.health import newest_migrations

FORMER = {
    "codes": ("0002_ncci", "0003_tips", "0004_change_by_other", "0005_spoken_names"),
    "contributions": (
        "0001_denial_reports",
        "0002_toolkit_signup",
        "0003_reporters_of_a_year",
        "0004_left_toolkit",
    ),
}


@pytest.fixture
def former_database(sample: None) -> MigrationRecorder:
    """The tables of today, with the history of a database that had all former migrations."""
    recorder = MigrationRecorder(connection)
    recorder.record_unapplied("contributions", "0001_initial")
    for app, names in FORMER.items():
        for name in names:
            recorder.migration_qs.get_or_create(app=app, name=name)
    return recorder


def migrate() -> str:
    output = StringIO()
    call_command("migrate", stdout=output)
    return output.getvalue()


def test_a_database_with_all_former_migrations_has_nothing_to_apply(
    former_database: MigrationRecorder, client: Client
) -> None:
    assert "No migrations to apply." in migrate()
    assert ("contributions", "0001_initial") in former_database.applied_migrations()
    assert client.get("/ready/").status_code == 200


def test_a_database_that_lacks_a_former_migration_is_not_ready(
    former_database: MigrationRecorder, client: Client
) -> None:
    former_database.record_unapplied("contributions", dict(newest_migrations())["contributions"])
    former_database.record_unapplied("contributions", "0004_left_toolkit")
    response = client.get("/ready/")
    assert response.status_code == 503
    assert "Migrations are not applied: contributions." in response.json()["missing"][0]
