"""Local mode, the sample, and what the site refuses to start with."""

from io import StringIO
from typing import Any

import pytest
from django.core.management import CommandError, call_command
from django.test import Client

from contributions import checks, options
from contributions.models import Snapshot
from contributions.reports import anonymity, queries
from tests.contributions.conftest import Post
from tests.contributions.telling import CODE, at_night, tell, tell_all


@pytest.fixture
def local(settings: Any) -> None:
    settings.REPORTS_LOCAL_MODE = True


def test_local_mode_is_the_default_of_a_local_site(settings: Any) -> None:
    del settings.REPORTS_LOCAL_MODE
    assert options.local_mode()
    settings.MODE = "production"
    assert not options.local_mode()


def test_in_local_mode_five_reports_of_one_machine_show_the_block(
    local: None, post: Post, client: Client
) -> None:
    for _ in range(4):
        assert post(1).status_code == 302
    assert b"Local mode" not in client.get(f"/reports/{CODE}/").content
    post(1)
    assert b"Local mode" in client.get(f"/reports/{CODE}/").content


@pytest.mark.django_db
def test_what_local_mode_left_behind_is_not_shown_on_a_public_site(local: None, settings: Any) -> None:
    tell_all(5)
    assert queries.patterns(CODE) is not None
    settings.REPORTS_LOCAL_MODE = False
    assert queries.patterns(CODE) is None
    for who in range(6, 10):
        tell(who)
    at_night()
    assert queries.patterns(CODE) is None, "four were told apart, and five were not"
    tell(10)
    at_night()
    found = queries.patterns(CODE)
    assert found is not None
    assert (found.at_least, found.kind) == (5, "counted")


def test_production_never_runs_in_local_mode(local: None, settings: Any) -> None:
    assert checks.local_mode_stays_local(None) == []
    settings.PRODUCTION, settings.MODE = True, "production"
    assert not options.local_mode()
    assert [error.id for error in checks.local_mode_stays_local(None)] == ["contributions.E002"]


def test_a_minimum_under_five_stops_the_site(monkeypatch: pytest.MonkeyPatch) -> None:
    assert checks.five_means_five(None) == []
    monkeypatch.setattr(anonymity, "DENIAL_MINIMUM", 4)
    assert [error.id for error in checks.five_means_five(None)] == ["contributions.E001"]


def test_a_tls_proxy_that_is_not_counted_fails_the_deployment_check(settings: Any) -> None:
    settings.SECURE_PROXY_SSL_HEADER = ("HTTP_X_FORWARDED_PROTO", "https")
    assert [error.id for error in checks.proxies_are_counted(None)] == ["contributions.E003"]
    settings.REPORT_PROXY_HOPS = 1
    assert checks.proxies_are_counted(None) == []


def test_the_sample_is_marked_wherever_it_shows(local: None, codes: None, client: Client) -> None:
    said = StringIO()
    call_command("load_sample_reports", stdout=said)
    call_command("load_sample_reports", stdout=said)
    assert said.getvalue().splitlines() == ["Wrote 34 invented reports.", "Wrote 0 invented reports."]
    assert (
        b"<strong>Sample</strong>: reports on this code are invented" in client.get("/reports/97110/").content
    )
    assert client.get("/reports/97110.json").json()["patterns"]["kind"] == "sample"


@pytest.mark.django_db
def test_the_sample_is_refused_on_a_public_site() -> None:
    with pytest.raises(CommandError, match="local site only"):
        call_command("load_sample_reports")


@pytest.mark.django_db
def test_writing_snapshots_again_does_no_harm() -> None:
    tell_all(5)
    said = StringIO()
    call_command("write_snapshots", "--dry-run", stdout=said)
    assert not Snapshot.objects.exists()
    call_command("write_snapshots", stdout=said)
    call_command("write_snapshots", stdout=said)
    Snapshot.objects.update(shown=False)
    call_command("write_snapshots", stdout=said)
    assert said.getvalue().splitlines() == [
        "Would look at 1 code.",
        "Wrote 1 snapshots, left reports out of 0, hid 0, held 0 for staff.",
        "Wrote 0 snapshots, left reports out of 0, hid 0, held 0 for staff.",
        "Wrote 0 snapshots, left reports out of 0, hid 0, held 0 for staff.",
    ], "a hidden one comes back with five new people only"
