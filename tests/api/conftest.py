"""The interface for programs is asked on the sample."""

from collections.abc import Callable
from typing import Any

import pytest
from django.test import Client

from codes import throttling
from tests.conftest import clear_caches

Ask = Callable[..., Any]


@pytest.fixture
def ask(sample: None, client: Client) -> Ask:
    """Ask an address below /api/v1/; the body of the answer."""

    def asked(address: str, status: int = 200, **parameters: str) -> Any:
        clear_caches()
        throttling.forget_everything()
        response = client.get(f"/api/v1/{address}", parameters)
        assert response.status_code == status, response.content[:2000]
        assert not response.cookies
        return response

    return asked
