"""The verbs about people and organisations. None commits, none reads a request."""

from registry.people.services.hand_overs import (
    accept_place,
    ask_for_place,
    confirm_hand_over,
    decline_hand_over,
    decline_place,
    object_to_hand_over,
    offer_place,
    stands_in_the_way,
    take_back_offer,
)
from registry.people.services.invitations import (
    accept_invitation,
    accept_with_new_account,
    forget_old_invitations,
    invite_person,
    needs_account,
    send_invitation_again,
    withdraw_invitation,
)
from registry.people.services.leads import (
    answer_as_lead,
    ask_lead_again,
    lead_confirmed,
    name_lead,
)
from registry.people.services.members import (
    change_role,
    is_last_owner,
    leave,
    remove_member,
)

__all__ = [
    "accept_invitation",
    "accept_place",
    "accept_with_new_account",
    "answer_as_lead",
    "ask_for_place",
    "ask_lead_again",
    "change_role",
    "confirm_hand_over",
    "decline_hand_over",
    "decline_place",
    "forget_old_invitations",
    "invite_person",
    "is_last_owner",
    "lead_confirmed",
    "leave",
    "name_lead",
    "needs_account",
    "object_to_hand_over",
    "offer_place",
    "remove_member",
    "send_invitation_again",
    "stands_in_the_way",
    "take_back_offer",
    "withdraw_invitation",
]
