"""Worked examples of CMS and its contractors against ours, kept as one run like those over payment files."""

from django.db import transaction
from django.utils import timezone

from codes.models import Reconciliation, Version
from codes.models.reconciliation import WORKED_EXAMPLES
from codes.pricing.worked import WorkedExample
from codes.queries.worked_examples import examples_sha256, worked_examples


def compare_worked_examples(*, keep: bool = True) -> Reconciliation:
    """The outcome of all examples; kept for the page unless `keep` is false."""
    examples = worked_examples()
    run = Reconciliation(
        file_name=WORKED_EXAMPLES,
        sha256=examples_sha256(),
        date_of_service=timezone.localdate(),
        release_name="",
        rows=len(examples),
        matches=sum(each.agrees for each in examples),
        differences=[_difference(each) for each in examples if not each.agrees],
    )
    return save_run(run) if keep else run


def save_run(run: Reconciliation) -> Reconciliation:
    """The run, kept for the page."""
    with transaction.atomic():
        Version.bump("reconciliations")
        run.save()
    return run


def _difference(example: WorkedExample) -> dict[str, str]:
    return {
        "code": example.title,
        "published": _in_words(example.expected),
        "ours": _in_words(example.found),
    }


def _in_words(amounts: dict[str, str]) -> str:
    return ", ".join(f"{name} {amount}" for name, amount in amounts.items())
