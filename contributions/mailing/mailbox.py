"""Whose mailbox an address is: what is written in several ways and delivered to one."""

from django.utils.crypto import salted_hmac


def mailbox_of(address: str) -> str:
    """The address in lower case, without dots and without what follows a plus in its name.

    Some servers tell these apart. For a limit it is right to take them for one.

    >>> mailbox_of("V.Ictim+7@Example.com")
    'victim@example.com'
    """
    name, _, host = address.strip().lower().rpartition("@")
    return f"{name.partition('+')[0].replace('.', '')}@{host}"


def digest_of(address: str) -> str:
    """A digest of the mailbox under the site's secret key."""
    return salted_hmac("contributions.mailbox", mailbox_of(address), algorithm="sha256").hexdigest()
