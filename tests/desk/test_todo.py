"""The club's front page as a list: what comes first, what never shows, and the promised days."""

from dataclasses import replace
from datetime import date

import pytest

from registry.assessments.dated_things import LISTED, DatedThing
from registry.assessments.lifecycle import Status
from registry.assessments.promises import CHANGE_WITHIN, DECIDE_WITHIN, answer_by
from registry.desk.todo import (
    ActivityLine,
    Attempt,
    Desk,
    Told,
    activity_tag,
    to_do,
    waiting,
)

TODAY = date(2026, 11, 22)
LAST = date(2027, 2, 12)
JUDO = ActivityLine("Judo", "/club/1/activities/1", "live", is_public=True)
DRAFT = ActivityLine("Parkour", "/club/1/activities/2", "draft", needs="Say when it happens")
LISTED_CLUB = Desk("/club/1", TODAY, listed_until=LAST, activities=(JUDO,), was_listed=True)
NEW_CLUB = Desk("/club/1", TODAY, may_begin=True)


def dated(key: str, on: date, page: str = "tell/date/x") -> DatedThing:
    return DatedThing(on, key, f"The {key}", "Send it.", page, "Nothing.")


def told(state: str, due: date | None = None, **more: object) -> Told:
    return Told("First aid", state, "/club/1/changes/7", due_on=due, **more)


RENEWING = Attempt(Status.DRAFT, True, 3, 30, "an hour")
RETURNED = Attempt(
    Status.RETURNED,
    False,
    returned=[("Steps when worried", "/club/1/self-check/sg_steps", "Add 999.")],
    mend_by=date(2026, 12, 18),
)

# A desk, and the titles of what there is to do, in order.
TABLE: dict[str, tuple[Desk, list[str]]] = {
    "a listed club with nothing near": (LISTED_CLUB, []),
    "a new club": (NEW_CLUB, ["Begin your self-check", "Add your first activity"]),
    "a club that lapsed lately": (
        replace(NEW_CLUB, activities=(JUDO,), was_listed=True, may_send_new_date=True),
        ["Did you check your safeguarding plan again?", "Begin your self-check"],
    ),
    "a club that lapsed lately and sent its new date": (
        replace(
            NEW_CLUB,
            activities=(JUDO,),
            may_send_new_date=True,
            changes=(told("waiting", question_key="sg_review_date"),),
        ),
        ["Begin your self-check"],
    ),
    "a draft": (
        replace(NEW_CLUB, may_begin=False, attempt=Attempt(Status.DRAFT, False, 2, 30, "an hour")),
        ["Carry on with your self-check", "Add your first activity"],
    ),
    "a draft that is whole": (
        replace(
            NEW_CLUB,
            activities=(JUDO,),
            may_begin=False,
            attempt=Attempt(Status.DRAFT, False, 30, 30, is_ready=True, may_send=True),
        ),
        ["Read and send your self-check"],
    ),
    "sent, and nothing to do": (
        replace(NEW_CLUB, activities=(JUDO,), may_begin=False, attempt=Attempt("submitted", False)),
        [],
    ),
    "a return": (
        replace(NEW_CLUB, activities=(JUDO,), may_begin=False, attempt=RETURNED),
        ["Mend 1 answer"],
    ),
    "a return that is mended": (
        replace(
            NEW_CLUB, activities=(JUDO,), may_begin=False, attempt=replace(RETURNED, returned=())
        ),
        ["Send it to us again"],
    ),
    "a renewal that may begin": (
        replace(LISTED_CLUB, may_begin=True, dated=[dated(LISTED, LAST, "")]),
        ["Renew your self-check"],
    ),
    "what ends before the renewal comes first": (
        replace(
            LISTED_CLUB,
            may_begin=True,
            dated=[dated(LISTED, LAST, ""), dated("hs_public", date(2026, 12, 9))],
        ),
        ["The hs_public", "Renew your self-check"],
    ),
    "what ends after the renewal comes second": (
        replace(
            LISTED_CLUB,
            listed_until=date(2026, 12, 1),
            attempt=RENEWING,
            dated=[dated("hs_public", date(2026, 12, 9))],
        ),
        ["Carry on with your renewal", "The hs_public"],
    ),
    "the plan’s own date, where it is one page": (
        replace(LISTED_CLUB, dated=[dated(LISTED, date(2026, 12, 20), "tell/plan")]),
        [f"The {LISTED}"],
    ),
    "61 days away is not yet to do": (
        replace(LISTED_CLUB, dated=[dated("hs_public", date(2027, 1, 22))]),
        [],
    ),
    "60 days away is": (
        replace(LISTED_CLUB, dated=[dated("hs_public", date(2027, 1, 21))]),
        ["The hs_public"],
    ),
    "what ended stays until it is sent": (
        replace(LISTED_CLUB, dated=[dated("hs_employers", date(2026, 11, 1))]),
        ["The hs_employers"],
    ),
    "what is asked as a change is not asked twice": (
        replace(
            LISTED_CLUB,
            dated=[dated("hs_employers", date(2026, 11, 21))],
            changes=[told("asked", date(2026, 12, 18), question_key="hs_employers")],
        ),
        ["Tell us: First aid"],
    ),
    "what was sent is not asked again": (
        replace(
            LISTED_CLUB,
            dated=[dated("risk_check:4", date(2026, 12, 1))],
            changes=[told("waiting", question_key="hs_ra_date", activity_id=4)],
        ),
        [],
    ),
    "the risk check of another activity is": (
        replace(
            LISTED_CLUB,
            dated=[dated("risk_check:5", date(2026, 12, 1))],
            changes=[told("waiting", question_key="hs_ra_date", activity_id=4)],
        ),
        ["The risk_check:5"],
    ),
    "what is owed comes before what runs out, by its day": (
        replace(
            LISTED_CLUB,
            may_begin=True,
            dated=[dated("hs_public", date(2026, 11, 23))],
            changes=[
                told("sent_back", date(2026, 12, 18), words="Which hall?"),
                told("asked", date(2026, 12, 1)),
            ],
        ),
        [
            "Tell us: First aid",
            "Mend this: First aid",
            "The hs_public",
            "Renew your self-check",
        ],
    ),
    "a hold with nothing owed": (
        replace(LISTED_CLUB, listed_until=None, is_held=True),
        ["Do what we wrote to you about"],
    ),
    "a hold and what ends it": (
        replace(
            LISTED_CLUB,
            listed_until=None,
            is_held=True,
            changes=[told("asked", date(2026, 11, 20))],
        ),
        ["Tell us: First aid"],
    ),
    "an activity with gaps comes last": (
        replace(LISTED_CLUB, activities=(JUDO, DRAFT), dated=[dated("x", date(2027, 1, 1))]),
        ["The x", "Finish Parkour"],
    ),
    "lapsed: begin again": (
        Desk("/club/1", TODAY, activities=(JUDO,), may_begin=True, was_listed=True),
        ["Begin your self-check"],
    ),
    "abandoned": (
        Desk("/club/1", TODAY, activities=(JUDO,), may_reopen=True, may_begin=True),
        ["Open your self-check again"],
    ),
}


@pytest.mark.parametrize("case", TABLE)
def test_what_there_is_to_do_comes_in_order(case: str) -> None:
    desk, titles = TABLE[case]
    assert [one.title for one in to_do(desk)] == titles


def test_everything_to_do_says_where_and_by_when() -> None:
    for desk, _ in TABLE.values():
        for one in to_do(desk):
            assert one.href.startswith("/club/1/")
            assert one.button
            assert one.text.endswith(".") or one.text == DRAFT.needs
            assert "!" not in one.title + one.text


def test_a_day_that_is_over_is_said_plainly() -> None:
    desk = replace(LISTED_CLUB, changes=[told("asked", date(2026, 11, 20))])
    assert "We needed it by 20 November 2026." in to_do(desk)[0].text
    desk = replace(LISTED_CLUB, dated=[dated("hs_public", date(2026, 11, 1))])
    assert "It ended on 1 November 2026." in to_do(desk)[0].text


def test_a_helper_is_told_to_ask_the_owner() -> None:
    ready = Attempt(Status.DRAFT, False, 30, 30, is_ready=True, may_send=False)
    assert "Ask the owner" in to_do(replace(NEW_CLUB, may_begin=False, attempt=ready))[0].text


def test_the_words_of_the_council_stand_with_what_it_sent_back() -> None:
    desk = replace(LISTED_CLUB, changes=[told("sent_back", words="Which hall?")])
    assert to_do(desk)[0].words == "Which hall?"


def test_what_we_are_reading_has_its_promised_day() -> None:
    attempt = Attempt(
        Status.IN_REVIEW, True, sent_on=date(2026, 11, 20), answer_by=date(2026, 12, 18)
    )
    desk = replace(
        LISTED_CLUB,
        attempt=attempt,
        changes=[told("waiting", sent_on=date(2026, 11, 19), answer_by=date(2026, 11, 26))],
    )
    renewal, change = waiting(desk)
    assert renewal.title == "Your renewal"
    assert "We answer by 18 December 2026." in renewal.text
    assert "You stay on the list meanwhile." in renewal.text
    assert "We answer by 26 November 2026." in change.text
    late = replace(attempt, answer_by=date(2026, 11, 19))
    assert "We are late" in waiting(replace(desk, attempt=late))[0].text


def test_a_recommendation_reads_as_any_case_that_is_read() -> None:
    for status in (Status.IN_REVIEW, Status.RECOMMENDED):
        attempt = Attempt(status, False, sent_on=date(2026, 11, 20), answer_by=date(2026, 12, 18))
        assert waiting(replace(NEW_CLUB, attempt=attempt)) == waiting(
            replace(NEW_CLUB, attempt=replace(attempt, status=Status.SUBMITTED))
        )


@pytest.mark.parametrize(
    ("line", "is_listed", "word"),
    [
        (JUDO, True, "On the list"),
        (replace(JUDO, state="paused", is_public=False), True, "Paused by you"),
        (DRAFT, False, "Needs you"),
        (replace(DRAFT, needs=""), False, "Not public yet"),
        (replace(JUDO, is_public=False), False, "Not public yet"),
        (replace(JUDO, is_public=False), True, "Waiting for us"),
        (replace(JUDO, is_public=False, change="asked"), True, "Needs you"),
        (replace(JUDO, is_public=False, change="sent_back"), True, "Needs you"),
        (replace(JUDO, is_public=False, change="waiting"), True, "Waiting for us"),
        (replace(JUDO, change="waiting"), True, "On the list"),
        (replace(JUDO, state="waiting", is_public=False), True, "Waiting for us"),
        (replace(JUDO, state="waiting", is_public=False, change="asked"), True, "Needs you"),
    ],
)
def test_each_activity_has_one_word(line: ActivityLine, is_listed: bool, word: str) -> None:
    assert activity_tag(line, is_listed=is_listed)[0] == word


@pytest.mark.parametrize(
    ("spans", "within", "by"),
    [
        ([(date(2026, 12, 14), None)], DECIDE_WITHIN, date(2027, 1, 14)),  # F23: over Christmas
        ([(date(2026, 11, 20), None)], CHANGE_WITHIN, date(2026, 11, 27)),
        ([(date(2026, 11, 2), date(2026, 11, 9))], DECIDE_WITHIN, None),
        (
            [(date(2026, 11, 2), date(2026, 11, 9)), (date(2026, 11, 20), None)],
            DECIDE_WITHIN,
            date(2026, 12, 11),
        ),
        (
            [(date(2026, 9, 1), date(2026, 11, 9)), (date(2026, 11, 20), None)],
            DECIDE_WITHIN,
            date(2026, 11, 23),
        ),
        ([], DECIDE_WITHIN, None),
    ],
    ids=["Christmas", "a change", "with the club", "a stopped clock", "nothing left", "not sent"],
)
def test_the_promise_counts_working_days_and_stops_while_the_club_has_it(
    spans: list[tuple[date, date | None]], within: int, by: date | None
) -> None:
    assert answer_by(spans, within) == by
