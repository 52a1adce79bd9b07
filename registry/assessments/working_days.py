"""Working days, under the name by which this room asks for them."""

from registry.working_days import add_working_days, is_working_day, working_days_between

__all__ = ["add_working_days", "is_working_day", "working_days_between"]
