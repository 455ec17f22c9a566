"""gunicorn's settings, each with its reason. Used by `make run` and by the container alike:
`gunicorn --config deploy/gunicorn.conf.py medpayiq.wsgi`. What is given on the command line stands above it."""

import gc
import os
import shutil
import tempfile
from typing import Any

from dotenv import load_dotenv

from medpayiq.server_log import ServerLog
from medpayiq.starting import PROJECT_DIR

# BIND, WORKERS and the like may stand in .env too; what is in the environment already stands above it.
load_dotenv(PROJECT_DIR / ".env")

# Where to listen. The container says 0.0.0.0; on a bare machine the proxy stands beside it.
bind = os.environ.get("BIND", "127.0.0.1:8000")

# One process a core and one more for the time that another waits for its database. Pages are computed rather than
# waited for, so that more processes than that only take memory. WORKERS says otherwise.
workers = int(os.environ.get("WORKERS") or (os.cpu_count() or 1) + 1)

# Threads would share one interpreter lock and one calculation would hold up the next.
worker_class = "sync"

# The application is loaded once and shared by its processes: less memory, and a mistake in a setting stops the start
# instead of every process in turn.
preload_app = True

# A page takes milliseconds; the longest download of edits takes seconds. A process silent for this long is stuck.
timeout = 30
# What is under way at a stop or a restart may end: longer than any page, shorter than the 30 s of orchestrators.
graceful_timeout = 20
# For the proxy's idle connections; sync workers close after each answer in any case.
keepalive = 2

# A process ends after so many requests, so that a leak that nobody has seen yet cannot fill a machine; the spread
# keeps all of them from ending at once. A new one has kept nothing yet, so that it should not come every minute.
max_requests = 100_000
max_requests_jitter = 50_000

# A page has at most a few hundred characters in its address; 200 lines asked of /api/v1/amounts have the most.
limit_request_line = 8190
limit_request_fields = 50
limit_request_field_size = 8190

# Processes tell the first one that they live by touching a file: in memory, because a disk may stall.
worker_tmp_dir = "/dev/shm" if os.path.isdir("/dev/shm") else None

# A socket through which gunicorn could be steered is one door more, and wants a home directory.
control_socket_disable = True

# gunicorn believes X-Forwarded-Proto only from here; "*" is right where nobody but the proxy can reach this port.
forwarded_allow_ips = os.environ.get("FORWARDED_ALLOW_IPS", "127.0.0.1")
secure_scheme_headers = {"X-FORWARDED-PROTO": "https"}
# No header sets SCRIPT_NAME or PATH_INFO, which gunicorn would take from the proxy, and the proxy from anybody.
forwarder_headers = ""

# No access log, unless ACCESS_LOG=on; and then one without address, browser, referrer and query, and without the
# pages where visitors report: a line a report would tell when it was sent.
accesslog = "-" if os.environ.get("ACCESS_LOG") == "on" else None
access_log_format = "%(m)s %(U)s %(s)s %(B)s bytes %(D)s us"
loglevel = os.environ.get("LOG_LEVEL", "info").lower()
logger_class = ServerLog

# Figures for Prometheus (medpayiq/metrics.py), on a port that is not the public's. Off unless told.
metrics_folder = tempfile.mkdtemp(dir=worker_tmp_dir) if os.environ.get("METRICS_BIND") else ""
if metrics_folder:
    os.environ["PROMETHEUS_MULTIPROC_DIR"] = metrics_folder


def when_ready(server: Any) -> None:
    """Prepare once, before the processes are made, what the first visitor of each would wait for, and share it. What
    is there by then stays, and a page makes some ten thousand objects that are gone when it is sent: the collector
    need not look at either all the time."""
    from django.conf import settings
    from django.db import DatabaseError, connections

    from medpayiq import warm_up

    warm_up.import_views()
    warm_up.compile_templates()
    try:
        warm_up.build_search()
        warm_up.ask_pages()
    except DatabaseError as error:
        server.log.warning("The search is built with the first question: %s", error)
    finally:
        connections.close_all()  # no process may inherit one
    if settings.METRICS_BIND:
        from medpayiq.metrics import serve_beside

        serve_beside(*settings.METRICS_BIND)
    gc.collect()
    gc.freeze()
    gc.set_threshold(20_000, 20, 20)


def on_exit(server: Any) -> None:
    """Leave no counts behind: the next start begins at 0."""
    if metrics_folder:
        shutil.rmtree(metrics_folder, ignore_errors=True)
