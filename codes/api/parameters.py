"""Every parameter of the addresses for programs, in words: for the page `/api/`, the document and the errors."""

from collections.abc import Mapping

# Each field of the price form, in words; a test compares the two.
CONTRACT = (
    "120% of 2025 (a share of Medicare's amounts, of another year where one is named), or $45.00 per RVU"
)
PARAMETERS: Mapping[str, str] = {
    "dos": "date of service, 2026-08-01 or 8/1/2026; today by default",
    "zip": "five digits of a ZIP code, or ZIP+4 with a hyphen: its locality",
    "locality": "contractor and number, 01182-18, in place of a ZIP code; national by default",
    "state": "two letters: its locality, where it has one; of several a page offers the choice",
    "pos": "place of service, 11 by default",
    "mod": "modifiers, 26 or 26,59; four at most",
    "units": "1 to 9,999",
    "charge": "dollars for the whole line: Medicare pays on the lower of charge and fee",
    "minutes": "of anesthesia",
    "induction": "1 or 0: 1 where the anesthesiologist who supervises (AD) was present at induction",
    "days": "days of postoperative care, with modifier 55",
    "deductible": "what is left of the patient's deductible, in dollars; nothing by default",
    "practitioner": "physician by default; the calculator lists the others",
    "par": "yes, assigned (non-participating) or no (non-participating, unassigned)",
    "qp": "1 or 0: 1 for a qualifying APM participant",
    "load": "the state of the data that a receipt names: the same figure later, whatever was loaded since",
}

# What else some addresses take, by what they hold; a test compares these with their forms.
CLAIM: Mapping[str, str] = {
    "lines": "up to 25 claim lines, parted by commas: 99213-25x1@150.00 is code, modifiers, units, charge; ~AB "
    "behind it names the diagnoses that the line points to, by their letters in dx",
    "dx": "the diagnoses of the claim, at most 12, parted by commas: M17.11,E11.9",
    "all": "1 or 0: 1 where these are all services of the day",
    "established": "1 or 0: 1 where the practitioner or group saw the patient in the last three years",
    "same_problem": "1 or 0: 1 where the visits of the day treat one problem",
    "surgery": "the code of your earlier surgery, in whose global period the day may fall",
    "days_since": "days since that surgery, 1 to 999",
    "time": "minutes documented for the visit or for the day's timed therapy",
    "vial": "billing units that the opened vials of the drug hold",
    "no_order": "1 or 0: 1 where the claim doesn't name who ordered the tests",
    "no_clia": "1 or 0: 1 where the claim has no CLIA number",
    "contract": CONTRACT,
}
LIST: Mapping[str, str] = {
    "codes": "up to 300 codes, parted by commas: 99213,99214",
    "contract": CONTRACT,
}
EDITS: Mapping[str, str] = {
    "setting": "practitioner, or hospital; practitioner by default",
    "group": "0 (can't be bypassed), 1 (can be bypassed) or ended; every edit in force by default",
    "tab": "denies (edits that deny this code), denied-by (edits in which it denies another) or ended",
    "q": "only edits with codes that begin with this, are named so, or are in a range (00100-01999)",
    "category": "only edits with codes of an RBCS category",
    "sort": "dollars, code or relevance (codes billed together first)",
}
CHANGES: Mapping[str, str] = {
    "source": "pprrvu, ptp_practitioner, ptp_hospital, mue_practitioner, mue_outpatient, mue_dme, add_on, asc, asp, "
    "opps or icd10",
    "since": "the first day of a release; the latest by default",
    "kind": "one kind of change; all by default",
    "code": "only this code",
}
DENIAL: Mapping[str, str] = {
    "reason": "adjustment reason with or without its group code: CO-97, 236",
    "group": "CO, PR, OA or PI, where it isn't given with the reason",
    "remark": "all remark codes of the line, in any order: M76 MA130",
    "code": "code on the line",
    "other": "other code of that day",
    "dx": "the diagnoses of the claim: checked on the date of service",
    "payer": "medicare, advantage, medicaid or commercial; medicare by default",
    "notice": "date of the remittance: reopenings and appeals count from it",
}
MODIFIERS: Mapping[str, str] = {
    "q": "only modifiers that are this, or whose words hold it",
    "kind": "one kind of modifier, as the list spells it; all by default",
}
DRUG_UNITS: Mapping[str, str] = {
    "dose": "the dose given with its measure: 60 mg",
    "vial": "what one vial holds: 60 mg",
    "ndc": "the NDC on the vial, 55513-0710-01 or 11 digits, in place of its size",
}

EXPLAIN: Mapping[str, str] = {
    "code": "the code of the line",
    "amount": "an amount of the line on the remittance, in dollars",
    "kind": "allowed, paid, coinsurance, sequestration, before (sequestration) or limit (limiting charge); "
    "any by default",
    "contract": f"{CONTRACT}; what it allows is looked for too and named as amount_is contract",
}

# What only the lists and the many of /api/v1/ take; a test compares them with their forms.
OF_LISTS: Mapping[str, str] = {
    "codes": "codes parted by commas; each with modifiers, units and charge where it has any: 99213-25x1@150.00",
    "steps": "1 or 0: 1 for the working of each amount",
    "q": "words, or the beginning of a code",
    "limit": "how many of a list, 1 to 1,000; 100 by default",
    "cursor": "where the list goes on: take the whole address of `next`",
    "status": "active or ended; active by default",
    "column": "1 where the code is paid, 2 where it is denied; both by default",
    "indicator": "0 (can't be bypassed) or 1 (can be bypassed); both by default",
}
DESCRIPTIONS: Mapping[str, str] = {
    **CHANGES,
    **EDITS,
    **MODIFIERS,
    **DENIAL,
    **DRUG_UNITS,
    **OF_LISTS,
    **CLAIM,
    **PARAMETERS,
}
