"""Everything that is kept about denial reports and toolkit sign-ups, field by field, in the words of the privacy page.

A field that is added to a table without a line here fails a test: the page cannot fall behind the tables.
"""

from typing import NamedTuple


class StoredTable(NamedTuple):
    """What one table keeps: the model, a title, a sentence, and each field in words."""

    model: str
    title: str
    sentence: str
    fields: dict[str, str]


GROUPS = (
    StoredTable(
        "Report",
        "Your report",
        "What you chose in the form, and nothing that you did not.",
        {
            "reporter": "a number that stands for your network on this one code in this one year (see below)",
            "code": "the billing code",
            "payer_kind": "the kind of payer, never its name",
            "reason": "the adjustment reason",
            "group_code": "the group code",
            "remarks": "up to two remarks",
            "modifiers": "up to four modifiers",
            "place_of_service": "the place of service, as a kind of place",
            "state_of_practice": "the state, if you chose one",
            "denied_band": "the amount denied, as a range",
            "month": "the month of the denial, never the day, and never a date of service",
            "stage": "whether it was denied at the door, at the first decision, or later",
            "action": "what you did about it",
            "outcome": "how it ended",
            "what_worked": "what helped",
            "note": "the note, if you wrote one: for our staff only, never published, erased when it is dealt with",
            "state": "whether it counts, waits for a person, or was refused",
            "held_because": "which rule made it wait",
            "received_on": "the day on which it came, never the time",
            "in_snapshot": "whether the published summary counts it as it stands here",
        },
    ),
    StoredTable(
        "Receipt",
        "Your receipt",
        "We keep a fingerprint of it, from which the receipt cannot be made again.",
        {"report": "which report it belongs to", "digest": "the fingerprint"},
    ),
    StoredTable(
        "ReporterOrdinal",
        "The number that stands for your network",
        "So that five reports from one network do not count as five people.",
        {
            "code": "the code: on another code you are another number, and nothing joins the two",
            "period": "the year in which you sent it (the month, for reports from before numbers lasted a year)",
            "ordinal": "the number itself: first, second, third",
            "digest": "a fingerprint by which the same network is known again; it is erased with the year's key",
            "kind": "whether reporters were distinguished, or this is one machine on which somebody tries the site",
            "in_snapshot": "whether a published summary counts you",
        },
    ),
    StoredTable(
        "NewcomerMark",
        "What new reporters have in common",
        "So that a person looks first when most new reporters come from one place or all at once. All marks of a code "
        "are erased when its summary takes in new reporters or they are held for our staff, and no later than the "
        "year's key.",
        {
            "reporter": "the number that stands for your network on this code",
            "mark": "a fingerprint, for this one code, of the larger network around yours, or of the two hours in "
            "which the report came",
        },
    ),
    StoredTable(
        "YearKey",
        "The key of the year",
        "The fingerprints of networks are made with it; without it they cannot be made or checked.",
        {"year": "the year", "secret": "the key, destroyed 30 days after the year ends"},
    ),
    StoredTable(
        "DayKey",
        "The key of the day",
        "The fingerprints of hours are made with it; without it nobody can tell which hour was meant.",
        {"day": "the day", "secret": "the key, destroyed the night after"},
    ),
    StoredTable(
        "Snapshot",
        "What is published",
        "Summaries of five people or more. They are all that anybody outside ever sees.",
        {
            "code": "the code",
            "floor": "“at least so many reporters”, rounded down",
            "newcomers": "how many reporters were new when it was made: at least five",
            "tables": "how common each answer is: in words, or rounded to 5 percent from 20 reporters on",
            "kind": "whether it is real, a trial on one machine, or an invented sample",
            "shown": "whether it is shown now",
            "outdated": "whether a report in it was withdrawn or refused: the next night leaves it out",
            "taken_on": "the day up to which it counts reports",
        },
    ),
    StoredTable(
        "Decision",
        "What our staff decided",
        "For every report that a person accepted or refused.",
        {
            "report": "which report",
            "state": "accepted or refused",
            "reason": "why",
            "staff_member": "who of our staff",
            "decided_on": "the day",
        },
    ),
    StoredTable(
        "SpentToken",
        "Forms that were sent",
        "So that one form cannot be sent twice. Kept for two days, and joined to nothing.",
        {"digest": "a fingerprint of the form's random number", "spent_on": "the day"},
    ),
)

SIGNUP = StoredTable(
    "ToolkitSignup",
    "Your sign-up for the toolkit",
    "Nothing joins it to a denial report or to the pages that you read.",
    {
        "address": "the e-mail address, in lower case",
        "state_of_practice": "the state, if you chose one",
        "consent_version": "which wording you agreed to",
        "consent_text": "that wording itself",
        "asked_on": "the day on which you signed up",
        "confirmed_on": "the day on which you followed the link in the mail",
        "left_on": "the day on which you left the list, or a mail came back",
        "mailed_on": "the day of the last mail to you, never whether you opened it",
        "edition": "the edition of the toolkit that you were last mailed about",
        "codes": "your list of codes, if you gave one",
        "codes_asked": "another list that you asked for, until you follow the link in the mail",
    },
)

LEFT = StoredTable(
    "LeftToolkit",
    "That you left the list",
    "So that nothing is sent to you because somebody else types your address. Erased after a year.",
    {
        "digest": "a fingerprint of the address, from which it cannot be read",
        "left_on": "the day on which you left",
    },
)
