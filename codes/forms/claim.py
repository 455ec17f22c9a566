"""The form of the Claim Desk."""

from codes.forms import fields
from codes.forms.lookup import LookupForm


class ClaimForm(LookupForm):
    """A look-up that holds for all lines of a claim, and whether they are all of the day."""

    all = fields.Flag("These are all services of that day")
