"""Who may do what, held against the table of domain B.8 written here by hand."""

from dataclasses import dataclass, field

import pytest

from registry.permissions import PERMISSIONS, P, can


@dataclass(frozen=True)
class Person:
    """An actor with the attributes that predicates read."""

    id: int | None
    roles: frozenset[str] = frozenset()
    email: str = "somebody@example.org"
    is_authenticated: bool = True


@dataclass(frozen=True)
class Case:
    """A record with the attributes that predicates read: a case of a club of 1 and 2."""

    owner_ids: frozenset[int] = frozenset({1})
    member_ids: frozenset[int] = frozenset({1, 2})
    assisting_ids: frozenset[int] = frozenset({33})
    linked_people: frozenset[int] = frozenset({1, 2, 31, 33})
    linked_domains: frozenset[str] = frozenset({"kingfisher.example"})
    holder_id: int | None = 10
    recommended_by_id: int | None = None
    for_a_senior: bool = False
    is_for_a_club: bool = True
    kept_out_ids: frozenset[int] = frozenset()
    appeal_officer_id: int | None = None
    settled_by_id: int | None = None
    proposed_by_id: int | None = None
    asked_by_id: int | None = None
    with_contacts: bool = False
    took_part_ids: frozenset[int] = field(default=frozenset({10, 41}))


PEOPLE = {
    "nobody": Person(None),
    "stranger": Person(9),
    "owner": Person(1),
    "member": Person(2),
    "holder": Person(10, frozenset({"reviewer"})),
    "reviewer": Person(11, frozenset({"reviewer"})),
    "senior": Person(20, frozenset({"senior"})),
    "linked reviewer": Person(31, frozenset({"reviewer"})),
    "assisting reviewer": Person(33, frozenset({"reviewer"})),
    "reviewer of the same domain": Person(32, frozenset({"reviewer"}), "a@Kingfisher.example"),
    "appeal officer": Person(40, frozenset({"appeal_officer"})),
    "appeal officer who took part": Person(41, frozenset({"appeal_officer"})),
    "administrator": Person(50, frozenset({"administrator"})),
    "auditor": Person(60, frozenset({"auditor"})),
}
CLUB = {"owner", "member"}
ASSISTING = {"assisting reviewer"}
REVIEWERS = {"holder", "reviewer", "senior"}
APPEAL_OFFICERS = {"appeal officer", "appeal officer who took part"}
MAY = {
    P.USE_ACCOUNT: set(PEOPLE) - {"nobody"},
    P.REGISTER_ORGANISATION: set(PEOPLE) - {"nobody"},
    P.SEE_ORGANISATION: CLUB | ASSISTING,
    P.EDIT_ORGANISATION: CLUB | ASSISTING,
    P.BEGIN: CLUB | ASSISTING,
    P.ANSWER: CLUB | ASSISTING,
    P.SUBMIT: {"owner"},
    P.TAKE_BACK: {"owner"},
    P.REOPEN: {"owner"},
    P.CLOSE: {"owner"},
    P.MANAGE_PEOPLE: {"owner"},
    P.LEAVE_ORGANISATION: CLUB,
    P.ANSWER_HAND_OVER: {"member"},
    P.ASK_FOR_HAND_OVER: {"member"},
    P.OBJECT_TO_HAND_OVER: {"owner"},
    P.CLOSE_ORGANISATION: {"owner"},
    P.TAKE_A_COPY: {"owner"},
    P.READ_HAND_OVER: REVIEWERS | {"auditor"},
    P.DECIDE_HAND_OVER: REVIEWERS,
    P.SEND_CHANGE: {"owner"},
    P.READ_CHANGE: REVIEWERS | {"auditor"},
    P.DECIDE_CHANGE: REVIEWERS,
    P.SIGN_CHANGE: {"senior"},
    P.READ_PRIVATE_CONTACT: {"owner", "auditor"} | REVIEWERS | ASSISTING,
    P.READ_EVIDENCE: CLUB | {"auditor"} | REVIEWERS | ASSISTING,
    P.OPEN_COUNCIL_DESK: {"auditor", "administrator"} | REVIEWERS | APPEAL_OFFICERS,
    P.READ_BOUNCED: {"auditor", "administrator"} | REVIEWERS,
    P.SETTLE_BOUNCED: {"administrator"} | REVIEWERS,
    P.READ_REPORTS: {"auditor", "administrator"} | REVIEWERS,
    P.READ_CASE: {"auditor"} | REVIEWERS,
    P.START_REVIEW: REVIEWERS,
    P.RELEASE: {"holder", "senior"},
    P.REASSIGN: {"senior"},
    P.WRITE_NOTE: REVIEWERS,
    P.RECORD_FINDING: {"holder"},
    P.RETURN_FOR_CHANGES: {"holder", "senior"},
    P.RECOMMEND: {"holder"},
    P.SEND_BACK: {"senior"},
    P.APPROVE: {"holder", "senior"},
    P.REFUSE: {"senior"},
    P.EXTEND: REVIEWERS,
    P.CLEAR_FLAG: {"senior"},
    P.SUSPEND: {"senior"},
    P.COUNTERSIGN: {"senior"},
    P.LIFT: {"senior"},
    P.REVOKE: {"senior"},
    P.UPHOLD: {"appeal officer"},
    P.ASK_FOR_APPEAL: {"owner"},
    P.OPEN_APPEALS: APPEAL_OFFICERS | {"senior", "auditor"},
    P.READ_APPEAL: {"appeal officer", "senior", "auditor"},
    P.EXCUSE_LATE_APPEAL: {"appeal officer", "senior"},
    P.TAKE_APPEAL: {"appeal officer"},
    P.DECIDE_APPEAL: set(),  # nobody who has not taken it
    P.CORRECT_LETTER: {"senior"},
    P.SEE_MATCHES: {"senior", "auditor"},
    P.SETTLE_MATCH: {"senior"},
    P.READ_MERGE: {"senior", "administrator", "auditor"},
    P.PROPOSE_MERGE: {"senior", "administrator"},
    P.SIGN_MERGE: {"senior"},
    P.WITHDRAW_MERGE: set(),  # nobody who did not propose it
    P.REVIEW_SUSPENSION: {"senior"},
    P.REPLY: {"owner"},
    P.OPEN_SECOND_READINGS: REVIEWERS | {"auditor"},
    P.READ_SECOND_READING: {"senior", "auditor"},
    P.READ_AGAIN: REVIEWERS - {"holder"},
    P.SETTLE_DOUBT: {"senior"},
    P.STATE_CONFLICTS: REVIEWERS | APPEAL_OFFICERS,
    P.COUNT_CONFLICTS: {"senior"},
    P.SEE_WHO_CAN_SIGN: {"senior", "administrator"},
    P.MANAGE_WORDS: {"administrator"},
    P.READ_ADMINISTRATION: {"administrator", "auditor"},
    P.MANAGE_CONTACTS: {"administrator"},
    P.MANAGE_LISTS: {"administrator"},
    P.MANAGE_EDITIONS: {"administrator"},
    P.MANAGE_NOTICES: {"administrator"},
    P.SWITCH_READ_ONLY: {"administrator"},
    P.ASSIST: REVIEWERS | ASSISTING,
    P.CONFIRM_ENTRY: REVIEWERS,
    P.READ_ENTRY: REVIEWERS | ASSISTING | {"auditor"},
    P.SEND_LETTERS: REVIEWERS,
    P.ERASE_WRONG_FILE: REVIEWERS,
    P.READ_DATA_PROTECTION: {"administrator", "auditor"},
    P.ANSWER_DATA_REQUEST: {"administrator"},
    P.SEE_WHO_READ: {"senior", "auditor"},
    P.READ_CONCERN: {"auditor"} | REVIEWERS,
    P.WORK_CONCERN: REVIEWERS,
    P.READ_TELLER: {"auditor"} | REVIEWERS,
    P.SEE_QUIET_HOLD: {"senior", "auditor"},
    P.SET_QUIET_HOLD: {"senior"},
    P.SIGN_QUIET_HOLD: {"senior"},
    P.IMPORT: {"administrator", "senior"},
    P.READ_IMPORTS: {"administrator", "senior", "auditor"},
    P.READ_STAFF: {"administrator", "auditor"},
    P.MANAGE_STAFF: {"administrator"},
    P.READ_HISTORY: {"administrator", "auditor"},
    P.EXPORT_HISTORY: {"auditor"},
    P.EXPORT_REGISTER: {"administrator", "senior", "auditor"},
    P.EXPORT_CONTACTS: {"senior", "auditor"},
    P.TAKE_EXPORT: set(),  # a case is nobody's copy; see below
    P.READ_RECORD_HISTORY: REVIEWERS | {"auditor"},
}


def test_every_permission_is_in_the_map_and_in_the_table() -> None:
    assert set(PERMISSIONS) == set(P) == set(MAY)


@pytest.mark.parametrize("permission", P, ids=lambda p: p.name)
@pytest.mark.parametrize("who", PEOPLE)
def test_a_person_may_exactly_what_the_table_says(who: str, permission: P) -> None:
    assert can(PEOPLE[who], permission, Case()) is (who in MAY[permission])


@pytest.mark.parametrize(
    ("permission", "may"),
    [(P.READ_CHANGE, {"senior", "auditor"}), (P.DECIDE_CHANGE, {"senior"})],
)
def test_what_is_for_a_senior_is_for_nobody_below(permission: P, may: set[str]) -> None:
    change = Case(for_a_senior=True)
    assert {who for who in PEOPLE if can(PEOPLE[who], permission, change)} == may


def test_an_email_to_the_council_that_never_arrived_is_not_for_reviewers() -> None:
    email = Case(is_for_a_club=False)
    may = {who for who in PEOPLE if can(PEOPLE[who], P.READ_BOUNCED, email)}
    assert may == {"senior", "administrator", "auditor"}


def test_a_copy_of_the_register_is_for_who_asked_for_it_and_may_still_have_it() -> None:
    everybody = {20: "senior", 50: "administrator", 60: "auditor", 11: "reviewer"}
    for number, asked in everybody.items():
        copy, whole = Case(asked_by_id=number), Case(asked_by_id=number, with_contacts=True)
        may = {who for who in PEOPLE if can(PEOPLE[who], P.TAKE_EXPORT, copy)}
        assert may == {asked} - {"reviewer"}
        may = {who for who in PEOPLE if can(PEOPLE[who], P.TAKE_EXPORT, whole)}
        assert may == {asked} - {"reviewer", "administrator"}


def test_a_senior_who_recommended_signs_neither_way() -> None:
    case = Case(recommended_by_id=20)
    assert not can(PEOPLE["senior"], P.APPROVE, case)
    assert not can(PEOPLE["senior"], P.REFUSE, case)


@pytest.mark.parametrize("who", ["linked reviewer", "reviewer of the same domain"])
def test_a_link_takes_away_everything_at_the_desk(who: str) -> None:
    desk = {p for p in P if "reviewer" in MAY[p] or "senior" in MAY[p]} - {
        P.USE_ACCOUNT,
        P.REGISTER_ORGANISATION,
    }
    assert not [p for p in desk if can(PEOPLE[who], p, Case())]


def test_the_holder_alone_writes_findings_even_among_seniors() -> None:
    senior_holder = Person(10, frozenset({"senior"}))
    assert can(senior_holder, P.RECORD_FINDING, Case())
    assert not can(PEOPLE["senior"], P.RECORD_FINDING, Case())


def test_an_appeal_gives_the_case_to_its_officer_alone_and_to_nobody_who_had_a_part() -> None:
    case = Case(appeal_officer_id=40)
    officer, other = PEOPLE["appeal officer"], Person(42, frozenset({"appeal_officer"}))
    for permission in (P.READ_CASE, P.DECIDE_APPEAL):
        assert can(officer, permission, case) and not can(other, permission, case)
    assert can(PEOPLE["appeal officer who took part"], P.READ_APPEAL, Case(settled_by_id=41))
    took_part = Case(appeal_officer_id=41)
    assert not can(PEOPLE["appeal officer who took part"], P.DECIDE_APPEAL, took_part)


@pytest.mark.parametrize(("who", "number"), [("holder", 10), ("reviewer", 11), ("senior", 20)])
def test_whoever_had_a_part_before_an_appeal_reads_on_and_decides_no_more(
    who: str, number: int
) -> None:
    case = Case(kept_out_ids=frozenset({number}))
    assert can(PEOPLE[who], P.READ_CASE, case)
    deciding = (
        P.START_REVIEW,
        P.RECORD_FINDING,
        P.RETURN_FOR_CHANGES,
        P.RECOMMEND,
        P.SEND_BACK,
        P.APPROVE,
        P.REFUSE,
        P.CLEAR_FLAG,
    )
    assert not [one for one in deciding if can(PEOPLE[who], one, case)]
    assert not can(PEOPLE["senior"], P.RELEASE, Case(kept_out_ids=frozenset({20})))


def test_whoever_proposed_takes_back_and_does_not_sign() -> None:
    merge = Case(proposed_by_id=20)
    assert can(PEOPLE["senior"], P.WITHDRAW_MERGE, merge)
    assert not can(PEOPLE["senior"], P.SIGN_MERGE, merge)
