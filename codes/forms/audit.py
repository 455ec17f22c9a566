"""The form of the audit and of the remittance check."""

from codes.forms.contract import contract_field
from codes.forms.price import CodesForm


class AuditForm(CodesForm):
    """A price query for all charges or lines, and a contract to set beside Medicare."""

    contract = contract_field()
