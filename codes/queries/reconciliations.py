"""The runs of `reconcile` and `check_correctness`, which compare our amounts with published ones."""

from codes.models import Reconciliation
from codes.models.reconciliation import RULE_CASES, WORKED_EXAMPLES
from codes.queries.rule_cases import cases_sha256
from codes.queries.worked_examples import examples_sha256

MOST_RUNS = 200


def newest_runs() -> list[Reconciliation]:
    """The last run per payment file, the newest first."""
    newest: dict[str, Reconciliation] = {}
    for run in Reconciliation.objects.exclude(file_name__in=(WORKED_EXAMPLES, RULE_CASES))[:MOST_RUNS]:
        newest.setdefault(run.file_name, run)
    return list(newest.values())


def last_worked_examples() -> Reconciliation | None:
    """The last run over the worked examples as this version has them; None before the first."""
    return Reconciliation.objects.filter(file_name=WORKED_EXAMPLES, sha256=examples_sha256()).first()


def last_rule_run() -> Reconciliation | None:
    """The last run over the cases of the claim rules as this version has them; None before the first."""
    return Reconciliation.objects.filter(file_name=RULE_CASES, sha256=cases_sha256()).first()
