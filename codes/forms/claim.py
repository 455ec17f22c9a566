"""The form of the Claim Desk."""

from codes.forms import fields
from codes.forms.contract import contract_field
from codes.forms.price import CodesForm
from codes.parsing.units import MOST_UNITS
from codes.rules import StatedFacts

DAY = 1440  # minutes


class ClaimForm(CodesForm):
    """A price query that holds for all lines of a claim, and what only the biller knows of the day."""

    dx = fields.diagnoses()
    all = fields.Flag("These are all services of that day")
    established = fields.Flag("You or your group saw the patient in the last 3 years")
    same_problem = fields.Flag("The visits of the day treat one problem")
    surgery = fields.code("Your earlier surgery (code)")
    days_since = fields.whole("Days since that surgery", 999, "Days")
    time = fields.whole("Minutes documented", DAY, "Minutes")
    vial = fields.whole("Units in the opened vials", MOST_UNITS, "Units")
    no_order = fields.Flag("The claim doesn't name who ordered the tests")
    no_clia = fields.Flag("The claim has no CLIA number")

    FACTS = (
        *("established", "same_problem", "surgery", "days_since"),
        *("time", "vial", "no_order", "no_clia"),
    )

    @property
    def facts(self) -> StatedFacts:
        """What only the biller knows, as stated."""
        said = self.cleaned_data
        return StatedFacts(
            established=said["established"] or None,
            same_problem=said["same_problem"] or None,
            global_period_of=said["surgery"],
            days_since=said["days_since"],
            minutes=said["time"],
            vial_units=said["vial"],
            ordering_named=False if said["no_order"] else None,
            clia_number=False if said["no_clia"] else None,
        )

    @property
    def states_facts(self) -> bool:
        """Whether anything was typed of what only the biller knows."""
        return any(self.data.get(name) for name in self.FACTS)


class DeskForm(ClaimForm):
    """The same with a contract to set beside Medicare."""

    contract = contract_field()
