"""No request, however strange, makes the site break.

2,000 requests by default; FUZZ_REQUESTS says how many, FUZZ_SEED which; --log-cli-level=INFO shows the answers.
"""

import logging
import os
import time
from collections import Counter
from typing import Any

import pytest
from django.contrib.auth.models import User
from django.test import Client

from tests.faults.requests import BAD, Maker, Request, parameters, patterns

COUNT = int(os.environ.get("FUZZ_REQUESTS", "2000"))
SEED = int(os.environ.get("FUZZ_SEED", "1"))
SLOW_SECONDS = 5
logger = logging.getLogger(__name__)


def send(client: Client, request: Request) -> tuple[int, dict[str, str]]:
    """The status and headers of the answer, read to its end."""
    sent: dict[str, Any] = (
        {"data": request.body, "content_type": request.content_type}
        if request.method in ("POST", "PUT")
        else {}
    )
    answer = client.generic(
        request.method,
        request.path,
        query_params=request.query,
        headers={name: value for name, value in request.headers.items() if name != "Content-Length"},
        **sent,
    )
    list(answer.streaming_content if answer.streaming else ())  # type: ignore[attr-defined]
    return answer.status_code, dict(answer.headers)


def judge(client: Client, maker: Maker, count: int, staff: User | None = None) -> Counter[int]:
    """Send so many requests; none may break the site, take long, or smuggle a header into its answer."""
    client.raise_request_exception = False
    client.get("/search/", {"q": "knee"})  # builds the index, as a load has done on a site
    broken, slow, statuses = [], [], Counter[int]()
    for number in range(count):
        if staff:
            client.force_login(staff)  # again and again: some of these requests log out
        request, began = maker.request(), time.process_time()
        status, headers = send(client, request)
        statuses[status] += 1
        if status >= 500:
            broken.append((number, request))
        if time.process_time() - began > SLOW_SECONDS:
            slow.append((number, request))
        assert "X-Injected" not in headers
        assert not any("\n" in value or "\r" in value for value in headers.values())
    logger.info("%s requests, seed %s: %s", f"{count:,}", SEED, dict(sorted(statuses.items())))
    assert broken == []
    assert slow == []
    return statuses


@pytest.mark.slow
def test_no_fuzzed_request_is_answered_with_500(sample: None) -> None:
    statuses = judge(Client(), Maker(SEED), COUNT)
    assert statuses[200] > COUNT / 10, "the requests reach hardly any page"


@pytest.mark.slow
def test_no_fuzzed_request_of_staff_is_answered_with_500(sample: None, admin_user: User) -> None:
    judge(Client(), Maker(SEED, share_of_staff=0.9), max(200, COUNT // 10), admin_user)


def test_the_requests_go_to_every_address_and_use_every_field() -> None:
    assert len(set(patterns())) > 60
    assert {"zip", "dos", "units", "payer_kind", "receipt", "q"} <= set(parameters())


def test_a_seed_makes_the_same_requests_again() -> None:
    assert [Maker(7).request() for _ in range(20)][:1] == [Maker(7).request()]


@pytest.mark.parametrize("value", BAD)
@pytest.mark.parametrize(
    "address", ["/search/", "/cpt/99213/", "/claim/", "/ncci/", "/compare/", "/localities/"]
)
def test_a_strange_value_in_the_main_parameters_is_answered_calmly(
    sample: None, address: str, value: str
) -> None:
    client = Client()
    client.raise_request_exception = False
    query = dict.fromkeys(("q", "dos", "zip", "locality", "mod", "units", "codes", "lines", "charge"), value)
    assert client.get(address, query).status_code < 500
