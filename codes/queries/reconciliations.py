"""The runs of `reconcile`, which compares our amounts with those that CMS publishes."""

from codes.models import Reconciliation

MOST_RUNS = 200


def newest_runs() -> list[Reconciliation]:
    """The last run per file, the newest first."""
    newest: dict[str, Reconciliation] = {}
    for run in Reconciliation.objects.all()[:MOST_RUNS]:
        newest.setdefault(run.file_name, run)
    return list(newest.values())
