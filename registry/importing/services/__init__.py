"""The verbs of an import. None of these commits."""

from registry.importing.services.beginning import (
    begin_with_address,
    begin_with_file,
    choose_columns,
    go_on,
    put_aside,
)
from registry.importing.services.carrying_out import ask_to_carry_out, carry_out
from registry.importing.services.choosing import choose
from registry.importing.services.comparing import compare
from registry.importing.services.forgetting import forget_old_imports
from registry.importing.services.inviting import invite_club
from registry.importing.services.undoing import undo

__all__ = [
    "ask_to_carry_out",
    "begin_with_address",
    "begin_with_file",
    "carry_out",
    "choose",
    "choose_columns",
    "compare",
    "forget_old_imports",
    "go_on",
    "invite_club",
    "put_aside",
    "undo",
]
