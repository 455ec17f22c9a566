#!/usr/bin/env python
"""Django's command line for MedPayIQ: `./manage.py help` lists the commands."""

import sys

from medpayiq.starting import read_settings

if __name__ == "__main__":
    read_settings()
    from django.core.management import execute_from_command_line

    execute_from_command_line(sys.argv)
