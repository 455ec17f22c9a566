"""Two questions of a load balancer: does this process live, and may it be sent visitors?

They are answered before sessions, hosts and kept pages are looked at: a probe asks by address, over plain HTTP, and
must not need what it asks about.
"""

from collections.abc import Callable
from functools import cache

from django.db import Error, connection
from django.db.migrations.loader import MigrationLoader
from django.db.migrations.recorder import MigrationRecorder
from django.http import HttpRequest, HttpResponse, JsonResponse
from django.utils import timezone
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_safe

from codes.queries import data_health
from codes.queries.releases import calendar
from medpayiq import __version__

RETRY_AFTER_SECONDS = 10


@never_cache
@require_safe
def health(request: HttpRequest) -> HttpResponse:
    """`/health/`: 200 while this process answers. It asks nobody else, so that a database that is away does not
    make an orchestrator kill processes that are well."""
    return JsonResponse({"status": "alive", "version": __version__})


@never_cache
@require_safe
def ready(request: HttpRequest) -> HttpResponse:
    """`/ready/`: 200 when pages can be served; else 503 with Retry-After, and what is missing as sentences."""
    missing = what_is_missing()
    if not missing:
        return JsonResponse({"status": "ready", "missing": []})
    response = JsonResponse({"status": "not ready", "missing": missing}, status=503)
    response["Retry-After"] = str(RETRY_AFTER_SECONDS)
    response._has_been_logged = True  # type: ignore[attr-defined]  # asked every few seconds: one line is enough
    return response


PROBES: dict[str, Callable[[HttpRequest], HttpResponse]] = {"/health/": health, "/ready/": ready}


def probes(get_response: Callable[[HttpRequest], HttpResponse]) -> Callable[[HttpRequest], HttpResponse]:
    """Middleware: answers the two probes, and hands everything else on."""

    def answer(request: HttpRequest) -> HttpResponse:
        return PROBES.get(request.path_info, get_response)(request)

    return answer


def what_is_missing() -> list[str]:
    """Why this process should get no visitors, as sentences; empty when it may."""
    try:
        if unapplied := unapplied_migrations():
            return [f"Migrations are not applied: {', '.join(unapplied)}. Run manage.py migrate."]
        return [found.sentence for found in data_health.needed(calendar(), timezone.localdate())]
    except Error:
        return ["The database does not answer."]


def unapplied_migrations() -> list[str]:
    """The newest migrations of this code that the database has not had."""
    applied = MigrationRecorder(connection).applied_migrations()
    return [f"{app}.{name}" for app, name in newest_migrations() if (app, name) not in applied]


@cache
def newest_migrations() -> tuple[tuple[str, str], ...]:
    """The last migration of each app, as (app, name); they are read from the code once a process."""
    return tuple(sorted(MigrationLoader(None).graph.leaf_nodes()))
