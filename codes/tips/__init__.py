"""Billing tips as plain Python: the amounts that their sentences ask for, and where they contradict CMS's data."""
