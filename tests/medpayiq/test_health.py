"""The two questions of a load balancer."""

from unittest import mock

import pytest
from django.db import OperationalError, connection
from django.db.migrations.recorder import MigrationRecorder
from django.test import Client
from pytest_django import DjangoAssertNumQueries

from codes.models import Release, Version
from codes.models.release import ReleaseState, Source
from medpayiq import __version__


def test_a_living_process_says_so_without_a_database(client: Client) -> None:
    """This test may not touch the database: a query would fail it."""
    response = client.get("/health/")
    assert (response.status_code, response.json()) == (200, {"status": "alive", "version": __version__})


@pytest.mark.parametrize("address", ["/health/", "/ready/"])
def test_no_cache_keeps_an_answer_to_a_probe(db: None, client: Client, address: str) -> None:
    assert "no-store" in client.get(address)["Cache-Control"]


@pytest.mark.parametrize("address", ["/health/", "/ready/"])
def test_a_probe_is_not_sent_to_another_scheme(
    db: None, client: Client, settings: object, address: str
) -> None:
    settings.SECURE_SSL_REDIRECT = True  # type: ignore[attr-defined]
    assert client.get(address).status_code in (200, 503)


def test_a_site_with_its_data_is_ready(sample: None, client: Client) -> None:
    response = client.get("/ready/")
    assert (response.status_code, response.json()) == (200, {"status": "ready", "missing": []})


def test_a_site_without_data_is_not_ready_and_says_what_is_missing(db: None, client: Client) -> None:
    Release.objects.update(state=ReleaseState.RETIRED)
    Version.bump("data")
    response = client.get("/ready/")
    assert response.status_code == 503
    assert response["Retry-After"] == "10"
    assert (
        "Geographic practice cost indices: nothing is in force, and no amount is a locality's without it."
        in response.json()["missing"]
    )


def test_a_site_with_one_source_retired_names_it_alone(sample: None, client: Client) -> None:
    Release.objects.filter(source=Source.ZIP_LOCALITY).update(state=ReleaseState.RETIRED)
    Version.bump("data")
    response = client.get("/ready/")
    assert response.json()["missing"] == [
        "ZIP code to carrier locality: nothing is in force, and no ZIP code finds its locality without it."
    ]


def test_a_site_with_an_unapplied_migration_is_not_ready(sample: None, client: Client) -> None:
    newest = max(name for app, name in MigrationRecorder(connection).applied_migrations() if app == "codes")
    MigrationRecorder(connection).record_unapplied("codes", newest)
    response = client.get("/ready/")
    assert response.status_code == 503
    assert response.json()["missing"] == [
        f"Migrations are not applied: codes.{newest}. Run manage.py migrate."
    ]


def test_a_database_that_is_away_makes_the_site_not_ready(client: Client) -> None:
    with mock.patch("medpayiq.health.MigrationRecorder", side_effect=OperationalError("connection refused")):
        response = client.get("/ready/")
    assert response.status_code == 503
    assert response.json() == {"status": "not ready", "missing": ["The database does not answer."]}


def test_readiness_asks_the_database_at_most_four_times(
    sample: None, client: Client, django_assert_max_num_queries: DjangoAssertNumQueries
) -> None:
    with django_assert_max_num_queries(4):
        client.get("/ready/")


@pytest.mark.parametrize("address", ["/health/", "/ready/"])
def test_a_probe_may_ask_by_address_instead_of_name(db: None, client: Client, address: str) -> None:
    assert client.get(address, headers={"Host": "10.0.0.7:8000"}).status_code in (200, 503)


@pytest.mark.parametrize("address", ["/health/", "/ready/"])
def test_a_probe_takes_no_other_method(client: Client, address: str) -> None:
    assert client.post(address).status_code == 405
