"""The form of the Claim Desk."""

from codes.forms import fields
from codes.forms.price import PriceForm
from codes.rules import StatedFacts


class ClaimForm(PriceForm):
    """A price query that holds for all lines of a claim, and what only the biller knows of the day."""

    all = fields.Flag("These are all services of that day")
    established = fields.Flag("You or your group saw the patient in the last 3 years")
    same_problem = fields.Flag("The visits of the day treat one problem")

    @property
    def facts(self) -> StatedFacts:
        """What only the biller knows, as stated."""
        said = self.cleaned_data
        return StatedFacts(established=said["established"] or None, same_problem=said["same_problem"] or None)
