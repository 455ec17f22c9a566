"""How every process begins: manage.py, the server, the scripts of deploy/."""

import os
import sys


def read_settings() -> None:
    """Keep new files to their owner, and read the settings. A wrong one ends the process with its sentence alone."""
    if sys.argv[1:2] != ["collectstatic"]:  # what that writes is public
        os.umask(0o077)
    os.environ.setdefault("DJANGO_SETTINGS_MODULE", "medpayiq.settings")
    from django.conf import settings
    from django.core.exceptions import ImproperlyConfigured
    from environs import EnvError

    try:
        settings.MODE  # noqa: B018  # they are read when one is asked for
    except (ImproperlyConfigured, EnvError, OSError, ValueError) as fault:
        sys.exit(f"The settings are wrong: {fault}")
