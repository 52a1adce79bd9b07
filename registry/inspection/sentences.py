"""What an entry of the history says, as a plain sentence that begins with whoever did it."""

from collections.abc import Mapping
from typing import Any

from registry.reviews.timeline import OF_CHANGES, OF_HOLDS, STEPS

# What is done, in the words that come after somebody's name. `{x}` is one of the entry's details.
OTHERS = {
    "read": "read {subject}",
    "refused": "was refused: {permission}",
    "taken_copy": "took a copy of everything about {subject}",
    "exported_report": "took the numbers of a report away as a file",
    "exported": "took entries of the history away as a file",
    "sampled": "drew a sample of the history",
    "export_register": "asked for a copy of the whole register",
    "took_register": "took a copy of the whole register away",
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
    "begin_import": "began an import",
    "choose_in_import": "chose what becomes of a club in an import",
    "carry_out_import": "took in {activities} activities of {clubs} clubs as drafts",
    "put_aside_import": "put an import aside",
    "undo_import": "undid an import",
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
    # what administrators keep
    "change_contact": "changed one of the numbers",
    "confirm_contact": "confirmed that a number or a name is still right",
    "begin_edition": "began a draft of the criteria",
    "change_edition": "changed a draft of the criteria",
    "adopt_edition": "adopted an edition of the criteria",
    "take_back_edition": "took an edition of the criteria back before its day",
    "throw_away_edition": "threw a draft of the criteria away",
    "put_up_notice": "put a notice on every page",
    "take_off_notice": "took a notice off",
    "stop_saving": "stopped everybody from saving",
    "allow_saving": "let everybody save again",
    "add_to_list": "added to a list",
    "change_in_list": "changed words in a list",
    "retire_in_list": "retired something in a list",
    "bring_back_in_list": "brought something in a list back",
    "load_taxonomy": "loaded a taxonomy",
    "remove_taxonomy": "removed a taxonomy",
    "add_words": "added ready-made words",
    "change_words": "changed ready-made words",
    "message_sent_again": "sent an email again",
    "message_put_aside": "put an email aside that never arrived",
    "post_letter": "posted a letter",
    "state_conflicts": "made the yearly statement of links",
    "tell_link": "told of a link to {subject}",
    # concerns, appeals, the same club again
    "tell": "told the council something about a club",
    "hand_over_concern": "handed a concern over",
    "close_concern": "closed a concern",
    "forget_concern": "forgot the text of a concern, as retention asks",
    "correct_letter": "corrected a letter",
    "settle_match": "said whether two records are the same club",
    "propose_merge": "proposed to merge two records",
    "merge": "signed that two records are one",
    "decline_merge": "declined to merge two records",
    "withdraw_merge": "withdrew the proposal of a merge",
    # paper and telephone, and people's questions about their data
    "prepare_entry": "prepared for {subject} what it said on paper",
    "confirm_entry": "confirmed what was entered for a club",
    "decline_entry": "declined what was entered for a club",
    "begin_assisting": "began to enter for {subject}",
    "stop_assisting": "stopped entering for {subject}",
    "ask_again": "asked for a paper again in place of a wrong one",
    "settle_breach": "settled a breach",
    "data_request": "wrote down what somebody asked about their data",
    "data_request_answered": "answered what somebody asked about their data",
    "retention_reviewed": "looked again at what is kept past its time",
    "retention": "let go of what is past its time",
    # the people of a club
    "change_member": "changed what somebody may do at {subject}",
    "remove_member": "removed somebody from {subject}",
    "leave": "left {subject}",
    "withdraw_invitation": "withdrew an invitation to {subject}",
    "ask_lead": "asked somebody whether they are the safeguarding lead",
    "lead_said_yes": "said yes to being the safeguarding lead",
    "lead_said_no": "said no to being the safeguarding lead",
    "lead_leaves": "told that the safeguarding lead leaves",
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
    "register_export": "a copy of the register",
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
    "exports": (
        "What was taken away",
        (
            "exported", "exported_report", "sampled", "taken_copy", "export_register",
            "took_register",
        ),
    ),
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
