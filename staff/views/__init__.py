"""The pages of staff beside the admin's own."""

from staff.views import for_staff, second_factor

__all__ = ["for_staff", "second_factor"]
