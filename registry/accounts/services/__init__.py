"""The verbs of accounts. None commits, none reads a request."""

from registry.accounts.services.change_password import (
    ask_for_reset,
    change_password,
    reset_password,
)
from registry.accounts.services.details import (
    ask_for_new_email,
    change_name,
    confirm_new_email,
)
from registry.accounts.services.register import confirm_email, register, send_link_again
from registry.accounts.services.roles import give_role, invite, make_account, take_role
from registry.accounts.services.sign_in import sign_in, sign_out
from registry.accounts.services.tidy import tidy

__all__ = [
    "ask_for_new_email",
    "ask_for_reset",
    "change_name",
    "change_password",
    "confirm_email",
    "confirm_new_email",
    "give_role",
    "invite",
    "make_account",
    "register",
    "reset_password",
    "send_link_again",
    "sign_in",
    "sign_out",
    "take_role",
    "tidy",
]
