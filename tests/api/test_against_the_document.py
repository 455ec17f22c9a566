"""schemathesis asks the interface what its document allows, and what it forbids, and holds every answer against it."""

from collections.abc import Iterator
from typing import Any

import pytest
from django.conf import LazySettings
from hypothesis import HealthCheck, given, settings

from codes.api.openapi import document
from tests.wsgi_site import Site, connection_left_open

schemathesis = pytest.importorskip("schemathesis")

OPERATIONS = [(path, method) for path, each in document()["paths"].items() for method in each]
BOUNDED = settings(max_examples=10, deadline=None, database=None, suppress_health_check=list(HealthCheck))


@pytest.fixture
def interface(sample: None, settings: LazySettings) -> Iterator[Any]:
    """The document as the site serves it; no limit of requests stops the questions."""
    settings.API_LIMITS = "1000000/minute"
    with connection_left_open():
        yield schemathesis.openapi.from_wsgi("/api/v1/openapi.json", Site().application)


@pytest.mark.parametrize("mode", list(schemathesis.GenerationMode), ids=lambda mode: mode.value)
@pytest.mark.parametrize(("path", "method"), OPERATIONS)
def test_every_answer_is_as_the_document_says(interface: Any, path: str, method: str, mode: Any) -> None:
    operation = interface[path][method.upper()]

    @BOUNDED
    @given(case=operation.as_strategy(generation_mode=mode))
    def ask(case: Any) -> None:
        case.call_and_validate(headers={"Accept-Encoding": "identity"})

    ask()
