"""The queues of staff: what waits, what was decided and why. Nothing here says more than the privacy page does."""

from contributions.admin import reports, signups, snapshots

__all__ = ["reports", "signups", "snapshots"]
