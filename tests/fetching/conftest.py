"""A CMS of our own, and a fetcher that does not wait."""

from collections.abc import Iterator

import pytest

from codes.fetching.download import Fetcher
from tests.fetching.cms_site import Site, running


@pytest.fixture
def site() -> Iterator[Site]:
    with running() as site:
        yield site


@pytest.fixture
def waits() -> list[float]:
    """How long the fetcher would have waited, in seconds, one entry a wait."""
    return []


@pytest.fixture
def fetcher(waits: list[float]) -> Fetcher:
    return Fetcher(timeout=0.5, pause=0, sleep=lambda seconds: waits.append(seconds) if seconds else None)
