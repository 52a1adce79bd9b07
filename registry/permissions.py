"""Who may do what: one enum, one map, one page (domain B.8).

A predicate reads plain attributes of the actor and the record and imports nothing.
Actors have `id`, `email`, `roles`. Records have `owner_ids`, `member_ids`, `assisting_ids`,
`linked_people`, `linked_domains` and, where they are cases, `holder_id`, `recommended_by_id`,
`took_part_ids`.
A permission is asked twice: at the page, and again where the act is done.
"""

from collections.abc import Callable
from enum import Enum
from typing import Any

Predicate = Callable[[Any, Any], bool]


class P(Enum):
    """Everything that somebody may or may not do."""

    USE_ACCOUNT = "use your own account"
    REGISTER_ORGANISATION = "put an organisation on the register"
    SEE_ORGANISATION = "see the working records of your organisation"
    EDIT_ORGANISATION = "change your organisation's details, venues and activities"
    BEGIN = "begin a self-check"
    ANSWER = "answer questions and add papers"
    SUBMIT = "send the self-check to the council, and declare that it is true"
    TAKE_BACK = "take a sent self-check back before anybody reads it"
    REOPEN = "open a self-check again that was left too long"
    CLOSE = "close the self-check and leave the register"
    MANAGE_PEOPLE = "invite the people of your organisation, change what they may do, remove them"
    LEAVE_ORGANISATION = "leave your organisation"
    ANSWER_HAND_OVER = "say yes or no when the owner offers you their place"
    ASK_FOR_HAND_OVER = "ask the council for the place of an owner who has gone"
    OBJECT_TO_HAND_OVER = "say that you have not gone, when somebody asks for your place as owner"
    CLOSE_ORGANISATION = "close your organisation here for good"
    TAKE_A_COPY = "take a copy of everything that is held about your organisation"
    SEND_CHANGE = "send the council a change that answers a question"
    READ_CHANGE = "read a change that an organisation on the list sent"
    DECIDE_CHANGE = "accept a change, send it back, or look one over that went live by itself"
    SIGN_CHANGE = "sign a change that adds a risk for which two people are needed"
    READ_PRIVATE_CONTACT = "see the safeguarding lead's private contact"
    READ_EVIDENCE = "read a paper that an organisation sent"
    READ_HAND_OVER = "read what a helper wrote about an owner who has gone"
    DECIDE_HAND_OVER = "say who owns an organisation whose owner has gone"
    OPEN_COUNCIL_DESK = "use the council's desk"
    READ_BOUNCED = "see which emails never arrived"
    SETTLE_BOUNCED = "send an email again that never arrived, or put it aside"
    READ_REPORTS = "read the reports, and take their numbers away"
    READ_CASE = "read a case"
    START_REVIEW = "take a case"
    RELEASE = "put a case back in the queue"
    REASSIGN = "give a case that somebody holds to another reviewer"
    WRITE_NOTE = "write a note on a case for the council alone"
    RECORD_FINDING = "write a finding on a question"
    RETURN_FOR_CHANGES = "send chosen questions back to the club"
    RECOMMEND = "recommend a decision to a senior"
    SEND_BACK = "send a recommendation back to the reviewer"
    APPROVE = "approve"
    REFUSE = "refuse"
    EXTEND = "extend a listing on one question that was read again"
    CLEAR_FLAG = "clear a flag that stops an approval"
    SUSPEND = "suspend an organisation"
    COUNTERSIGN = "sign what another senior did or proposed"
    LIFT = "lift a suspension"
    REVOKE = "revoke"
    UPHOLD = "uphold an appeal"
    ASK_FOR_APPEAL = "appeal against a decision about your organisation, and take that back"
    OPEN_APPEALS = "see which appeals wait and how others ended"
    READ_APPEAL = "read an appeal"
    EXCUSE_LATE_APPEAL = "say whether an appeal that came too late has a good reason"
    TAKE_APPEAL = "take an appeal, and with it the whole file to read"
    DECIDE_APPEAL = "answer an appeal"
    CORRECT_LETTER = "put a plain error in a letter right"
    SEE_MATCHES = "see which records may be the same club"
    SETTLE_MATCH = "say that two records are not the same club"
    READ_MERGE = "see which records are to be put together"
    PROPOSE_MERGE = "propose to put two records of one club together"
    SIGN_MERGE = "sign or decline what somebody else proposed to put together"
    WITHDRAW_MERGE = "take back what you proposed to put together"
    ASSIST = "enter for a club what it says on paper or by telephone"
    CONFIRM_ENTRY = "confirm that what a colleague entered says what the paper says"
    READ_ENTRY = "read the declaration that a club signed on paper"
    SEND_LETTERS = "print and post the letters to clubs without email"
    ERASE_WRONG_FILE = "erase a paper that should never have been sent"
    READ_DATA_PROTECTION = "read what is kept for how long, breaches, and what people asked for"
    ANSWER_DATA_REQUEST = "answer what people ask about themselves, and settle a breach"
    SEE_WHO_READ = "see who read the papers and contacts of a club"
    REVIEW_SUSPENSION = "look at a suspension again, as is due every 28 days"
    REPLY = "reply to the suspension of your organisation"
    OPEN_SECOND_READINGS = "see which approvals wait to be read again"
    READ_SECOND_READING = "see what a second reading found, and what was done about it"
    READ_AGAIN = "read again what somebody else approved"
    SETTLE_DOUBT = "say what was done about a doubt"
    STATE_CONFLICTS = "say which organisations you have a link to"
    COUNT_CONFLICTS = "see how many links to organisations are known"
    SEE_WHO_CAN_SIGN = "see whether enough people work here to sign every decision"
    MANAGE_WORDS = "write the ready-made words"
    READ_CONCERN = "read what somebody told the council about a club"
    WORK_CONCERN = "say how pressing a concern is, hand it over, or close it"
    READ_TELLER = "see who told the council, where they said so"
    SEE_QUIET_HOLD = "know of a quiet hold"
    SET_QUIET_HOLD = "propose a quiet hold, or its end"
    SIGN_QUIET_HOLD = "sign a quiet hold, or its end, that another senior proposed"
    READ_ADMINISTRATION = "see the numbers, lists, editions and notices that administrators keep"
    MANAGE_CONTACTS = "change and confirm the numbers that people may need in a hurry"
    MANAGE_LISTS = "change the kinds, support, languages, places, terms and closure days"
    MANAGE_EDITIONS = "write an edition of the criteria, and say from which day it counts"
    MANAGE_NOTICES = "put a notice on every page, and take it off"
    IMPORT = "take in clubs and activities from a file or a feed, as drafts"
    READ_IMPORTS = "see what was taken in from files and feeds"
    READ_STAFF = "see who works for the council here, and as what"
    MANAGE_STAFF = "invite the council's people, and say what they may do"
    READ_HISTORY = "read the history, and check that nobody changed it"
    EXPORT_HISTORY = "take the history or a sample of it away as a file"
    EXPORT_REGISTER = "take the whole register away as files"
    EXPORT_CONTACTS = "take personal contacts and private addresses away with it"
    TAKE_EXPORT = "take away the copy of the register that they asked for"
    READ_RECORD_HISTORY = "read what was done to one organisation"
    SWITCH_READ_ONLY = "stop everybody from saving anything for a while, and let them again"


def signed_in(actor: Any, record: Any) -> bool:
    """Anybody with an account of their own."""
    return bool(getattr(actor, "is_authenticated", True)) and actor.id is not None


def owner(actor: Any, record: Any) -> bool:
    """An owner of the record's organisation."""
    return actor.id in record.owner_ids


def member(actor: Any, record: Any) -> bool:
    """Anybody of the record's organisation, owners included."""
    return actor.id in record.member_ids


def helper(actor: Any, record: Any) -> bool:
    """Somebody of the record's organisation who does not own it."""
    return member(actor, record) and not owner(actor, record)


def linked(actor: Any, record: Any) -> bool:
    """Whether this person has a link to the record's organisation, told or derived."""
    domain = actor.email.rpartition("@")[2].lower()
    return actor.id in record.linked_people or domain in record.linked_domains


def works_as(*roles: str) -> Predicate:
    """Holds one of these council roles; where there is a record, has no link to its club."""

    def predicate(actor: Any, record: Any) -> bool:
        return not actor.roles.isdisjoint(roles) and (record is None or not linked(actor, record))

    return predicate


def assisting(actor: Any, record: Any) -> bool:
    """A reviewer who is just entering for this club what it cannot enter itself."""
    works_here = not actor.roles.isdisjoint({"reviewer", "senior"})
    return works_here and record is not None and actor.id in record.assisting_ids


reviewer = works_as("reviewer", "senior")
senior = works_as("senior")
reader = works_as("reviewer", "senior", "auditor")
administrator = works_as("administrator")
anybody_at_the_council = works_as(
    "reviewer", "senior", "appeal_officer", "administrator", "auditor"
)


def bounce_reader(actor: Any, record: Any) -> bool:
    """A reader or administrator. What was written to people of the council, or to nobody's club,
    is not for reviewers: they do not read one another's post, and some of it is for seniors."""
    if record is None or record.is_for_a_club:
        return works_as("reviewer", "senior", "administrator", "auditor")(actor, record)
    return works_as("senior", "administrator", "auditor")(actor, record)


def bounce_settler(actor: Any, record: Any) -> bool:
    """Whoever reads it and may change something."""
    works_on_it = not actor.roles.isdisjoint({"reviewer", "senior", "administrator"})
    return works_on_it and bounce_reader(actor, record)


def change_reader(actor: Any, record: Any) -> bool:
    """A reader; what a club told of a regulator or an accident is for seniors and auditors."""
    return reader(actor, record) and (not record.for_a_senior or _is_senior_or_auditor(actor))


def change_decider(actor: Any, record: Any) -> bool:
    """A reviewer; a senior where it is for one."""
    return reviewer(actor, record) and (not record.for_a_senior or "senior" in actor.roles)


def _is_senior_or_auditor(actor: Any) -> bool:
    return not actor.roles.isdisjoint({"senior", "auditor"})


def holder(actor: Any, record: Any) -> bool:
    """The reviewer who holds the case."""
    return reviewer(actor, record) and record.holder_id == actor.id


def uninvolved_reviewer(actor: Any, record: Any) -> bool:
    """A reviewer who had no part in what was decided."""
    return reviewer(actor, record) and (record is None or actor.id not in record.took_part_ids)


def second_senior(actor: Any, record: Any) -> bool:
    """A senior who did not recommend what is decided."""
    return senior(actor, record) and record.recommended_by_id != actor.id


def without_part(predicate: Predicate) -> Predicate:
    """The same people, but for those who had a part in the case."""

    def narrowed(actor: Any, record: Any) -> bool:
        return predicate(actor, record) and (record is None or actor.id not in record.took_part_ids)

    return narrowed


def unless_kept_out(predicate: Predicate) -> Predicate:
    """The same people, but for those who had a part before an appeal sent the case back."""

    def narrowed(actor: Any, record: Any) -> bool:
        return predicate(actor, record) and (record is None or actor.id not in record.kept_out_ids)

    return narrowed


appeal_officer_without_part = without_part(works_as("appeal_officer"))


def appeal_holder(actor: Any, record: Any) -> bool:
    """The appeal officer, with no part in the case, whose appeal it is now.

    Asked of every record that may have to be hidden; what is no case is nobody's appeal.
    """
    holds_it = getattr(record, "appeal_officer_id", None) == actor.id
    return holds_it and appeal_officer_without_part(actor, record)


def answered_it(actor: Any, record: Any) -> bool:
    """The appeal officer who answered the appeal."""
    return works_as("appeal_officer")(actor, record) and record.settled_by_id == actor.id


def proposer(actor: Any, record: Any) -> bool:
    """Whoever proposed it."""
    return record.proposed_by_id == actor.id


def senior_who_did_not_propose(actor: Any, record: Any) -> bool:
    """A senior other than the one who proposed what is to be signed."""
    return senior(actor, record) and record.proposed_by_id != actor.id


takes_copies = works_as("administrator", "senior", "auditor")


def asked_for_it(actor: Any, record: Any) -> bool:
    """Whoever asked for it, for as long as they may have what is in it."""
    may_still = takes_copies(actor, None) and record.asked_by_id == actor.id
    return may_still and (not record.with_contacts or _is_senior_or_auditor(actor))


PERMISSIONS: dict[P, tuple[Predicate, ...]] = {
    P.USE_ACCOUNT: (signed_in,),
    P.REGISTER_ORGANISATION: (signed_in,),
    P.SEE_ORGANISATION: (member, assisting),
    P.EDIT_ORGANISATION: (member, assisting),
    P.BEGIN: (member, assisting),
    P.ANSWER: (member, assisting),
    P.SUBMIT: (owner,),
    P.TAKE_BACK: (owner,),
    P.REOPEN: (owner,),
    P.CLOSE: (owner,),
    P.MANAGE_PEOPLE: (owner,),
    P.LEAVE_ORGANISATION: (member,),
    P.ANSWER_HAND_OVER: (helper,),
    P.ASK_FOR_HAND_OVER: (helper,),
    P.OBJECT_TO_HAND_OVER: (owner,),
    P.CLOSE_ORGANISATION: (owner,),
    P.TAKE_A_COPY: (owner,),
    P.SEND_CHANGE: (owner,),
    P.READ_CHANGE: (change_reader,),
    P.DECIDE_CHANGE: (change_decider,),
    P.SIGN_CHANGE: (second_senior,),
    P.READ_PRIVATE_CONTACT: (owner, reader, assisting),
    P.READ_EVIDENCE: (member, reader, assisting),
    P.READ_HAND_OVER: (reader,),
    P.DECIDE_HAND_OVER: (reviewer,),
    P.OPEN_COUNCIL_DESK: (anybody_at_the_council,),
    P.READ_BOUNCED: (bounce_reader,),
    P.SETTLE_BOUNCED: (bounce_settler,),
    P.READ_REPORTS: (works_as("reviewer", "senior", "administrator", "auditor"),),
    P.READ_CASE: (reader, appeal_holder),
    P.START_REVIEW: (unless_kept_out(reviewer),),
    P.RELEASE: (holder, unless_kept_out(senior)),
    P.REASSIGN: (unless_kept_out(senior),),
    P.WRITE_NOTE: (reviewer,),
    P.RECORD_FINDING: (unless_kept_out(holder),),
    P.RETURN_FOR_CHANGES: (unless_kept_out(holder), unless_kept_out(senior)),
    P.RECOMMEND: (unless_kept_out(holder),),
    P.SEND_BACK: (unless_kept_out(senior),),
    P.APPROVE: (unless_kept_out(holder), unless_kept_out(second_senior)),
    P.REFUSE: (unless_kept_out(second_senior),),
    P.EXTEND: (reviewer,),
    P.CLEAR_FLAG: (unless_kept_out(senior),),
    P.SUSPEND: (senior,),
    P.COUNTERSIGN: (senior,),
    P.LIFT: (senior,),
    P.REVOKE: (senior,),
    P.UPHOLD: (appeal_officer_without_part,),
    P.ASK_FOR_APPEAL: (owner,),
    P.OPEN_APPEALS: (works_as("appeal_officer", "senior", "auditor"),),
    P.READ_APPEAL: (appeal_officer_without_part, answered_it, works_as("senior", "auditor")),
    P.EXCUSE_LATE_APPEAL: (without_part(works_as("appeal_officer", "senior")),),
    P.TAKE_APPEAL: (appeal_officer_without_part,),
    P.DECIDE_APPEAL: (appeal_holder,),
    P.CORRECT_LETTER: (senior,),
    P.SEE_MATCHES: (works_as("senior", "auditor"),),
    P.SETTLE_MATCH: (senior,),
    P.READ_MERGE: (works_as("administrator", "senior", "auditor"),),
    P.PROPOSE_MERGE: (works_as("administrator", "senior"),),
    P.SIGN_MERGE: (senior_who_did_not_propose,),
    P.WITHDRAW_MERGE: (proposer,),
    P.ASSIST: (reviewer, assisting),
    P.CONFIRM_ENTRY: (reviewer,),
    P.READ_ENTRY: (reader, assisting),
    P.SEND_LETTERS: (reviewer,),
    P.ERASE_WRONG_FILE: (reviewer,),
    P.READ_DATA_PROTECTION: (works_as("administrator", "auditor"),),
    P.ANSWER_DATA_REQUEST: (works_as("administrator"),),
    P.SEE_WHO_READ: (works_as("senior", "auditor"),),
    P.REVIEW_SUSPENSION: (senior,),
    P.REPLY: (owner,),
    P.OPEN_SECOND_READINGS: (reader,),
    P.READ_SECOND_READING: (works_as("senior", "auditor"),),
    P.READ_AGAIN: (uninvolved_reviewer,),
    P.SETTLE_DOUBT: (senior,),
    P.STATE_CONFLICTS: (works_as("reviewer", "senior", "appeal_officer"),),
    P.COUNT_CONFLICTS: (senior,),
    P.SEE_WHO_CAN_SIGN: (works_as("senior", "administrator"),),
    P.MANAGE_WORDS: (administrator,),
    P.READ_CONCERN: (reader,),
    P.WORK_CONCERN: (reviewer,),
    P.READ_TELLER: (reader,),
    P.SEE_QUIET_HOLD: (works_as("senior", "auditor"),),
    P.SET_QUIET_HOLD: (senior,),
    P.SIGN_QUIET_HOLD: (senior_who_did_not_propose,),
    P.READ_ADMINISTRATION: (works_as("administrator", "auditor"),),
    P.MANAGE_CONTACTS: (administrator,),
    P.MANAGE_LISTS: (administrator,),
    P.MANAGE_EDITIONS: (administrator,),
    P.MANAGE_NOTICES: (administrator,),
    P.IMPORT: (works_as("administrator", "senior"),),
    P.READ_IMPORTS: (works_as("administrator", "senior", "auditor"),),
    P.READ_STAFF: (works_as("administrator", "auditor"),),
    P.MANAGE_STAFF: (administrator,),
    P.READ_HISTORY: (works_as("administrator", "auditor"),),
    P.EXPORT_HISTORY: (works_as("auditor"),),
    P.EXPORT_REGISTER: (takes_copies,),
    P.EXPORT_CONTACTS: (works_as("senior", "auditor"),),
    P.TAKE_EXPORT: (asked_for_it,),
    P.READ_RECORD_HISTORY: (reader,),
    P.SWITCH_READ_ONLY: (administrator,),
}


def can(actor: Any, permission: P, record: Any = None) -> bool:
    """Whether this person may do this, to this record. Nobody signed in may do nothing."""
    if actor is None or getattr(actor, "id", None) is None:
        return False
    return any(predicate(actor, record) for predicate in PERMISSIONS[permission])
