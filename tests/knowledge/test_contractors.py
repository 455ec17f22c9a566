"""The contractors of this site against a public list of the MACs and their states."""

import json
from pathlib import Path

import pytest

from codes.cms import gpci
from codes.knowledge.contractors import contractor_of


@pytest.mark.full_size
def test_each_mac_number_of_the_indices_serves_the_state_that_it_is_listed_for(cms_files: Path) -> None:
    listed = json.loads((cms_files / "reference" / "mac_jurisdictions_2026.json").read_text("utf-8"))
    serving = {
        (each["jurisdiction"].removeprefix("J"), state)
        for each in listed["ab_mac_jurisdictions"]
        for state in each["states"]
    }
    with (cms_files / "reference" / "GPCI2026.csv").open("rb") as stream:
        places = {(row.mac, row.state) for row in gpci.parse(stream, "GPCI2026.csv")}
    found = {(mac, state): contractor_of(mac) for mac, state in places}
    wrong = {key for key, each in found.items() if each is None or (each.jurisdiction, key[1]) not in serving}
    assert (len(places), wrong) == (56, set())
