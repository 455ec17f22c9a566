"""After hostile requests the honest ones are answered as before, byte for byte, headers too.

HOSTILE_REQUESTS=10000 sends as many; HOSTILE_SEED chooses others.
"""

import os
from typing import Any

import pytest
from django.test import Client

from tests.faults.requests import Maker
from tests.faults.test_client_headers import HEADERS
from tests.functional.addresses import PAGES

pytestmark = pytest.mark.slow
HOSTILE = int(os.environ.get("HOSTILE_REQUESTS", "300"))
SEED = int(os.environ.get("HOSTILE_SEED", "20261129"))
CODES = (
    "99213",
    "99214",
    "20610",
    "27447",
    "45378",
    "45385",
    "66984",
    "70551",
    "76376",
    "76942",
    "93000",
    "36415",
)
HONEST = (
    # The form for corrections has a token of its own for each visitor.
    *(page for name in PAGES if name.startswith("codes:") and name != "codes:report_error" for page in PAGES[name]),
    *(f"/cpt/{code}{end}" for code in CODES for end in ("/", ".json", "/edits/", "/country/", "/edits.csv")),
    *(f"/cpt/{code}/?{asked}" for code in CODES for asked in ("zip=36301", "pos=22", "dos=2026-08-01", "mod=26")),
    *(f"/search/?q={asked}" for asked in (*CODES, "knee", "ct chest", "99213 25", "20610+76942")),
)  # fmt: skip


def answers(client: Client) -> list[tuple[int, dict[str, str], bytes]]:
    found = (client.get(address) for address in HONEST)
    return [(each.status_code, dict(each.items()), b"".join(each)) for each in found]


def test_hostile_requests_change_nothing_that_honest_visitors_get(sample: None) -> None:
    honest = Client(raise_request_exception=False)
    before, made = answers(honest), Maker(SEED)
    for number in range(HOSTILE):
        asked = made.request()
        name, value = HEADERS[number % len(HEADERS)]
        sent: dict[str, Any] = {f"HTTP_{name.upper().replace('-', '_')}": value}
        client = Client(raise_request_exception=False)
        sent |= {"query_params": asked.query, "headers": asked.headers}
        client.generic(asked.method, asked.path, asked.body, asked.content_type, **sent)
    after = answers(honest)
    assert [HONEST[place] for place, each in enumerate(before) if after[place] != each] == []
