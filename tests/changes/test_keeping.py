"""What becomes of an edit of a club on the list."""

from datetime import timedelta

import pytest

from registry.assessments import services as assessments
from registry.assessments.in_force import answers_in_force
from registry.assessments.models import Evidence
from registry.assessments.services.after import lapse
from registry.changes import services
from registry.changes.services import accept, send_back, take_back
from registry.clock import now, today
from registry.criteria.dates import add_months
from registry.database import db
from registry.errors import BadInput, NotAllowedNow, NotYours, StaleVersion
from registry.messages.models import Message
from registry.organisations.facts import fact, set_facts
from registry.organisations.keeping import wanted_facts
from registry.organisations.services import (
    add_activity,
    add_venue,
    change_activity,
    change_details,
    change_venue,
    end_activity,
    pause,
    resume,
)
from tests.changes.renewing import a_renewal, approve_renewal
from tests.changes.story import (
    cards,
    changes,
    send_risk_check,
    the_change,
)
from tests.factories import a_club, a_suspended, in_review, owner_of, read

YES, NO = {"said": "yes"}, {"said": "no"}
NO_RISK = {
    "p_online": NO,
    "p_trips": NO,
    "p_transport": NO,
    "p_overnight": NO,
    "p_oneone": NO,
    "p_care": NO,
    "p_risk": {"ticked": ["none"]},
}


def about(activity, **new):
    """Its profile answers with some of them altered."""
    return {**activity.about, **new}


def a_new_activity(club, owner, name="Trampoline club", **new):
    """A second activity with every page filled in."""
    like = club.activities[0]
    activity = add_activity(
        club,
        owner,
        name=name,
        summary="Bounce with us.",
        categories=["sport.football"],
        min_months=96,
        max_months=155,
    )
    change_activity(
        activity,
        owner,
        parent_stays="no",
        venues=list(like.venues),
        price_kind="free",
        booking_kind="turn_up",
        about={**NO_RISK, **new},
    )
    session = {**fact(like, "sessions")[0], "key": "extra1"}
    set_facts(activity, {"sessions": [session]})
    change_activity(activity, owner, bring="Socks")
    return activity


def test_a_club_that_was_never_listed_writes_everything_at_once(app):
    club = a_club()
    kept = change_details(club, owner_of(club), name="Another name")
    assert kept.written == {"name": "Another name"}
    assert club.name == "Another name"
    assert changes(club) == []


def test_a_new_price_is_on_the_card_at_once_and_in_the_after_check(club, activity, owner, reviewer):
    before = cards(club)[activity.id]
    kept = change_activity(activity, owner, price_kind="session", price_pence=450)
    assert kept.written == {"price_pence": 450}
    after = cards(club)[activity.id]
    assert after["cost"]["pence"] == 450
    assert {k: v for k, v in after.items() if k != "cost"} == {
        k: v for k, v in before.items() if k != "cost"
    }
    change = the_change(club)
    assert (change.state, change.kind, list(change.patch["activities"])) == (
        "live",
        "price",
        [str(activity.id)],
    )
    services.read_over(change, reviewer)
    assert change.read_by_id == reviewer.id


def test_a_new_name_waits_and_the_card_stays_until_it_is_accepted(club, activity, owner, reviewer):
    before = cards(club)
    kept = change_activity(activity, owner, name="Street Dance Stars")
    assert kept.waiting == {"name": "Street Dance Stars"}
    assert activity.name == "Street Dance Juniors"
    assert cards(club) == before
    change = the_change(club)
    assert accept(change, reviewer, version=change.version)
    assert activity.name == "Street Dance Stars"
    assert cards(club)[activity.id]["name"] == "Street Dance Stars"
    assert cards(club)[activity.id]["slug"] == before[activity.id]["slug"]


def test_a_second_edit_of_the_same_record_merges_into_the_first(club, activity, owner):
    change_activity(activity, owner, name="One")
    change_activity(activity, owner, min_months=72)
    change_activity(activity, owner, name="Two")
    change = the_change(club)
    assert change.after == {"name": "Two", "min_months": 72}
    assert change.version == 3
    assert change.kind == "ages"


def test_what_is_edited_back_leaves_the_change(club, activity, owner):
    change_activity(activity, owner, name="One", min_months=72)
    change_activity(activity, owner, name="Street Dance Juniors")
    assert the_change(club).after == {"min_months": 72}
    change_activity(activity, owner, min_months=84)
    assert the_change(club).state == "taken_back"


def test_text_that_is_made_plain_goes_live_and_leaves_the_change(club, activity, owner):
    change_activity(activity, owner, description="The safest club in town")
    assert cards(club)[activity.id]["description"] != "The safest club in town"
    change_activity(activity, owner, description="A club in town")
    assert cards(club)[activity.id]["description"] == "A club in town"
    assert [one.state for one in changes(club)] == ["taken_back", "live"]


def test_an_edit_that_goes_both_ways_is_parted(club, activity, owner):
    change_activity(activity, owner, name="New", summary="Dance for beginners.")
    card = cards(club)[activity.id]
    assert (card["name"], card["summary"]) == ("Street Dance Juniors", "Dance for beginners.")
    assert sorted(one.state for one in changes(club)) == ["live", "waiting"]


def test_a_change_that_is_sent_back_never_publishes_and_can_be_mended(
    club, activity, owner, reviewer
):
    before = cards(club)
    change_activity(activity, owner, name="The Safe Club")
    change = the_change(club)
    send_back(change, reviewer, version=change.version, words="Leave out the word safe.")
    assert cards(club) == before
    assert (change.state, change.words) == ("sent_back", "Leave out the word safe.")
    change_activity(activity, owner, name="The Dance Club")
    assert (change.state, change.words) == ("waiting", "")
    assert cards(club) == before
    accept(change, reviewer, version=change.version)
    assert cards(club)[activity.id]["name"] == "The Dance Club"


def test_a_change_that_is_taken_back_undoes_nothing(club, activity, owner):
    before = cards(club)
    change_activity(activity, owner, name="New", price_kind="free")
    live = cards(club)
    take_back(the_change(club, "waiting"), owner)
    assert cards(club) == live
    assert live[activity.id]["cost"]["kind"] == "free"
    assert live[activity.id]["name"] == before[activity.id]["name"]


def test_a_decision_names_the_version_that_was_read(club, activity, owner, reviewer):
    change_activity(activity, owner, name="One")
    change = the_change(club)
    read = change.version
    change_activity(activity, owner, name="Two")
    with pytest.raises(StaleVersion):
        accept(change, reviewer, version=read)
    with pytest.raises(StaleVersion):
        send_back(change, reviewer, version=read, words="No.")
    assert activity.name == "Street Dance Juniors"
    assert change.earlier[-1]["fields"]["name"]["after"] == "One"


def test_two_changes_that_wait_never_touch_each_other(club, activity, owner, reviewer):
    change_details(club, owner, name="Kingfisher Dance")
    change_activity(activity, owner, name="Street Dance Stars")
    of_club, of_activity = changes(club, "waiting")
    accept(of_activity, reviewer, version=of_activity.version)
    card = cards(club)[activity.id]
    assert (card["name"], card["organisation"]["name"]) == (
        "Street Dance Stars",
        "Kingfisher Dance Project",
    )
    send_back(of_club, reviewer, version=of_club.version, words="Is this your legal name?")
    assert cards(club)[activity.id] == card


def test_a_price_note_that_waits_is_laid_over_the_newer_price(club, activity, owner, reviewer):
    change_activity(activity, owner, price_note="Ring 01902 551 155")
    change_activity(activity, owner, price_kind="session", price_pence=500)
    change = the_change(club, "waiting")
    accept(change, reviewer, version=change.version)
    cost = cards(club)[activity.id]["cost"]
    assert (cost["pence"], cost["note"]) == (500, "Ring 01902 551 155")


def test_a_new_place_waits_and_so_does_its_new_address(club, activity, owner, reviewer):
    before = cards(club)
    new = add_venue(club, owner, name="West Park", address="The lodge", postcode="WV1 4PH")
    change_activity(activity, owner, venues=[new])
    assert cards(club) == before
    assert [one.id for one in activity.venues] == [club.venues[0].id]
    change = the_change(club, "waiting")
    read = change.version
    # Nobody is at the new place yet, so its address is edited freely; but it is read again.
    change_venue(new, owner, address="The bandstand")
    with pytest.raises(StaleVersion):
        accept(change, reviewer, version=read)
    accept(change, reviewer, version=change.version)
    venue = cards(club)[activity.id]["venue"]
    assert (venue["name"], venue["address_lines"]) == ("West Park", ["The bandstand"])
    change_venue(new, owner, address="Somewhere else")
    assert cards(club)[activity.id]["venue"] == venue
    assert new.address == "The bandstand"


def test_a_place_that_is_hidden_is_hidden_at_once_and_opened_only_when_read(
    club, activity, owner, reviewer
):
    place = activity.venues[0]
    change_venue(place, owner, privacy="hidden")
    assert cards(club)[activity.id]["venue"]["address_lines"] == []
    change_venue(place, owner, privacy="open")
    assert cards(club)[activity.id]["venue"]["address_lines"] == []
    change = the_change(club, "waiting")
    accept(change, reviewer, version=change.version)
    assert cards(club)[activity.id]["venue"]["address_lines"]


def test_a_phone_number_that_is_ticked_now_is_on_the_card_at_once(club, activity, owner):
    change_details(club, owner, phone="01632 960 123", phone_is_public=True)
    assert cards(club)[activity.id]["contact"]["phone"] == "01632 960 123"


# Risks of an activity.


def test_a_new_risk_hides_only_its_activity_until_it_is_accepted(club, activity, owner, reviewer):
    other = a_new_activity(club, owner, "Tap dance")
    change = send_risk_check(other, owner)
    accept(change, reviewer, version=change.version, reason="As for the first.")
    assert set(cards(club)) == {activity.id, other.id}
    change_activity(activity, owner, about=about(activity, p_trips=YES))
    assert set(cards(club)) == {other.id}
    assert activity.state == "waiting"
    assert activity.about["p_trips"] == NO
    flag = next(one for one in changes(club, "waiting") if one.kind == "flag_on")
    accept(flag, reviewer, version=flag.version, reason="Read by phone.")
    assert set(cards(club)) == {activity.id, other.id}
    assert activity.state == "live"
    assert activity.about["p_trips"] == YES


def test_a_new_risk_that_has_not_begun_hides_nothing(club, activity, owner):
    before = cards(club)
    later = today() + timedelta(days=30)
    change_activity(activity, owner, about=about(activity, p_trips=YES), begins_on=later)
    assert cards(club) == before
    assert activity.state == "live"


def test_a_new_risk_that_nobody_accepted_hides_its_activity_from_the_day_it_begins(
    club, activity, owner, clock
):
    later = today() + timedelta(days=10)
    change_activity(activity, owner, about=about(activity, p_trips=YES), begins_on=later)
    clock.travel_to(later - timedelta(days=1))
    assert set(cards(club)) == {activity.id}
    clock.travel_to(later)
    assert cards(club) == {}


def test_a_new_risk_brings_its_question_due_in_20_working_days(club, activity, owner, reviewer):
    change_activity(activity, owner, about=about(activity, p_risk={"ticked": ["water"]}))
    asked = the_change(club, "asked")
    assert asked.question_key == "hs_special"
    assert asked.due_on > today() + timedelta(days=25)
    flag = the_change(club, "waiting")
    with pytest.raises(BadInput, match="Say why"):
        accept(flag, reviewer, version=flag.version)
    services.tell(club, owner, "hs_special", {"said": "yes", "water": "RLSS award"})
    accept(asked, reviewer, version=asked.version)
    assert accept(flag, reviewer, version=flag.version)
    assert activity.state == "live"


def test_a_risk_that_is_taken_back_takes_its_question_along(club, activity, owner):
    change_activity(activity, owner, about=about(activity, p_risk={"ticked": ["water"]}))
    change_activity(activity, owner, about=activity.about)
    assert [one.state for one in changes(club)] == ["taken_back", "taken_back"]
    assert set(cards(club)) == {activity.id}


def test_a_risk_that_has_gone_waits_and_stays_until_it_is_accepted(
    club, activity, owner, reviewer, senior
):
    change_activity(activity, owner, about=about(activity, p_care=YES))
    for one in changes(club, "asked"):
        services.tell(club, owner, one.question_key, {"said": "yes"} | _parts_of(one))
        accept(one, reviewer, version=one.version, reason="Read.")
    on = the_change(club, "waiting")
    assert not accept(on, reviewer, version=on.version, reason="Read.")
    assert accept(on, senior, version=on.version, reason="Read.")
    assert activity.about["p_care"] == YES
    before = cards(club)
    change_activity(activity, owner, about=about(activity, p_care=NO))
    assert activity.about["p_care"] == YES
    assert cards(club) == before
    off = the_change(club, "waiting")
    assert off.kind == "flag_off"
    assert accept(off, reviewer, version=off.version)
    assert activity.about["p_care"] == NO


def _parts_of(change):
    return {"personal_care": "A second adult is near."} if change.question_key else {}


def test_two_people_read_nights_away(club, activity, owner, reviewer, senior):
    later = today() + timedelta(days=60)
    change_activity(activity, owner, about=about(activity, p_overnight=YES), begins_on=later)
    change = the_change(club, "waiting")
    assert not accept(change, reviewer, version=change.version, reason="Their plan is good.")
    assert change.state == "waiting"
    assert change.recommended_by_id == reviewer.id
    with pytest.raises(NotYours):
        accept(change, reviewer, version=change.version, reason="Again.")
    assert accept(change, senior, version=change.version, reason="Agreed.")
    assert activity.about["p_overnight"] == YES


def test_a_change_that_is_altered_has_to_be_recommended_anew(club, activity, owner, reviewer):
    change_activity(activity, owner, about=about(activity, p_overnight=YES))
    change = the_change(club, "waiting")
    accept(change, reviewer, version=change.version, reason="Good.")
    change_activity(activity, owner, name="Camps")
    assert change.recommended_by_id is None


# New activities.


def test_f18_an_activity_with_no_risk_check_waits_alone_until_it_is_accepted(
    club, activity, owner, reviewer
):
    before = cards(club)
    new = a_new_activity(club, owner, p_risk={"ticked": ["trampoline_gym"]})
    assert new.state == "waiting"
    assert cards(club) == before
    asked = the_change(club, "asked")
    assert (asked.question_key, asked.record_id, asked.kind) == (
        "hs_ra_all",
        new.id,
        "new_activity",
    )
    send_risk_check(new, owner)
    special = the_change(club, "asked")
    assert special.question_key == "hs_special"
    said = answers_in_force(asked.assessment)["hs_special"]
    services.tell(club, owner, "hs_special", {**said, "trampoline_gym": "British Gymnastics 2"})
    accept(special, reviewer, version=special.version)
    assert cards(club) == before
    assert accept(asked, reviewer, version=asked.version)
    assert new.state == "live"
    after = cards(club)
    assert set(after) == {activity.id, new.id}
    assert after[activity.id] == before[activity.id]
    assert after[new.id]["name"] == "Trampoline club"


def test_a_new_activity_is_edited_freely_but_never_accepted_unread(club, owner, reviewer):
    new = a_new_activity(club, owner)
    change = send_risk_check(new, owner)
    read = change.version
    kept = change_activity(new, owner, name="Trampolines for all")
    assert kept.written == {"name": "Trampolines for all"}
    with pytest.raises(StaleVersion):
        accept(change, reviewer, version=read)
    accept(change, reviewer, version=change.version)
    assert cards(club)[new.id]["name"] == "Trampolines for all"


def test_a_new_activity_with_a_gap_cannot_be_sent(club, owner):
    new = add_activity(club, owner, name="Half", min_months=60, max_months=143)
    with pytest.raises(BadInput, match="Finish the pages"):
        send_risk_check(new, owner)


def test_a_risk_check_of_last_year_cannot_be_sent(club, owner):
    new = a_new_activity(club, owner)
    with pytest.raises(BadInput, match="12 months"):
        send_risk_check(new, owner, add_months(today(), -12) - timedelta(days=1))
    with pytest.raises(BadInput, match="today or before"):
        send_risk_check(new, owner, today() + timedelta(days=1))


def test_a_new_activity_that_ends_leaves_nothing_to_read(club, owner):
    new = a_new_activity(club, owner, p_risk={"ticked": ["trampoline_gym"]})
    send_risk_check(new, owner)
    end_activity(new, owner)
    assert changes(club, "asked", "waiting") == []


def test_pausing_and_starting_again_shows_nothing_that_waits(club, activity, owner):
    change_activity(activity, owner, about=about(activity, p_trips=YES))
    assert activity.state == "waiting"
    with pytest.raises(NotAllowedNow):
        pause(activity, owner)
    take_back(the_change(club, "waiting"), owner)
    pause(activity, owner)
    change_activity(activity, owner, about=about(activity, p_trips=YES))
    resume(activity, owner)
    assert activity.state == "waiting"
    assert cards(club) == {}


# Answers.


def test_f20_a_lone_tutor_who_hires_a_helper_is_asked_what_a_group_is_asked(app, reviewer):
    from tests.factories import COACH, an_approved

    standing = an_approved(plan=COACH)
    club, owner = standing.organisation, owner_of(standing)
    before = cards(club)
    assert before
    services.tell(club, owner, "p_people", {"number": 2})
    assert the_change(club, "waiting").kind == "first_helper"
    asked = {one.question_key for one in changes(club, "asked")}
    assert {"sg_lead", "sr_steps", "sr_guidance", "sr_checks", "sr_roles", "sr_dbs_done"} <= asked
    assert all(one.due_on for one in changes(club, "asked"))
    assert cards(club) == before
    assert answers_in_force(standing)["p_people"] == {"number": 1}
    sent = standing.latest_submission.document
    assert sent["answers"]["p_people"] == {"number": 1}


def test_an_accepted_answer_is_in_force_and_the_submission_stays(club, standing, owner, reviewer):
    day = today().isoformat()
    services.tell(
        club, owner, "sg_review_date", {**_answer(standing, "sg_review_date"), "date": day}
    )
    change = the_change(club)
    before = _answer(standing, "sg_review_date")
    accept(change, reviewer, version=change.version)
    assert answers_in_force(standing)["sg_review_date"]["date"] == day
    assert standing.latest_submission.document["answers"]["sg_review_date"] == before
    row = next(one for one in standing.answers if one.question_key == "sg_review_date")
    assert row.parts["date"] == day


def _answer(standing, key):
    return dict(standing.latest_submission.document["answers"][key])


def test_an_answer_that_the_rules_find_wanting_needs_a_reason(club, owner, reviewer):
    services.tell(club, owner, "sg_lead", {"said": "no"})
    change = the_change(club)
    with pytest.raises(BadInput, match="Say why"):
        accept(change, reviewer, version=change.version)
    assert change.state == "waiting"
    assert accept(change, reviewer, version=change.version, reason="A new lead starts on Monday.")


def test_only_the_owner_sends_an_answer(club, member, stranger, owner):
    for actor in (member, stranger):
        with pytest.raises(NotYours):
            services.tell(club, actor, "sg_lead", {"said": "no"})
    assert changes(club) == []


def test_a_member_edits_and_takes_back_but_a_stranger_does_neither(
    club, activity, member, stranger
):
    with pytest.raises(NotYours):
        change_activity(activity, stranger, name="Mine")
    change_activity(activity, member, name="Ours")
    change = the_change(club)
    with pytest.raises(NotYours):
        take_back(change, stranger)
    take_back(change, member)
    assert change.state == "taken_back"


def test_nobody_of_the_club_decides_and_nobody_linked(club, activity, owner, member):
    from tests.factories import a_person

    change_activity(activity, owner, name="Ours")
    change = the_change(club)
    linked = a_person("Linked", "reviewer")
    from registry.organisations.models import DeclaredLink

    club.declared_links.append(
        DeclaredLink(account_id=linked.id, organisation_id=club.id, declared_at=now())
    )
    for actor in (owner, member, linked):
        with pytest.raises(NotYours):
            accept(change, actor, version=change.version)
        with pytest.raises(NotYours):
            send_back(change, actor, version=change.version, words="No.")


def test_what_is_settled_is_not_settled_again(club, activity, owner, reviewer):
    change_activity(activity, owner, name="Ours")
    change = the_change(club)
    accept(change, reviewer, version=change.version)
    for again in (
        lambda: accept(change, reviewer, version=change.version),
        lambda: send_back(change, reviewer, version=change.version, words="No."),
        lambda: take_back(change, owner),
    ):
        with pytest.raises(NotAllowedNow):
            again()


def test_a_quiet_hold_does_not_stop_a_change_and_is_not_lifted(
    club, standing, activity, owner, reviewer
):
    from registry.assessments.standing import has_quiet_hold
    from tests.factories import with_hold

    with_hold(standing, "quiet", off=True)
    change_activity(activity, owner, name="Ours")
    change = the_change(club)
    assert accept(change, reviewer, version=change.version)
    assert has_quiet_hold(club.id)
    assert cards(club) == {}


def test_a_suspended_club_sends_changes_and_stays_off_the_list(app, reviewer):
    standing = a_suspended()
    club, owner = standing.organisation, owner_of(standing)
    change_activity(club.activities[0], owner, name="Ours")
    change = the_change(club)
    accept(change, reviewer, version=change.version)
    assert cards(club) == {}


def test_a_club_that_lapsed_long_ago_writes_at_once(club, standing, activity, owner, clock):
    clock.travel_to(standing.listed_until + timedelta(days=1))
    lapse(standing)
    change_activity(activity, owner, name="One")
    assert activity.name == "Street Dance Juniors"
    clock.travel_to(standing.listed_until + timedelta(days=92))
    change_activity(activity, owner, name="Two")
    assert activity.name == "Two"


# Taking down, and telling.


def test_what_went_live_can_be_taken_down_at_once(club, activity, owner, reviewer):
    before = cards(club)
    change_activity(activity, owner, summary="Something rude.")
    change = the_change(club)
    services.take_down(change, reviewer, words="Please keep it kind.")
    assert cards(club) == before
    assert [one.state for one in changes(club)] == ["live", "live"]
    with pytest.raises(NotAllowedNow):
        services.take_down(change, reviewer, words="Again.")


def test_both_sides_are_told(club, activity, owner, reviewer):
    change_activity(activity, owner, name="One")
    change = the_change(club)
    send_back(change, reviewer, version=change.version, words="Write it in full.")
    change_activity(activity, owner, name="Two")
    accept(change, reviewer, version=change.version)
    told = [m.template for m in Message.query.order_by(Message.id) if "change" in m.template]
    assert told == [
        "council/changes",
        "club/change-sent-back",
        "council/changes",
        "club/change-accepted",
    ]


# What is edited while a first self-check is read.


def test_what_is_edited_while_the_council_reads_becomes_changes_at_approval(app, reviewer):
    case = in_review(reviewer)
    club, owner = case.organisation, owner_of(case)
    activity = club.activities[0]
    change_activity(
        activity, owner, name="Another", price_kind="free", about=about(activity, p_trips=YES)
    )
    late = a_new_activity(club, owner, "Late one")
    assert activity.name == "Another"
    assert changes(club) == []
    assessments.approve(case, reviewer, **read(case))
    assert activity.name == "Street Dance Juniors"
    assert {one.kind: one.state for one in changes(club)} == {
        "new_activity": "asked",
        "price": "live",
        "flag_on": "waiting",
        "question": "asked",
    }
    assert (activity.state, late.state) == ("waiting", "waiting")
    assert cards(club) == {}
    assert activity.about["p_trips"] == NO


def test_a_renewal_keeps_what_took_effect_while_it_was_read(
    club, standing, activity, owner, reviewer, clock
):
    clock.travel_to(standing.listed_until - timedelta(days=30))
    risk_check = send_risk_check(activity, owner)
    accept(risk_check, reviewer, version=risk_check.version)
    change_activity(activity, owner, name="Before")
    first = the_change(club, "waiting")
    renewal = a_renewal(club, owner)
    accept(first, reviewer, version=first.version)
    change_activity(activity, owner, price_kind="free")
    change_activity(activity, owner, min_months=60)
    before = cards(club)
    approve_renewal(renewal, reviewer)
    after = cards(club)
    for key in ("name", "cost", "ages"):
        assert after[activity.id][key] == before[activity.id][key]
    assert after[activity.id]["name"] == "Before"
    waiting = the_change(club, "waiting")
    assert waiting.assessment_id == renewal.id
    accept(waiting, reviewer, version=waiting.version)
    assert cards(club)[activity.id]["ages"]["min_months"] == 60


def test_a_paper_keeps_what_its_club_said_of_it_when_a_renewal_takes_it_along(
    club, standing, activity, owner, reviewer, clock
):
    clock.travel_to(standing.listed_until - timedelta(days=30))
    renewal = assessments.begin(club, owner)
    change = send_risk_check(activity, owner)
    paper = db.session.get_one(Evidence, change.after["file"])
    paper.risks = ["another_club"]
    accept(change, reviewer, version=change.version)
    assert [one.risks for one in renewal.evidence if one.file_id == paper.file_id] == [paper.risks]
    rows = {one.question_key: one.parts for one in renewal.answers}["hs_ra_all"]["rows"]
    assert {row["file"] for row in rows} <= {one.id for one in renewal.evidence}


def test_what_waited_long_ago_is_not_on_the_pages_of_a_club_that_writes_at_once(
    club, standing, activity, owner, reviewer, clock
):
    change_activity(activity, owner, name="One")
    change = the_change(club)
    clock.travel_to(standing.listed_until + timedelta(days=1))
    lapse(standing)
    clock.travel_to(standing.listed_until + timedelta(days=92))
    assert wanted_facts(activity, ("name",)) == {"name": "Street Dance Juniors"}
    change_activity(activity, owner, name="Two")
    assert wanted_facts(activity, ("name",)) == {"name": "Two"}
    with pytest.raises(NotAllowedNow):
        accept(change, reviewer, version=change.version)


def test_a_new_activity_that_a_renewal_brings_along_needs_no_change_of_its_own(
    club, standing, activity, owner, reviewer, clock
):
    clock.travel_to(standing.listed_until - timedelta(days=30))
    new = a_new_activity(club, owner)
    renewal = a_renewal(club, owner)
    approve_renewal(renewal, reviewer)
    assert new.state == "live"
    assert set(cards(club)) == {activity.id, new.id}
    assert changes(club, "asked", "waiting", "sent_back") == []
    assert renewal.status == "approved"


def test_a_renewal_does_not_show_an_activity_with_a_new_risk(
    club, standing, activity, owner, reviewer, clock
):
    clock.travel_to(standing.listed_until - timedelta(days=30))
    change_activity(activity, owner, about=about(activity, p_trips=YES))
    approve_renewal(a_renewal(club, owner), reviewer)
    assert activity.state == "waiting"
    assert cards(club) == {}


def test_a_change_that_would_need_a_flag_cleared_is_for_a_senior(
    club, activity, owner, reviewer, senior
):
    assert activity.min_months < 8 * 12
    ages = {**(activity.about.get("p_ages") or {}), "long_stay": "yes"}
    change_activity(activity, owner, about=about(activity, p_ages=ages))
    change = the_change(club, "waiting")
    with pytest.raises(NotAllowedNow, match="A senior can accept it"):
        accept(change, reviewer, version=change.version, reason="They say they are exempt.")
    assert change.state == "waiting"
    assert accept(change, senior, version=change.version, reason="Exempt: coaching only.")
