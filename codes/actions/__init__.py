"""Every write that staff and visitors make to the reference side."""
