"""The closed answers of a denial report. Values are short and stay; labels are our words."""

from django.db.models import TextChoices


class Payer(TextChoices):
    MEDICARE = "medicare", "Original Medicare"
    ADVANTAGE = "advantage", "Medicare Advantage"
    MEDICAID = "medicaid", "Medicaid"
    MEDICAID_PLAN = "medicaid_plan", "Medicaid managed care"
    COMMERCIAL = "commercial", "Commercial"
    MARKETPLACE = "marketplace", "Marketplace"
    MILITARY = "military", "TRICARE or VA"
    INJURY = "injury", "Workers' compensation or auto"
    OTHER = "other", "Other"


class Band(TextChoices):
    UNDER_50 = "0", "Under $50"
    FROM_50 = "50", "$50 to $99"
    FROM_100 = "100", "$100 to $249"
    FROM_250 = "250", "$250 to $499"
    FROM_500 = "500", "$500 to $999"
    FROM_1000 = "1000", "$1,000 to $2,499"
    FROM_2500 = "2500", "$2,500 and over"


class Stage(TextChoices):
    FRONT_END = "front", "Rejected before it was taken in"
    FIRST = "first", "At the first decision"
    AFTER = "after", "After it had been paid"


class Action(TextChoices):
    NOTHING = "nothing", "Nothing"
    CORRECTED = "corrected", "Corrected claim"
    REOPENING = "reopening", "Reopening"
    APPEAL_1 = "appeal_1", "Appeal, first level"
    APPEAL_2 = "appeal_2", "Appeal, second level"
    APPEAL_3 = "appeal_3", "Appeal, third level or higher"


class ReportOutcome(TextChoices):
    PENDING = "pending", "Still open"
    PAID = "paid", "Paid in full"
    PARTLY_PAID = "partly", "Paid in part"
    UPHELD = "upheld", "Denial upheld"
    WRITTEN_OFF = "written_off", "Written off"


class WhatWorked(TextChoices):
    MODIFIER = "modifier", "Added a modifier"
    DIAGNOSIS = "diagnosis", "Corrected the diagnosis"
    DOCUMENTS = "documents", "Sent documentation"
    AUTHORIZATION = "authorization", "Got an authorization"
    PLACE = "place", "Corrected the place of service"
    UNITS = "units", "Corrected the units"
    UNCHANGED = "unchanged", "Sent again unchanged"
    OTHER = "other", "Something else"


class ReportState(TextChoices):
    RECEIVED = "received", "Received"
    HELD = "held", "Held for review"
    ACCEPTED = "accepted", "Accepted"
    REJECTED = "rejected", "Rejected"


class ReporterKind(TextChoices):
    """How real a reporter is: distinguished by network, counted one a report on one machine, or invented."""

    COUNTED = "counted", "Told apart"
    LOCAL = "local", "Local mode"
    SAMPLE = "sample", "Sample"


APPEALS = frozenset({Action.APPEAL_1, Action.APPEAL_2, Action.APPEAL_3})
WON = frozenset({ReportOutcome.PAID, ReportOutcome.PARTLY_PAID})
LOST = frozenset({ReportOutcome.UPHELD, ReportOutcome.WRITTEN_OFF})
