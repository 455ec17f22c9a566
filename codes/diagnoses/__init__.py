"""Diagnoses of a claim: are they codes, are they billable, do two of them exclude each other? Plain Python.

`check_diagnoses(codes, book, at)` says what is wrong with each, with the fix and the source.
"""

from codes.diagnoses.checks import check_diagnoses
from codes.diagnoses.types import Book, DiagnosisFinding, Entry, Excludes1, FindingKind

__all__ = ["Book", "DiagnosisFinding", "Entry", "Excludes1", "FindingKind", "check_diagnoses"]
