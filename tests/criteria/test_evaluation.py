"""From answers and findings to the four criteria: the vectors of domain A.6.6, and more."""

from datetime import date

import pytest

from registry.criteria.content import Edition
from registry.criteria.evaluation import (
    Finding,
    Level,
    Result,
    applies,
    evaluate,
    finding_choices,
    level,
    needs_reason,
    offers_partly,
    profile_questions,
    risk_check_ok_until,
    risk_files,
    two_people_reasons,
    wording,
)
from registry.demonstration.answers import (
    KINDS,
    good_activity_profile,
    good_answers,
    good_profile,
)

MET, PARTLY, NOT_MET = Result.MET, Result.PARTLY, Result.NOT_MET
NA, OPEN = Result.NA, Result.UNANSWERED
FOUR = {"safeguarding", "recruitment", "health_and_safety", "equality"}


@pytest.mark.parametrize("which", ["dance", "coach", "chess", "madrasah"])
def test_the_ready_clubs_meet_everything(clubs, which):
    club = clubs[which]
    evaluation = club.as_it_sees_itself()
    assert set(evaluation.criteria) == FOUR
    assert set(evaluation.criteria.values()) == {MET}
    assert {one.result for one in evaluation.questions.values()} == {MET, NA}
    assert evaluation.unanswered == evaluation.missing == evaluation.improvement_actions == ()
    found = club.as_found(club.agreed())
    assert found.may_be_approved


@pytest.mark.parametrize("which", ["dance", "coach", "chess", "madrasah"])
def test_the_ready_answers_answer_nothing_that_is_not_asked(clubs, which):
    club = clubs[which]
    asked = {one.key for one in club.edition if applies(one, club.profile)}
    assert set(club.answers) == asked


def test_an_unknown_kind_of_club_is_refused():
    assert set(KINDS) == {"large", "lone_paid", "small_volunteers", "madrasah"}
    for ask in (
        good_profile,
        good_activity_profile,
        lambda kind: good_answers(kind, file_id=1, today=date(2026, 1, 1), activity_ids=[1]),
    ):
        with pytest.raises(ValueError):
            ask("circus")


# The vectors.


def test_v1_good_practice_not_met_never_blocks_and_becomes_actions(dance):
    dance.answer("sg_code", said="no")
    dance.answer("hs_public", said="no")
    dance.answer("eq_groups", ticked=["age"])
    evaluation = dance.as_found(dance.agreed())
    assert set(evaluation.criteria.values()) == {MET}
    assert evaluation.may_be_approved
    assert evaluation.improvement_actions == ("sg_code", "hs_public", "eq_groups")


def test_v2_one_core_question_partly_makes_its_criterion_partly(dance):
    dance.say("hs_incident", said="partly")
    evaluation = dance.as_found(dance.agreed())
    assert evaluation.criteria["health_and_safety"] is PARTLY
    assert [key for key, one in evaluation.criteria.items() if one is not MET] == [
        "health_and_safety"
    ]
    assert not evaluation.may_be_approved


def test_v3_one_core_question_unanswered_is_named_and_its_criterion_not_met(dance):
    del dance.answers["sg_adults"]
    evaluation = dance.as_it_sees_itself()
    assert evaluation.criteria["safeguarding"] is NOT_MET
    assert evaluation.missing == evaluation.unanswered == ("sg_adults",)


def test_v4_a_law_that_does_not_apply_does_not_block(dance, chess):
    question = dance.edition.question("sr_refer")
    dance.answer("sr_refer", said="no")
    assert level(question, dance.profile, dance.answers) is Level.LAW
    assert dance.as_found(dance.agreed()).criteria["recruitment"] is NOT_MET
    dance.answer("sr_dbs_done", need=0, have=0)
    assert level(question, dance.profile, dance.answers) is Level.GOOD
    evaluation = dance.as_found(dance.agreed())
    assert evaluation.criteria["recruitment"] is MET
    assert evaluation.improvement_actions == ("sr_refer",)
    assert chess.suggested("hs_employers") is NA


def test_v5_na_that_the_profile_does_not_derive_is_unanswered(dance):
    findings = dance.agreed()
    findings["sr_steps"] = Finding(NA, "not for them", MET)
    evaluation = dance.as_found(findings)
    assert evaluation.questions["sr_steps"].result is OPEN
    assert evaluation.criteria["recruitment"] is NOT_MET
    for forged in ({"na": "yes"}, {"said": "na"}, {"result": "na"}, {"said": ["na"]}):
        dance.answer("sr_steps", **forged)
        assert dance.suggested("sr_steps") is OPEN


def test_v5_open_access_youth_work_needs_its_reason(dance):
    dance.answer("hs_info", said="no", open_access="yes")
    assert dance.suggested("hs_info") is OPEN
    findings = dance.agreed()
    findings["hs_info"] = Finding(NA, "youth work", OPEN)
    assert dance.as_found(findings).questions["hs_info"].result is OPEN
    dance.say("hs_info", reason="Young people drop in", plan="We call 999 and their own phone")
    assert dance.suggested("hs_info") is NA
    evaluation = dance.as_found(dance.agreed())
    assert evaluation.questions["hs_info"].result is NA
    assert evaluation.may_be_approved


def test_v6_a_finding_of_not_met_wins_over_a_yes_and_both_are_kept(dance):
    findings = dance.agreed()
    findings["sg_steps"] = Finding(NOT_MET, "The steps are another club’s", MET)
    outcome = dance.as_found(findings).questions["sg_steps"]
    assert (outcome.suggested, outcome.finding.result, outcome.result) == (MET, NOT_MET, NOT_MET)
    assert needs_reason(MET, NOT_MET)
    assert not needs_reason(MET, MET)


def test_v7_a_reviewer_may_find_met_what_the_club_denied(dance):
    dance.answer("sg_adults", said="no")
    findings = dance.agreed()
    findings["sg_adults"] = Finding(MET, "It stands on page 4 of the plan", NOT_MET)
    evaluation = dance.as_found(findings)
    assert evaluation.questions["sg_adults"].result is MET
    assert evaluation.may_be_approved
    assert needs_reason(NOT_MET, MET)


def test_v11_the_rules_run_again_on_the_day_of_the_decision(dance):
    dance.answer("sg_review_date", date="2025-11-24")
    submitted, last_day, over = date(2026, 11, 20), date(2026, 11, 24), date(2026, 11, 25)
    findings = dance.agreed(submitted)
    assert findings["sg_review_date"].suggested is MET
    assert dance.as_found(findings, last_day).may_be_approved
    late = dance.as_found(findings, over)
    assert late.questions["sg_review_date"].result is NOT_MET
    assert late.criteria["safeguarding"] is NOT_MET
    assert not late.may_be_approved


def test_v11_a_reason_given_for_another_suggestion_does_not_carry_over(dance):
    """Found met although partly was suggested; meanwhile it has become not met."""
    dance.say("sg_lead_training", date="2023-11-30")
    findings = dance.agreed(date(2026, 11, 22))
    assert findings["sg_lead_training"].suggested is PARTLY
    findings["sg_lead_training"] = Finding(MET, "A newer course is on page 9", PARTLY)
    assert dance.as_found(findings, date(2026, 11, 30)).may_be_approved
    assert not dance.as_found(findings, date(2026, 12, 1)).may_be_approved


def test_v12_someone_alone_with_a_check_only_asked_for_cannot_be_approved(coach):
    coach.say("sr_lone", choice="applied")
    evaluation = coach.as_found(coach.agreed())
    assert evaluation.criteria["recruitment"] is PARTLY
    assert not evaluation.may_be_approved


# How findings count.


def test_nothing_may_be_approved_on_what_a_club_says_of_itself(dance):
    evaluation = dance.as_it_sees_itself()
    assert set(evaluation.criteria.values()) == {MET}
    assert not evaluation.may_be_approved


def test_a_question_without_a_finding_is_open(dance):
    findings = dance.agreed()
    del findings["eq_bully"]
    evaluation = dance.as_found(findings)
    assert evaluation.unanswered == ("eq_bully",)
    assert not evaluation.may_be_approved
    assert dance.as_found({}).missing[0] == "sg_policy"


def test_a_finding_of_partly_where_it_is_not_offered_is_not_met(dance):
    assert not offers_partly(dance.edition.question("sg_review_date"))
    findings = dance.agreed()
    findings["sg_review_date"] = Finding(PARTLY, "nearly", MET)
    assert dance.as_found(findings).questions["sg_review_date"].result is NOT_MET


def test_a_reviewer_chooses_only_from_findings_that_can_count(dance):
    def choices(key):
        return finding_choices(dance.edition.question(key), dance.suggested(key))

    assert choices("sg_steps") == (MET, PARTLY, NOT_MET)
    assert choices("sg_review_date") == (MET, NOT_MET)
    dance.answer("hs_info", said="no", open_access="yes", reason="Drop in", plan="Call 999")
    assert choices("hs_info") == (MET, PARTLY, NOT_MET, NA)
    assert dance.as_it_sees_itself().questions["hs_info"].applies
    assert not dance.as_it_sees_itself().questions["sr_lone"].applies


def test_a_finding_on_a_question_that_is_not_asked_changes_nothing(chess):
    findings = chess.agreed()
    findings["hs_employers"] = Finding(NOT_MET, "no paper", NA)
    evaluation = chess.as_found(findings)
    assert evaluation.questions["hs_employers"].result is NA
    assert evaluation.may_be_approved


def test_one_not_met_outweighs_any_partly(dance):
    dance.say("hs_incident", said="partly")
    dance.answer("hs_fire", said="no")
    assert dance.as_found(dance.agreed()).criteria["health_and_safety"] is NOT_MET


def test_good_practice_that_is_open_or_partly_is_an_action_and_blocks_nothing(dance):
    dance.answer("sr_induct", said="partly")
    del dance.answers["eq_date"]
    evaluation = dance.as_found(dance.agreed())
    assert evaluation.improvement_actions == ("sr_induct", "eq_date")
    assert evaluation.unanswered == ("eq_date",)
    assert evaluation.missing == ()
    assert evaluation.may_be_approved


def test_a_criterion_in_which_nothing_that_blocks_applies_is_not_met(dance):
    edition = dance.edition
    without = Edition(
        edition.number,
        edition.adopted_on,
        edition.criteria,
        tuple(one for one in edition if one.criterion != 4 or not one.level.blocks),
        edition.profile_questions,
        edition.declaration,
        edition.you_will_need,
    )
    evaluation = evaluate(without, dance.profile, dance.answers, dance.agreed(), dance.today)
    assert evaluation.criteria["equality"] is NOT_MET
    assert not evaluation.may_be_approved


# What is asked of whom.


def asked_of(club):
    return {one.key for one in club.edition if applies(one, club.profile)}


def test_one_club_sees_at_most_so_many_questions(clubs, madrasah):
    for club in clubs.values():
        counts = [
            sum(applies(one, club.profile) for one in club.edition.questions_of(number))
            for number in (1, 2, 3, 4)
        ]
        assert all(a <= b for a, b in zip(counts, (10, 9, 11, 9), strict=True))


def test_someone_alone_is_asked_the_short_set_of_criterion_2(coach):
    asked = asked_of(coach)
    assert {key for key in asked if key.startswith("sr_")} == {"sr_lone", "sr_records", "sr_future"}
    assert "sg_lone_contact" in asked
    assert not asked & {"sg_lead", "eq_learn", "hs_employers"}


def test_a_group_is_asked_the_full_set(chess):
    asked = asked_of(chess)
    assert len({key for key in asked if key.startswith("sr_")}) == 9
    assert "sg_lead" in asked
    assert not asked & {"sg_lone_contact", "sr_lone", "sr_future"}


@pytest.mark.parametrize(
    ("flag", "opens"),
    [
        ("p_online", {"sg_online"}),
        ("p_trips", {"sg_away", "hs_special"}),
        ("p_transport", {"sg_away"}),
        ("p_overnight", {"sg_away", "hs_special"}),
        ("p_oneone", {"sg_away"}),
        ("p_care", {"sg_away"}),
    ],
)
def test_a_flag_of_one_activity_opens_its_questions_for_the_organisation(chess, flag, opens):
    before = asked_of(chess)
    chess.tick(flag, said="yes")
    assert asked_of(chess) - before == opens
    chess.activities[0]["status"] = "paused"
    assert asked_of(chess) - before == opens, "a pause makes no question go away"
    chess.activities[0]["status"] = "ended"
    assert asked_of(chess) == before


def test_rules_for_trips_alone_are_good_practice(chess):
    question = chess.edition.question("sg_away")
    chess.tick("p_trips", said="yes")
    assert level(question, chess.profile, {}) is Level.GOOD
    chess.tick("p_care", said="yes")
    assert level(question, chess.profile, {}) is Level.CORE
    chess.tick("p_trips", said="no")
    assert level(question, chess.profile, {}) is Level.CORE


def test_the_help_names_only_what_was_ticked(chess):
    question = chess.edition.question("sg_away")
    chess.tick("p_trips", said="yes")
    chess.tick("p_oneone", said="yes")
    words = wording(question, chess.profile)
    assert words.text == question.text
    assert words.help.startswith("You ticked: trips, one-to-one. Tell us how parents agree first.")


def test_someone_alone_is_asked_about_their_own_training(coach, chess):
    question = coach.edition.question("sg_lead_training")
    assert wording(question, coach.profile).text == "When did you last do safeguarding training?"
    assert wording(question, chess.profile).text == question.text


def test_the_profile_asks_only_what_fits(coach, chess, dance):
    def keys(club):
        return {one.key for one in profile_questions(club.edition, "organisation", club.profile)}

    helpers = {"p_paid", "p_vols", "p_young_help"}
    assert "p_solo_type" in keys(coach)
    assert not keys(coach) & (helpers | {"p_employees"})
    assert helpers <= keys(chess)
    assert not keys(chess) & {"p_solo_type", "p_employees"}
    assert "p_employees" in keys(dance)
    assert len(profile_questions(dance.edition, "activity", dance.profile)) == 8


# What follows for listings and signatures.


def test_a_risk_check_holds_for_twelve_months_from_its_own_date(dance):
    dance.say("hs_ra_all", rows=[{"activity_id": 1, "file": 5}, {"activity_id": 2, "file": 6}])
    dance.say("hs_ra_date", rows=[{"file": 5, "checked_on": "2026-02-28"}])
    assert risk_check_ok_until(dance.answers, 1) == date(2027, 2, 28)
    assert risk_check_ok_until(dance.answers, 2) is None
    assert risk_check_ok_until(dance.answers, 3) is None
    assert risk_check_ok_until(None, 1) is None
    assert risk_files(dance.profile, dance.answers) == (5, 6)


def test_two_people_sign_for_nights_care_and_one_to_one_with_under_16s(chess):
    assert two_people_reasons(chess.profile) == ()
    chess.tick("p_overnight", said="yes")
    chess.tick("p_care", said="yes")
    chess.tick("p_oneone", said="yes")
    assert two_people_reasons(chess.profile) == ("overnight", "personal_care", "one_to_one")
    chess.tick("p_ages", youngest=16, oldest=19)
    assert two_people_reasons(chess.profile) == ("overnight", "personal_care")
    chess.activities[0]["profile"].pop("p_ages")
    assert "one_to_one" in two_people_reasons(chess.profile), "an age not told counts as young"
    chess.activities[0]["status"] = "ended"
    assert two_people_reasons(chess.profile) == ()
