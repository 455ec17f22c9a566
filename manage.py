#!/usr/bin/env python
"""Django's command line for MedPayIQ: `./manage.py help` lists the commands."""

from medpayiq.starting import command_line

if __name__ == "__main__":
    command_line()
