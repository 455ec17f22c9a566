"""The cases of the claim rules against what the rules make of them, kept as one run."""

from django.utils import timezone

from codes.loaders.worked import save_run
from codes.models import Reconciliation
from codes.models.reconciliation import RULE_CASES
from codes.queries.rule_cases import cases_sha256, key_of, rule_cases
from codes.rules.cases import RuleCase


def compare_rule_cases(*, keep: bool = True) -> Reconciliation:
    """The outcome of all cases; kept for the page unless `keep` is false."""
    cases = rule_cases()
    differences = [_difference(case, found) for case in cases if (found := case.found) != case.expected]
    run = Reconciliation(
        file_name=RULE_CASES,
        sha256=cases_sha256(),
        date_of_service=timezone.localdate(),
        release_name="",
        rows=len(cases),
        matches=len(cases) - len(differences),
        differences=differences,
    )
    return save_run(run) if keep else run


def _difference(case: RuleCase, found: str) -> dict[str, str]:
    return {"code": key_of(case), "published": case.expected, "ours": found}
