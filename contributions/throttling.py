"""Limits on what one network may report, and on what one code may take before a person looks.

codes/throttling.py counts them, by digests that are gone with the hour or the day.
"""

from codes.throttling import admit as _admit
from codes.throttling import forget_everything
from contributions import options
from contributions.sender import Sender

__all__ = ["admit", "admit_mail", "admit_mail_of_all", "admit_signup", "forget_everything", "is_burst"]


def admit(sender: Sender) -> bool:
    """Count one report of this network, if it may send one more now."""
    return _admit(options.report_limits(), "reports-of-network", sender.network)


def is_burst(code: str) -> bool:
    """Count one report on `code`; True if it is one too many for this hour, so that a person should look."""
    return not _admit(options.burst_limit(), "reports-on-code", code)


def admit_signup(sender: Sender) -> bool:
    """Count one sign-up for the toolkit of this network, if it may send one more now."""
    return _admit(options.signup_limits(), "signups-of-network", sender.network)


def admit_mail(address: str) -> bool:
    """Count one mail to an address that asked, if it may get one more now: nobody is to be flooded by others."""
    return _admit(options.mail_limits(), "mails-to-address", address)


def admit_mail_of_all() -> bool:
    """Count one mail that a sign-up causes, if the site may send one more of them today."""
    return _admit(options.mail_total(), "mails-of-signups", "")
