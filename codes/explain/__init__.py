"""Why a line was paid what it was paid: the combinations of Medicare's rules that give an amount to the cent.

The payment engine is asked what a line would be allowed if it had been paid in one way or another: in the other
setting, as a second procedure, by another release. What gives the amount is an explanation; the one that assumes least
comes first. No rule of payment stands here.
"""

from codes.explain.answers import either_explains
from codes.explain.basis import Basis
from codes.explain.search import explain
from codes.explain.types import AMOUNT_KINDS, Assumption, Explanation, Explanations, Question

__all__ = [
    "AMOUNT_KINDS",
    "Assumption",
    "Basis",
    "Explanation",
    "Explanations",
    "Question",
    "either_explains",
    "explain",
]
