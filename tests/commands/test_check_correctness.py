"""The worked examples agree, and the page shows the run and not a figure of its own."""

from io import StringIO

import pytest
from django.core.management import CommandError, call_command
from django.test import Client

from codes.loaders import worked
from codes.models import Reconciliation
from codes.pricing.worked_examples import WorkedExample, worked_examples

pytestmark = pytest.mark.django_db


def run(*arguments: str) -> str:
    out = StringIO()
    call_command("check_correctness", *arguments, stdout=out)
    return out.getvalue()


@pytest.mark.parametrize("example", list(worked_examples()), ids=lambda example: example.title)
def test_each_example_is_worked_out_as_published(example: WorkedExample) -> None:
    assert example.found == example.expected
    assert example.source


def test_before_the_first_run_the_page_says_so(client: Client) -> None:
    page = client.get("/correctness/").text
    assert "have not been run on this installation yet" in page
    assert "405.14" not in page


def test_the_page_shows_the_last_run(client: Client) -> None:
    client.get("/correctness/")
    assert run() == "4 of 4 worked examples agree.\n"
    page = client.get("/correctness/").text
    assert "<strong>4 of 4</strong> agree" in page
    assert "45385 374.56, 45380 30.58, total 405.14" in page
    assert "No comparison has been run on this installation yet" in page  # of payment files


def test_a_dry_run_keeps_nothing() -> None:
    run("--dry-run")
    assert not Reconciliation.objects.exists()


def test_a_difference_is_shown_and_ends_with_an_error(
    client: Client, monkeypatch: pytest.MonkeyPatch
) -> None:
    first, *others = worked_examples()
    wrong = WorkedExample(first.title, first.source, first.expected, {"total": "405.15"})
    monkeypatch.setattr(worked, "worked_examples", lambda: [wrong, *others])
    with pytest.raises(CommandError, match="differ"):
        run()
    page = client.get("/correctness/").text
    assert "<strong>3 of 4</strong> agree" in page
    assert "total 405.15" in page
