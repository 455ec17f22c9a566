"""What visitors send, and what is shown of it. No table here has a field for who sent something, or when exactly."""

from contributions.models.report import Decision, Receipt, Report, SpentToken
from contributions.models.reporter import MonthlyKey, ReporterOrdinal
from contributions.models.snapshot import Snapshot

__all__ = ["Decision", "MonthlyKey", "Receipt", "Report", "ReporterOrdinal", "Snapshot", "SpentToken"]
