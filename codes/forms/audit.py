"""The form of the audit."""

from codes.forms.contract import contract_field
from codes.forms.price import CodesForm


class AuditForm(CodesForm):
    """A price query for all charges, and a contract to set beside Medicare."""

    contract = contract_field()
