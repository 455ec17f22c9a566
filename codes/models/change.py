"""What can change between two releases of one source."""

import re

from django.db import models

_SINGULAR = {
    "edits": "edit",
    "limits": "limit",
    "codes": "code",
    "components": "component",
    "statuses": "status",
    "RVUs": "RVU",
    "indicators": "indicator",
    "rates": "rate",
    "records": "record",
    "fees": "fee",
    "diagnoses": "diagnosis",
    "coinsurances": "coinsurance",
    "units": "unit",
}
_PLURAL = rf"\b(?:{'|'.join(_SINGULAR)})\b"


class ReleaseChangeKind(models.TextChoices):
    """The kinds of `ReleaseChange`. A label follows a number: "310 edits ended".

    Of an edit, `code` is column one and `other` column two; of a component (26, TC, 53) `other` is its modifier;
    of an add-on record `code` is the add-on and `other` the primary, empty where contractors define it; a diagnosis
    has its dot; of an equipment fee `before` holds its modifiers, `after` in how many states it changed;
    of an article `before` holds its number, `after` how many diagnoses it added and took away.
    `before` and `after` are the values as CMS writes them; days are written year-month-day.
    """

    EDIT_NEW = "edit_new", "edits added"
    EDIT_ENDED = "edit_ended", "edits ended"
    EDIT_WITHDRAWN = "edit_withdrawn", "edits deleted retroactively"
    EDIT_REVIVED = "edit_revived", "edits revived"
    EDIT_INDICATOR = "edit_indicator", "edits with another modifier indicator"
    EDIT_SWAPPED = "edit_swapped", "edits with columns swapped"
    LIMIT_NEW = "limit_new", "unit limits added"
    LIMIT_GONE = "limit_gone", "unit limits dropped"
    LIMIT_RAISED = "limit_raised", "unit limits raised"
    LIMIT_LOWERED = "limit_lowered", "unit limits lowered"
    LIMIT_MAI = "limit_mai", "unit limits with another adjudication indicator"
    CODE_NEW = "code_new", "codes added"
    CODE_GONE = "code_gone", "codes dropped"
    COMPONENT_NEW = "component_new", "components added"
    COMPONENT_GONE = "component_gone", "components dropped"
    STATUS = "status", "statuses changed"
    GLOBAL_DAYS = "global_days", "global days changed"
    WORK_RVU = "work_rvu", "work RVUs changed"
    NONFACILITY_PE_RVU = "nonfacility_pe_rvu", "office practice expense RVUs changed"
    FACILITY_PE_RVU = "facility_pe_rvu", "facility practice expense RVUs changed"
    MALPRACTICE_RVU = "malpractice_rvu", "malpractice RVUs changed"
    FACILITY_NEW = "facility_new", "facility codes added"
    FACILITY_GONE = "facility_gone", "facility codes dropped"
    FACILITY_INDICATOR = "facility_indicator", "facility payment indicators changed"
    FACILITY_RATE = "facility_rate", "facility rates changed"
    ADD_ON_NEW = "add_on_new", "add-on records added"
    ADD_ON_GONE = "add_on_gone", "add-on records dropped"
    ADD_ON_TYPE = "add_on_type", "add-on records of another type"
    EQUIPMENT_NEW = "equipment_new", "equipment fees added"
    EQUIPMENT_GONE = "equipment_gone", "equipment fees dropped"
    EQUIPMENT_AMOUNT = "equipment_amount", "equipment fees changed"
    DIAGNOSIS_NEW = "diagnosis_new", "diagnoses added"
    DIAGNOSIS_GONE = "diagnosis_gone", "diagnoses deleted"
    DIAGNOSIS_BILLABLE = "diagnosis_billable", "diagnoses billable now"
    DIAGNOSIS_DIVIDED = "diagnosis_divided", "diagnoses divided into longer codes"
    DRUG_NEW = "drug_new", "drug limits added"
    DRUG_GONE = "drug_gone", "drug limits dropped"
    DRUG_LIMIT = "drug_limit", "drug limits changed"
    DRUG_COINSURANCE = "drug_coinsurance", "drug coinsurances changed"
    DRUG_DOSAGE = "drug_dosage", "drug billing units changed"
    ARTICLE_LISTS = "article_lists", "codes added to an article"
    ARTICLE_DROPS = "article_drops", "codes dropped from an article"
    ARTICLE_DIAGNOSES = "article_diagnoses", "codes with other diagnoses in an article"

    def counted(self, count: int) -> str:
        """The label behind a number: "310 edits ended", "1 edit ended"."""
        label = str(self.label)
        if count == 1:
            label = re.sub(_PLURAL, lambda plural: _SINGULAR[plural.group()], label, count=1)
        return f"{count:,} {label}"


DIAGNOSIS_KINDS = frozenset(kind for kind in ReleaseChangeKind if kind.value.startswith("diagnosis_"))
EDIT_KINDS = frozenset(kind for kind in ReleaseChangeKind if kind.value.startswith("edit_"))
