"""What was read is read anew when the content that it is of changes."""

from datetime import UTC, datetime

import pytest

from codes.caching.versions import Versions, versioned_cache, versions_of_request

BEFORE: Versions = (
    ("data", 1, datetime(2026, 8, 1, tzinfo=UTC)),
    ("tips", 1, datetime(2026, 8, 1, tzinfo=UTC)),
)
AFTER_A_LOAD: Versions = (("data", 2, datetime(2026, 8, 2, tzinfo=UTC)), BEFORE[1])
AFTER_A_TIP: Versions = (*AFTER_A_LOAD, ("tips:76376", 1, datetime(2026, 8, 3, tzinfo=UTC)))


@pytest.mark.parametrize(("content", "times"), [("", [1, 1, 2, 3]), ("tips", [1, 1, 1, 2])])
def test_only_the_versions_of_its_content_count(content: str, times: list[int]) -> None:
    count = 0

    @versioned_cache(1, content)
    def read() -> int:
        nonlocal count
        count += 1
        return count

    found = []
    for known in (BEFORE, BEFORE, AFTER_A_LOAD, AFTER_A_TIP):
        token = versions_of_request.set(known)
        found.append(read())
        versions_of_request.reset(token)
    assert found == times


def test_outside_of_a_request_nothing_is_cached() -> None:
    reads: list[str] = []

    @versioned_cache(1)
    def read(what: str) -> None:
        reads.append(what)

    read("tips")
    read("tips")
    assert reads == ["tips", "tips"]
