"""The pages of changes, as the club and the council go through them."""

import pytest

from registry.assessments.models import Change
from registry.changes import services
from registry.database import db
from registry.organisations.services import change_activity
from tests.changes.story import cards, changes, the_change
from tests.changes.test_keeping import a_new_activity
from tests.factories import PASSWORD
from tests.files.specimens import a_pdf

QUEUE = "/council/changes"


@pytest.fixture
def visit(new_visitor):
    """Somebody with a browser of their own, signed in."""

    def sign_in(account):
        email = account.email
        db.session.commit()
        visitor = new_visitor()
        visitor.sign_in(email, PASSWORD)
        return visitor

    return sign_in


@pytest.fixture
def desk(club):
    """Where the club's pages begin."""
    return f"/club/{club.id}"


def fresh(club, *states):
    db.session.expire_all()
    return the_change(club, *states)


def test_a_new_name_goes_from_the_page_to_the_queue_and_onto_the_list(
    club, activity, owner, reviewer, visit, desk
):
    number = activity.id
    at_club, at_council = visit(owner), visit(reviewer)
    page = at_club.get(f"{desk}/activities/{number}/what")
    assert "The council reads a new name first" in page.main
    page = (
        page.form("Save and continue")
        .fill({"name": "Street Dance Stars"})
        .submit("Save and continue")
    )
    assert "families see what they saw before" in page.text
    assert cards(club)[number]["name"] == "Street Dance Juniors"
    # The form says what the club wants, and that it waits.
    page = at_club.get(f"{desk}/activities/{number}/what")
    assert page.form("Save and continue").fields["name"] == "Street Dance Stars"
    assert "The council is reading this change" in page.main
    queue = at_council.get(QUEUE)
    assert "1 change waits" in queue.main
    page = queue.follow("Kingfisher Dance Project")
    assert "Street Dance Juniors" in page.main
    assert "Street Dance Stars" in page.main
    done = page.form("Accept").submit("Accept")
    assert "Accepted. Kingfisher Dance Project has been told." in done.text
    assert cards(club)[number]["name"] == "Street Dance Stars"
    assert (
        "The council accepted it"
        in at_club.get(f"{desk}/changes")
        .follow("Street Dance Stars: the name of the activity")
        .main
    )


def test_a_decision_on_an_older_version_shows_what_was_altered_and_loses_nothing(
    club, activity, owner, reviewer, visit
):
    change_activity(activity, owner, name="One")
    number = the_change(club).id
    page = visit(reviewer).get(f"{QUEUE}/{number}")
    form = page.form("Accept").fill({"words": "Write it in full."})
    change_activity(activity, owner, name="Two")
    db.session.commit()
    answer = form.submit("Accept")
    assert answer.status == 409
    assert "The club has altered this since you opened it" in answer.main
    assert "You read" in str(answer.tables)
    assert [row for table in answer.tables for row in table if "One" in row and "Two" in row]
    assert answer.form("Accept").fields["words"] == "Write it in full."
    assert fresh(club).state == "waiting"
    assert "Accepted" in answer.form("Accept").submit("Accept").text
    assert fresh(club).after == {"name": "Two"}


def test_sending_back_needs_words_and_the_club_reads_them(
    club, activity, owner, reviewer, visit, desk
):
    change_activity(activity, owner, name="The Safe Club")
    number = the_change(club).id
    at_council, at_club = visit(reviewer), visit(owner)
    page = at_council.get(f"{QUEUE}/{number}").form("Accept").submit("Send back to the club")
    assert page.status == 422
    assert "Write what the club has to mend" in " ".join(page.errors) + page.main
    page = page.form("Accept").fill({"words": "Leave out the word safe."})
    assert "Sent back" in page.submit("Send back to the club").text
    page = at_club.get(f"{desk}/changes/{number}")
    assert "Leave out the word safe." in page.main
    assert "Take it back" in page.buttons
    assert "Change it" in page.links
    page = page.press("Take it back")
    assert "You have taken it back" in page.text
    assert fresh(club).state == "taken_back"


def test_a_risk_check_is_sent_from_its_page_and_the_reviewer_reads_the_paper(
    club, activity, owner, reviewer, visit, desk
):
    new = a_new_activity(club, owner, p_risk={"ticked": ["trampoline_gym"]})
    number = new.id
    at_club, at_council = visit(owner), visit(reviewer)
    page = at_club.get(f"{desk}/activities/{number}").follow("Send its risk check")
    page = page.form("Send it to the council").submit("Send it to the council")
    assert page.status == 422
    assert page.errors
    form = page.form("Send it to the council").fill(
        {"paper": ("Trampolines.pdf", a_pdf("Trampolines", "Nets on every side"))}
    )
    # The day is missing: the paper is kept all the same.
    page = form.submit("Send it to the council")
    assert page.status == 422
    assert "We kept your file Trampolines.pdf" in page.main
    form = page.form("Send it to the council").fill(
        {"checked_on-day": "2", "checked_on-month": "11", "checked_on-year": "2026"}
    )
    page = form.submit("Send it to the council")
    assert "Sent. The council reads it" in page.text
    assert "Licence, training or extra plan" in page.main
    change = next(one for one in changes(club) if one.kind == "new_activity")
    assert change.state == "waiting"
    read = at_council.get(f"{QUEUE}/{change.id}")
    assert "Nets on every side" in read.main
    assert "Bounce with us." in read.main
    assert "With this, the rules would not find every point met" in read.main


def test_an_answer_is_sent_from_its_page(club, activity, owner, reviewer, visit, desk):
    new = a_new_activity(club, owner, p_risk={"ticked": ["trampoline_gym"]})
    from tests.changes.story import send_risk_check

    send_risk_check(new, owner)
    asked = the_change(club, "asked")
    at_club = visit(owner)
    page = at_club.get(f"{desk}/changes").follow("Licence, training or extra plan")
    page = page.follow("Send it")
    page = page.form("Send it to the council").submit("Send it to the council")
    assert page.status == 422
    form = page.form("Send it to the council").fill({"trampoline_gym": "British Gymnastics 2"})
    assert "Sent." in form.submit("Send it to the council").text
    db.session.expire_all()
    sent = db.session.get_one(Change, asked.id)
    assert sent.state == "waiting"
    assert sent.after["trampoline_gym"] == "British Gymnastics 2"


def test_what_went_live_is_looked_over_or_taken_down(club, activity, owner, reviewer, visit):
    change_activity(activity, owner, summary="Something rude.")
    first = the_change(club).id
    number = activity.id
    at_council = visit(reviewer)
    queue = at_council.get(QUEUE)
    assert "Something rude." in queue.main
    page = at_council.get(f"{QUEUE}/{first}")
    form = page.form("Take it down now").fill({"words": "Please keep it kind."})
    assert "Taken down." in form.submit("Take it down now").text
    assert cards(club)[number]["summary"] == "Street dance for beginners."
    change_activity(activity, owner, summary="Something kind.")
    db.session.commit()
    page = at_council.get(QUEUE).press("Looked at Street Dance Juniors: words about the activity")
    assert "Looked at. It stays as it is." in page.text
    assert "Nothing new went live." in page.main


def test_a_linked_reviewer_sees_none_of_it(club, activity, owner, visit):
    from registry.clock import now
    from registry.organisations.models import DeclaredLink
    from tests.factories import a_person

    change_activity(activity, owner, name="Ours", summary="New words.")
    linked = a_person("Linked", "reviewer")
    club.declared_links.append(
        DeclaredLink(account_id=linked.id, organisation_id=club.id, declared_at=now())
    )
    numbers = [one.id for one in changes(club)]
    visitor = visit(linked)
    queue = visitor.get(QUEUE)
    assert "Kingfisher" not in queue.main
    assert "0 changes wait" in queue.main
    for number in numbers:
        assert visitor.get(f"{QUEUE}/{number}").status == 404
        assert visitor.get(f"{QUEUE}/{number}/decide").status == 404


def test_a_senior_signs_what_a_reviewer_recommended(club, activity, owner, reviewer, senior, visit):
    about = {**activity.about, "p_overnight": {"said": "yes"}}
    change_activity(activity, owner, about=about)
    number = the_change(club, "waiting").id
    at_council, senior_there = visit(reviewer), visit(senior)
    page = at_council.get(f"{QUEUE}/{number}")
    assert "A senior signs" in page.main
    page = page.form("Recommend").fill({"reason": "Their plan is good."}).submit("Recommend")
    assert "A senior needs to sign this one" in page.text
    assert "Accept" not in at_council.get(f"{QUEUE}/{number}").buttons
    page = senior_there.get(f"{QUEUE}/{number}")
    assert "Their plan is good." in page.main
    page = page.form("Accept").fill({"reason": "I agree."}).submit("Accept")
    assert "Accepted" in page.text


def test_a_member_sees_what_waits_and_cannot_send_an_answer(club, owner, member, visit, desk):
    services.tell(club, owner, "sg_lead", {"said": "no"})
    number = the_change(club).id
    visitor = visit(member)
    page = visitor.get(f"{desk}/changes/{number}")
    assert "Only an owner can send this." in page.main
    assert page.buttons == [one for one in page.buttons if one != "Take it back"]
    assert visitor.get(f"{desk}/changes/{number}/answer").status == 403
    assert visitor.post(f"{desk}/changes/{number}/take-back").status == 403


def test_a_new_risk_is_told_with_the_day_from_which_it_is_true(club, activity, owner, visit, desk):
    number = activity.id
    visitor = visit(owner)
    page = visitor.get(f"{desk}/activities/{number}/safety")
    assert "If any of this is new: from which day?" in page.main
    page = (
        page.form("Save and continue")
        .fill(
            {
                "p_trips__said": "yes",
                "begins_on-day": "1",
                "begins_on-month": "6",
                "begins_on-year": "2027",
            }
        )
        .submit("Save and continue")
    )
    assert "The council reads this first" in page.text
    assert set(cards(club)) == {number}
    assert fresh(club, "waiting").begins_on.isoformat() == "2027-06-01"


def test_two_people_at_once_lose_nothing(club, activity, owner, member, visit, desk):
    number = activity.id
    one, other = visit(owner), visit(member)
    first = one.get(f"{desk}/activities/{number}/what").form("Save and continue")
    second = other.get(f"{desk}/activities/{number}/what").form("Save and continue")
    first.fill({"name": "One"}).submit("Save and continue")
    page = second.fill({"name": "Two"}).submit("Save and continue")
    assert page.status == 409
    assert "One" in page.main
    assert page.form("Save and continue").fields["name"] == "Two"
    assert fresh(club).after == {"name": "One"}
