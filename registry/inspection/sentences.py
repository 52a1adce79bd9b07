"""What an entry of the history says, as a plain sentence that begins with whoever did it."""

from collections.abc import Mapping
from typing import Any

from registry.reviews.timeline import OF_CHANGES, OF_HOLDS, STEPS

# What is done, in the words that come after somebody's name. `{x}` is one of the entry's details.
OTHERS = {
    "read": "read {subject}",
    "refused": "was refused: {permission}",
    "taken_copy": "took a copy of everything about {subject}",
    "exported": "took entries of the history away as a file",
    "sampled": "drew a sample of the history",
    "check_history": "checked the chain of the history",
    "history_sealed": "sealed the history up to entry {number}",
    "role_given": "gave a role to {subject}: {role}",
    "role_taken": "took a role from {subject}: {role}",
    "staff_invited": "invited {subject} to work here",
    "account_disabled": "disabled {subject}",
    "account_enabled": "enabled {subject} again",
    "second_factor_reset": "took the authenticator app away from {subject}",
    "web_sessions_ended": "signed {subject} out everywhere",
    "answer": "answered a question",
    "finding": "made a finding on {question}: {result}",
    "add_evidence": "added {subject}",
    "remove_evidence": "removed {subject}",
    "register_organisation": "put {subject} on the register",
    "change_details": "changed the details of {subject}",
    "change_activity": "changed {subject}",
    "add_activity": "added {subject}",
    "copy_activity": "copied an activity to {subject}",
    "end_activity": "ended {subject}",
    "add_venue": "added {subject}",
    "change_venue": "changed {subject}",
    "remove_venue": "removed {subject}",
    "change_picture": "changed the picture of {subject}",
    "remove_picture": "removed the picture of {subject}",
    "close_organisation": "closed {subject} for good",
    "join": "joined {subject}",
    "invite": "invited somebody to {subject}",
    "invite_again": "sent an invitation to {subject} again",
    "move_on": "moved a self-check on to another edition",
    "write_note": "wrote a note on {subject}",
    "amend_note": "amended a note on {subject}",
    "review_suspension": "looked at the suspension again",
    "read_again": "read again what somebody else approved",
    "settle_doubt": "settled a doubt about an approval",
    "read_over_change": "looked over a change",
    "begin": "began a self-check",
}
_STEPS: dict[str, str] = {**STEPS, **OF_CHANGES, **OF_HOLDS}
# What a record is called when it is named in a sentence.
THINGS = {
    "account": "the account of {name}",
    "assessment": "the case",
    "organisation": "the organisation",
    "evidence": "a paper",
    "stored_file": "a paper",
    "activity": "an activity",
    "venue": "a place",
    "hand_over": "a hand-over",
    "page": "a page",
    "history": "the history",
    "named_lead": "the safeguarding lead’s contact",
    "change": "a change",
    "concern": "a concern",
    "hold": "a hold",
    "contact": "one of the numbers",
    "edition": "an edition of the criteria",
    "ready_words": "ready-made words",
    "message": "an email",
}

KINDS: dict[str, tuple[str, tuple[str, ...]]] = {
    "decisions": (
        "Decisions on cases",
        (
            "approve", "refuse", "suspend", "lift", "revoke", "uphold", "extend", "recommend",
            "send_back", "return_for_changes", "clear_flag", "reassign", "release", "start_review",
        ),
    ),
    "reads": ("What was read", ("read", "taken_copy")),
    "exports": ("What was taken away", ("exported", "sampled", "taken_copy")),
    "refusals": ("Refused access", ("refused",)),
    "people": (
        "The council’s people",
        (
            "role_given", "role_taken", "staff_invited", "account_disabled", "account_enabled",
            "second_factor_reset", "web_sessions_ended",
        ),
    ),
    "holds": ("Quiet holds", tuple(OF_HOLDS)),
    "changes": ("Changes of listed clubs", tuple(OF_CHANGES)),
    "history": ("The history itself", ("check_history", "history_sealed", "exported", "sampled")),
}  # fmt: skip


def sentence_of(
    action: str, details: Mapping[str, Any], subject: str, sentences: Mapping[str, str]
) -> str:
    """What was done, in the words that come after somebody's name.

    `subject` is what the record is called; `sentences` are those of permissions, by their name.
    """
    words = OTHERS.get(action)
    if words is None:
        said = _STEPS.get(action, "")
        words = said[:1].lower() + said[1:] or action.replace("_", " ") + " {subject}"
    known = _Known({**details, "subject": subject})
    if action == "refused":
        known["permission"] = sentences.get(str(details.get("permission")), "a page")
    return words.format_map(known)


def thing(subject_type: str, subject_id: str, name: str = "") -> str:
    """What a record is called: its kind, its name where it has one, and its number."""
    words = THINGS.get(subject_type, f"{subject_type.replace('_', ' ')} {subject_id}")
    if "{name}" in words:
        return words.format(name=name or f"number {subject_id}")
    return words


class _Known(dict[str, Any]):
    """Details by name; one that an older entry lacks is left out."""

    def __missing__(self, key: str) -> str:
        return "…"
