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
from registry.accounts.services.second_factor import (
    complete_sign_in,
    make_recovery_codes,
    reset_second_factor,
    set_up,
    switch_off,
)
from registry.accounts.services.sign_in import is_all, sign_in, sign_out
from registry.accounts.services.tidy import tidy

__all__ = [
    "ask_for_new_email",
    "ask_for_reset",
    "change_name",
    "change_password",
    "complete_sign_in",
    "confirm_email",
    "confirm_new_email",
    "give_role",
    "invite",
    "is_all",
    "make_account",
    "make_recovery_codes",
    "register",
    "reset_password",
    "reset_second_factor",
    "send_link_again",
    "set_up",
    "sign_in",
    "sign_out",
    "switch_off",
    "take_role",
    "tidy",
]
