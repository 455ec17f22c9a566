"""Room for the calls of a request: a loop takes no memory from the system in each of its calls, however deep it is."""

import resource
from collections.abc import Callable
from typing import Any

from medpayiq.call_stack import with_room

CALLS = 1_000
START_RESPONSE: Any = print


def test_a_loop_of_calls_takes_memory_once_however_deep_it_is() -> None:
    found: list[int] = []

    def application(environ: dict[str, int], start_response: Any) -> list[bytes]:
        _deep(environ["depth"], lambda: found.append(_faults()))
        return []

    roomy = with_room(application)
    for depth in range(120):
        roomy({"depth": depth}, START_RESPONSE)
    assert max(found) < CALLS / 10


def test_each_response_is_that_of_the_application() -> None:
    def application(environ: dict[str, int], start_response: Any) -> list[Any]:
        return [environ, start_response]

    roomy = with_room(application)
    assert [roomy({"page": number}, START_RESPONSE) for number in (1, 2)] == [
        [{"page": 1}, START_RESPONSE],
        [{"page": 2}, START_RESPONSE],
    ]


def _deep(depth: int, then: Callable[[], None]) -> None:
    if depth:
        _deep(depth - 1, then)
    else:
        then()


def _faults() -> int:
    """How often a loop of calls comes upon memory that is new to the process."""
    before = resource.getrusage(resource.RUSAGE_SELF).ru_minflt
    for number in range(CALLS):
        _called(number)
    return resource.getrusage(resource.RUSAGE_SELF).ru_minflt - before


def _called(number: int) -> int:
    return number
