"""What visitors send, and what is shown of it. No table of reports has a field for who sent something, or when exactly.

The toolkit's mailing list stands by itself: nothing joins it to a report.
"""

from contributions.models.digest import StaffDigest
from contributions.models.report import Decision, Receipt, Report, SpentToken
from contributions.models.reporter import DayKey, NewcomerMark, ReporterOrdinal, YearKey
from contributions.models.signup import LeftToolkit, ToolkitSignup
from contributions.models.snapshot import Snapshot

__all__ = [
    "DayKey",
    "Decision",
    "LeftToolkit",
    "NewcomerMark",
    "Receipt",
    "Report",
    "ReporterOrdinal",
    "Snapshot",
    "SpentToken",
    "StaffDigest",
    "ToolkitSignup",
    "YearKey",
]
