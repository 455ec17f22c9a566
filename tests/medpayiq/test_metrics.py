"""The figures for Prometheus: on a port of their own, off unless asked for, and silent about what visitors send."""

import re
import socket
import time
import urllib.request
from collections.abc import Iterator

import pytest
from django.conf import settings

from medpayiq import metrics
from medpayiq.metrics import DataOfTheSite, view_of
from tests.medpayiq.test_gunicorn import Server


@pytest.fixture(scope="module")
def measured(tmp_path_factory: pytest.TempPathFactory) -> Iterator[tuple[Server, int]]:
    """A gunicorn that is measured, and the port of its figures."""
    with socket.socket() as free:
        free.bind(("127.0.0.1", 0))
        port = free.getsockname()[1]
    running = Server(tmp_path_factory.mktemp("metrics"), METRICS_BIND=f"127.0.0.1:{port}")
    running.wait()
    yield running, port
    running.process.terminate()
    running.process.wait(30)
    for _ in range(50):
        with socket.socket() as line:
            if line.connect_ex(("127.0.0.1", port)):
                return
        time.sleep(0.1)
    pytest.fail("the process that answers Prometheus outlives gunicorn")


def figures(port: int) -> dict[str, float]:
    with urllib.request.urlopen(f"http://127.0.0.1:{port}/metrics", timeout=20) as answer:
        text = answer.read().decode()
    return {
        name: float(value) for name, value in re.findall(r"^([a-z]\S*(?:\{.*\})?) (\S+)$", text, re.MULTILINE)
    }


def test_requests_are_counted_by_view_and_status(measured: tuple[Server, int]) -> None:
    server, port = measured
    nowhere = 'medpayiq_requests_total{status="404",view="none"}'
    before = figures(port).get(nowhere, 0)
    for path in ("/glossary/", "/glossary/", "/cpt/00000/", "/nowhere/at/all/"):
        server.get(path)
    found = figures(port)
    # The second is a kept page, answered before Django.
    assert found['medpayiq_requests_total{status="200",view="codes:glossary"}'] == 2
    assert found['medpayiq_requests_total{status="404",view="codes:code"}'] == 1
    assert found[nowhere] == before + 1
    assert found['medpayiq_request_seconds_count{view="codes:glossary"}'] == 2
    assert found["medpayiq_database_up"] == 1
    assert found["medpayiq_loads_unfinished"] == 0


def test_what_visitors_send_is_not_counted(measured: tuple[Server, int]) -> None:
    server, port = measured
    server.get("/reports/99213/")
    server.get("/toolkit/")
    assert [name for name in figures(port) if "contributions:" in name] == []


def test_the_public_port_has_no_figures(measured: tuple[Server, int]) -> None:
    assert measured[0].get("/metrics").startswith(b"HTTP/1.1 404")


def test_nothing_is_measured_unless_asked_for() -> None:
    assert settings.METRICS_BIND is None


def test_addresses_of_one_page_are_one_view() -> None:
    assert view_of("/cpt/99213/") == view_of("/cpt/99214/") == "codes:code"
    assert view_of("/static/css/site.css") == "none"


@pytest.mark.django_db
def test_each_source_tells_when_it_was_loaded_and_since_when_it_is_in_force(
    sample: None, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(metrics, "close_old_connections", lambda: None)  # the test's own is in a transaction
    families = {family.name: family for family in DataOfTheSite().collect()}
    rows = {each.labels["source"]: each.value for each in families["medpayiq_release_rows"].samples}
    assert rows["pprrvu"] > 1000
    begun = families["medpayiq_release_effective_timestamp_seconds"].samples
    loaded = families["medpayiq_release_loaded_timestamp_seconds"].samples
    assert (
        {each.labels["source"] for each in begun} == {each.labels["source"] for each in loaded} == set(rows)
    )
    assert all(each.value < time.time() for each in (*begun, *loaded))
    assert families["medpayiq_database_up"].samples[0].value == 1
