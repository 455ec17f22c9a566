"""Parts of a code page are kept under what they depend on: a page made of kept parts is the page made anew."""

import random

import pytest
from django.core.cache import cache, caches
from django.test import Client

from codes.models import CodeText, Tip, Version

CODES = ["/cpt/99213/", "/cpt/76376/", "/cpt/00811/", "/cpt/45380/", "/hcpcs/J1100/", "/cpt/80053/"]
QUESTIONS = [
    "",
    "?zip=36301",
    "?locality=01182-18",
    "?locality=01182-18&pos=22",
    "?pos=22",
    "?pos=34",
    "?dos=2025-11-03",
    "?dos=2025-11-03&zip=36301",
    "?dos=2024-02-01",
    "?qp=1",
    "?qp=1&zip=36301",
    "?mod=26",
    "?mod=TC&pos=22",
    "?mod=26&mod=59&mod=76&mod=77&mod=78",
    "?practitioner=nurse_practitioner",
    "?par=no&charge=10.00",
    "?units=3",
    "?minutes=95&mod=AA",
    "?state=CA",
    "?zip=00000",
    "?dos=tomorrow",
    "?dos=2026-13-01&zip=36301",
    "?zip=abcde",
    "?locality=x",
    "?pos=99",
    "?pos=22&zip=00000",
    "?practitioner=wizard",
    "?practitioner=nurse_practitioner&zip=00000",
    "?par=maybe",
    "?par=assigned&deductible=100.00&days=30",
    "?deductible=-5",
    "?days=300&deductible=100.00",
    "?units=0",
    "?charge=free&mod=26",
]
# Of one locality, one track and one day, and yet with different amounts: equipment goes by the patient's home.
HOMES = ["", "&zip=90001", "&zip=92225", "&locality=01182-18", "&state=CA", "&state=TX"]
EQUIPMENT = [
    f"/hcpcs/{code}/?dos={day}&mod={modifier}{home}"
    for code in ("E0601", "E0143")
    for day in ("2025-11-03", "2026-08-01")
    for modifier in ("", "RR", "NU")
    for home in HOMES
]


def test_a_page_made_of_kept_parts_is_the_page_made_anew(sample: None, client: Client) -> None:
    addresses = [f"{code}{question}" for code in CODES for question in QUESTIONS] + EQUIPMENT
    anew = {}
    for address in addresses:
        caches["template_fragments"].clear()
        anew[address] = client.get(address).content
    cache.clear()
    random.Random(1).shuffle(addresses)
    for address in addresses:
        assert client.get(address).content.decode() == anew[address].decode(), address


@pytest.mark.parametrize("what", ["data", "tips"])
def test_a_change_is_seen_in_every_part_at_once(sample: None, client: Client, what: str) -> None:
    before = client.get("/cpt/99213/?zip=36301").content.decode()
    CodeText.objects.filter(pk="99213").update(plain_name="A name that was just changed")
    Tip.objects.filter(code="99213").update(text="A tip that was just changed")
    assert client.get("/cpt/99213/?zip=36301").content.decode() == before
    Version.bump(what)
    after = client.get("/cpt/99213/?zip=36301").content.decode()
    assert f"</span> {'A name that was just changed'}</h1>" in after
    assert ("A tip that was just changed" in after) == (what == "tips")  # a load of data changes no tip
