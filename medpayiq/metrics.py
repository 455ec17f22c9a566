"""Figures of a running site for Prometheus, on a port of their own that is not the public's.

Off unless METRICS_BIND names an address of this machine or of a private network. Each process counts its requests in a
file of its own (PROMETHEUS_MULTIPROC_DIR, made by deploy/gunicorn.conf.py); a small process beside gunicorn's adds them
up when it is asked, and adds what the database says of the data. Requests are counted outside of the page cache, which
answers most of them before Django. What visitors send is not counted: a count would tell when a report came.
"""

import os
import signal
import time
from collections.abc import Callable, Iterable, Iterator
from datetime import UTC, datetime
from functools import lru_cache
from typing import Any

from django.db import Error, close_old_connections
from django.urls import Resolver404, resolve
from django.utils import timezone
from prometheus_client import CollectorRegistry, Counter, Histogram, start_http_server
from prometheus_client.core import GaugeMetricFamily, Metric
from prometheus_client.multiprocess import MultiProcessCollector
from prometheus_client.registry import Collector

from codes.models import Release
from codes.models.release import ReleaseState
from codes.queries.releases import calendar
from medpayiq.server_log import UNLOGGED_PATHS

REQUESTS = Counter("medpayiq_requests", "Requests answered, by view and status.", ["view", "status"])
SECONDS = Histogram(
    "medpayiq_request_seconds", "Seconds until an answer began, by view.", ["view"],
    buckets=(0.005, 0.01, 0.025, 0.05, 0.1, 0.25, 0.5, 1, 2.5, 10),
)  # fmt: skip

Environ = dict[str, Any]
Application = Callable[[Environ, Callable[..., Any]], Iterable[bytes]]


def measured(application: Application) -> Application:
    """The same WSGI application, whose answers are counted."""

    def answer(environ: Environ, start_response: Callable[..., Any]) -> Iterable[bytes]:
        path = environ.get("PATH_INFO", "")
        if path.startswith(UNLOGGED_PATHS):
            return application(environ, start_response)
        began = time.perf_counter()

        def start(status: str, headers: Any, *more: Any) -> Any:
            view = view_of(path)
            REQUESTS.labels(view, status[:3]).inc()
            SECONDS.labels(view).observe(time.perf_counter() - began)
            return start_response(status, headers, *more)

        return application(environ, start)

    return answer


@lru_cache(maxsize=4096)
def view_of(path: str) -> str:
    """The name of the view that an address leads to; "none" for an address that leads nowhere, and for a file."""
    try:
        return resolve(path).view_name
    except Resolver404:
        return "none"


class DataOfTheSite(Collector):
    """What the database says at the moment: when each source was loaded, and from which day it is in force."""

    def collect(self) -> Iterator[Metric]:
        """A gauge each: whether the database answers, loads that have not ended, and the releases in force."""
        close_old_connections()
        try:
            families = list(self._of_releases())
        except Error:
            families = []
        up = GaugeMetricFamily("medpayiq_database_up", "1 while the database answers.")
        up.add_metric([], bool(families))
        yield from (up, *families)

    def _of_releases(self) -> Iterator[Metric]:
        unfinished = Release.objects.filter(state=ReleaseState.LOADING).count()
        yield GaugeMetricFamily(
            "medpayiq_loads_unfinished", "Loads under way, or broken off.", value=unfinished
        )
        loaded = _by_source(
            "medpayiq_release_loaded_timestamp_seconds", "When the release in force was loaded."
        )
        begun = _by_source(
            "medpayiq_release_effective_timestamp_seconds", "The first day of the release in force."
        )
        rows = _by_source("medpayiq_release_rows", "The rows of the release in force.")
        known, today = calendar(), timezone.localdate()
        for source in sorted({release.source for release in known.releases}):
            if release := known.in_force(source, today):
                first_day = datetime.combine(release.effective_from, datetime.min.time(), UTC)
                loaded.add_metric([source], release.loaded_at.timestamp())
                begun.add_metric([source], first_day.timestamp())
                rows.add_metric([source], release.row_count)
        yield from (loaded, begun, rows)


def _by_source(name: str, text: str) -> GaugeMetricFamily:
    return GaugeMetricFamily(name, text, labels=["source"])


def serve_beside(host: str, port: int) -> None:
    """Begin the process that answers Prometheus there. It ends soon after the one that began it."""
    parent = os.getpid()
    if os.fork():
        return
    for end in (signal.SIGTERM, signal.SIGINT, signal.SIGQUIT):
        signal.signal(end, signal.SIG_DFL)  # gunicorn's own are those of a parent of workers
    registry = CollectorRegistry()
    MultiProcessCollector(registry)  # type: ignore[no-untyped-call]
    registry.register(DataOfTheSite())
    start_http_server(port, host, registry)
    while os.getppid() == parent:
        time.sleep(0.5)
    os._exit(0)
