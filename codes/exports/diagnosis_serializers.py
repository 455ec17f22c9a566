"""Diagnoses for programs: one code, and what was found of those of a claim. Every key is written here."""

from codes.diagnoses import DiagnosisFinding, Entry
from codes.exports.serializers import Json
from codes.queries.diagnoses import CheckedDiagnoses, DiagnosisRecord


def serialize_diagnosis(record: DiagnosisRecord) -> Json:
    """One code of ICD-10-CM with the codes around it and its Excludes1 notes."""
    entry = record.entry
    return {
        **_entry(entry),
        "part_of": [_entry(each) for each in record.above],
        "longer_codes": [_entry(each) for each in record.under],
        "excludes1": [
            {"under": note.under, "words": note.words, "codes": list(note.codes)} for note in entry.notes
        ],
        "release": record.release.name,
        "in_force_from": record.release.effective_from.isoformat(),
    }


def serialize_checked(checked: CheckedDiagnoses | None) -> Json | None:
    """The diagnoses of a claim; None where it names none."""
    if checked is None:
        return None
    return {
        "codes": [{"code": code, "name": name or None} for code, name in checked.named],
        "findings": [_finding(finding) for finding in checked.findings],
        "returned": checked.is_returned,
        "release": checked.release or None,
        "not_checked": checked.not_checked or None,
    }


def _entry(entry: Entry) -> Json:
    return {"code": entry.code, "name": entry.name, "billable": entry.is_billable}


def _finding(finding: DiagnosisFinding) -> Json:
    return {
        "kind": finding.kind.value,
        "codes": list(finding.codes),
        "words": finding.words,
        "fix": finding.fix or None,
        "source": finding.source,
        "reasons": list(finding.reasons),
        "returned": finding.is_returned,
    }
