"""The worked examples agree, and the page shows the run and not a figure of its own."""

import csv
from dataclasses import replace
from io import StringIO

import pytest
from django.core.management import CommandError, call_command
from django.test import Client

from codes.loaders import rule_cases as loaded_cases
from codes.loaders import worked
from codes.models import Reconciliation
from codes.queries import reconciliations
from codes.queries import rule_cases as queries
from codes.queries.rule_cases import key_of, rule_cases
from codes.queries.worked_examples import worked_examples
from codes.rules import RULES
from codes.views import correctness as page_of

pytestmark = pytest.mark.django_db


def run(*arguments: str) -> str:
    out = StringIO()
    call_command("check_correctness", *arguments, stdout=out)
    return out.getvalue()


def test_before_the_first_run_the_page_says_so(client: Client) -> None:
    page = client.get("/correctness/").text
    assert "have not been run on this installation yet" in page


def test_the_page_shows_the_last_run(client: Client) -> None:
    client.get("/correctness/")
    assert run().startswith("45 of 45 worked examples agree.\n")
    page = client.get("/correctness/").text
    assert "<strong>45 of 45</strong> agree" in page
    assert "No comparison has been run on this installation yet" in page  # of payment files


def test_a_dry_run_keeps_nothing() -> None:
    run("--dry-run")
    assert not Reconciliation.objects.exists()


def test_a_difference_is_shown_and_ends_with_an_error(
    client: Client, monkeypatch: pytest.MonkeyPatch
) -> None:
    first, *others = worked_examples()
    wrong = replace(first, found={"allowed": "95.18"})
    monkeypatch.setattr(worked, "worked_examples", lambda: [wrong, *others])
    monkeypatch.setattr(page_of, "worked_examples", lambda: [wrong, *others])
    with pytest.raises(CommandError, match="differ"):
        run()
    page = client.get("/correctness/").text
    assert "<strong>44 of 45</strong> agree" in page
    page = client.get("/correctness/examples/").text
    assert "<strong>44 of 45</strong> agree" in page
    assert '<strong class="denied">allowed 95.18</strong>' in page


def test_every_worked_example_is_shown_with_its_source(client: Client) -> None:
    page = client.get("/correctness/examples/").text
    assert "<strong>45 of 45</strong> agree" in page
    assert page.count('data-label="Ours"') == 45
    assert "45380 30.58, 45385 374.56, total 405.14" in page
    assert "Medicare pays 39.20" in page
    assert "First Coast Service Options, sequestration" in page
    assert "71260 107.53, within 0.01 by rounding" in page


def test_the_worked_examples_are_the_same_as_table_and_for_programs(client: Client) -> None:
    told = client.get("/correctness/examples.json").json()
    assert (told["total"], told["agree"]) == (45, 45)
    assert sum(len(each["expected"]) for each in told["examples"]) == len(rows_of(client))
    assert {row["agrees"] for row in rows_of(client)} == {"yes"}
    visit = next(row for row in rows_of(client) if row["example"] == "An office visit, national")
    assert (visit["amount"], visit["expected"], visit["found"]) == ("allowed", "95.19", "95.19")
    assert client.get("/correctness/examples.json?code=99213").status_code == 400


def test_table_and_program_say_which_example_differs(client: Client, monkeypatch: pytest.MonkeyPatch) -> None:
    first, *others = worked_examples()
    wrong = replace(first, found={"allowed": "95.18"})
    monkeypatch.setattr(page_of, "worked_examples", lambda: [wrong, *others])
    assert client.get("/correctness/examples.json").json()["agree"] == 44
    assert [row["found"] for row in rows_of(client) if row["agrees"] == "no"] == ["95.18"]


def rows_of(client: Client) -> list[dict[str, str]]:
    """The rows of the table, without the notice under it."""
    return list(csv.DictReader(StringIO(client.get("/correctness/examples.csv").text)))[:-1]


def test_every_case_of_the_claim_rules_is_shown_with_the_last_run(client: Client) -> None:
    assert "have not been run" in client.get("/correctness/rules/").text
    cases = len(rule_cases())
    assert f"{cases} of {cases} cases of claim rules agree." in run()
    assert f"<strong>{cases} of {cases}</strong> cases agree" in client.get("/correctness/").text
    page = client.get("/correctness/rules/").text
    assert page.count('data-label="Found"') == cases
    assert all(f'id="{rule.name}"' in page for rule in RULES)
    assert "Claims Processing Manual, ch. 30, §50" in page


def test_a_case_that_a_rule_misses_is_shown_so(client: Client, monkeypatch: pytest.MonkeyPatch) -> None:
    case = rule_cases()[0]
    monkeypatch.setattr(queries, "rule_cases", lambda: (case,))
    monkeypatch.setattr(loaded_cases, "rule_cases", lambda: (replace(case, text="99213"),))
    monkeypatch.setattr(loaded_cases, "key_of", lambda _: key_of(case))
    with pytest.raises(CommandError, match="differ"):
        run()
    assert '<strong class="denied">spared</strong>' in client.get("/correctness/rules/").text


def test_a_run_over_other_cases_counts_as_none(client: Client, monkeypatch: pytest.MonkeyPatch) -> None:
    run()
    monkeypatch.setattr(reconciliations, "cases_sha256", lambda: "0" * 64)
    assert "have not been run" in client.get("/correctness/rules/").text
