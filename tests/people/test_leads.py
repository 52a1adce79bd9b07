"""The safeguarding lead says that they are it, by a link that only their mailbox has."""

from collections.abc import Callable

from flask import Flask

from registry.assessments import services as assessments
from registry.assessments.models import Assessment
from registry.changes import services as changes
from registry.database import db
from registry.people import services
from registry.people.queries import lead_of
from tests import factories as make
from tests.page import Visitor
from tests.rigs.letters import Letter, Outbox
from tests.rigs.travelling import Clock

WHO = {"name": "Nadia Rahman", "role": "Coach", "email": "Nadia@example.org"}


def lead_in(assessment: Assessment) -> dict[str, str]:
    """The contact that was sent."""
    found: dict[str, str] = assessment.latest_submission.document["answers"]["sg_lead"]["lead"]
    return found


def questions_to(outbox: Outbox, email: str) -> list[Letter]:
    """How often somebody was asked whether they are the lead."""
    return [one for one in outbox.to(email) if "are you the safeguarding lead" in one.subject]


def test_the_lead_who_is_named_in_a_self_check_is_asked_once(app: Flask, outbox: Outbox) -> None:
    sent = make.a_submitted()
    email = lead_in(sent)["email"].lower()
    assert len(questions_to(outbox, email)) == 1
    assessments.take_back(sent, make.owner_of(sent))
    assessments.submit(sent, make.owner_of(sent), declared_name="A Name", declared_role="Secretary")
    assert len(questions_to(outbox, email)) == 1


def test_a_lone_provider_has_no_lead_to_ask(app: Flask) -> None:
    sent = make.a_submitted(plan=make.COACH)
    assert lead_of(sent.organisation_id) is None


def test_the_lead_says_yes_and_the_club_and_the_reviewer_see_it(
    app: Flask, outbox: Outbox, new_visitor: Callable[[], Visitor]
) -> None:
    case = make.in_review(met=False)
    email = lead_in(case)["email"].lower()
    db.session.commit()
    lead, owner, reviewer = new_visitor(), new_visitor(), new_visitor()
    question = f"/council/cases/{case.id}/questions/sg_lead"
    reviewer.sign_in(make.holder_of(case).email)
    assert "No answer yet" in reviewer.get(question).main
    link = questions_to(outbox, email)[-1].link("/lead/")
    page = lead.get(link)
    assert page.h1 == "Are you the safeguarding lead?"
    assert not services.lead_confirmed(case.organisation_id, email)  # looking is not answering
    page = page.press("Yes, I am the lead")
    assert page.h1 == "Thank you"
    assert services.lead_confirmed(case.organisation_id, email)
    assert lead.get(link).status == 404
    owner.sign_in(make.owner_of(case).email)
    assert "The lead said yes" in owner.get(f"/club/{case.organisation_id}/people").main
    assert "Said yes" in reviewer.get(question).main


def test_this_is_not_me_tells_the_owners_and_can_be_asked_again(
    app: Flask, outbox: Outbox, new_visitor: Callable[[], Visitor]
) -> None:
    case = make.in_review(met=False)
    owner, email = make.owner_of(case), lead_in(case)["email"].lower()
    db.session.commit()
    lead = new_visitor()
    lead.get(questions_to(outbox, email)[-1].link("/lead/")).press("This is not me")
    assert "this is not me" in outbox.latest(owner.email).subject.lower()
    assert not services.lead_confirmed(case.organisation_id, email)
    reviewer, ours = new_visitor(), new_visitor()
    reviewer.sign_in(make.holder_of(case).email)
    assert "This is not me" in reviewer.get(f"/council/cases/{case.id}/questions/sg_lead").main
    ours.sign_in(owner.email)
    page = ours.get(f"/club/{case.organisation_id}/people").press("Ask again")
    assert "We have written to your lead again" in page.text
    assert len(questions_to(outbox, email)) == 2


def test_another_lead_is_another_question_and_the_one_before_counts_for_nothing(
    app: Flask, outbox: Outbox
) -> None:
    club = make.a_club()
    services.name_lead(club, WHO)
    db.session.commit()
    services.answer_as_lead(outbox.latest("nadia@example.org").link("/lead/")[-64:], True)
    services.name_lead(club, {"name": "Sam Okafor", "email": "sam@example.org"})
    db.session.commit()
    assert lead_of(club.id).name == "Sam Okafor"
    assert not services.lead_confirmed(club.id, "sam@example.org")
    assert services.lead_confirmed(club.id, " NADIA@example.org")
    services.name_lead(club, WHO)  # she is back, and has said yes before
    assert lead_of(club.id).answer == "yes"


def test_a_lead_without_an_address_is_named_and_not_asked(
    app: Flask, outbox: Outbox, client: Visitor
) -> None:
    club = make.a_club()
    services.name_lead(club, {"name": "Nadia Rahman", "phone": "01632 960111"})
    db.session.commit()
    assert outbox.waiting == []
    client.sign_in(make.owner_of(club).email)
    assert "no email address" in client.get(f"/club/{club.id}/people").main


def test_a_new_lead_who_is_named_on_the_list_is_asked_and_the_reviewer_of_the_change_sees_it(
    app: Flask, outbox: Outbox, new_visitor: Callable[[], Visitor]
) -> None:
    listed = make.an_approved()
    club, owner, reviewer = listed.organisation, make.owner_of(listed), make.a_reviewer()
    answer = listed.latest_submission.document["answers"]["sg_lead"]
    change = changes.tell(club, owner, "sg_lead", {**answer, "lead": WHO})
    db.session.commit()
    lead, theirs = new_visitor(), new_visitor()
    theirs.sign_in(reviewer.email)
    page = f"/council/changes/{change.id}"
    assert "No answer yet" in theirs.get(page).main
    lead.get(questions_to(outbox, "nadia@example.org")[-1].link("/lead/")).press(
        "Yes, I am the lead"
    )
    assert "Said yes" in theirs.get(page).main


def test_a_club_that_names_one_lead_after_the_other_writes_to_five_a_day(
    app: Flask, outbox: Outbox, client: Visitor
) -> None:
    club = make.a_club()
    for number in range(7):
        services.name_lead(club, {"name": "A Lead", "email": f"lead{number}@example.org"})
    db.session.commit()
    assert outbox.waiting == ["club/lead"] * 5
    client.sign_in(make.owner_of(club).email)
    page = client.get(f"/club/{club.id}/people")
    assert "We have not written to the lead yet" in page.main
    page.press("Send the message")
    assert outbox.latest("lead6@example.org")


def test_a_helper_does_not_read_who_the_lead_is(app: Flask, client: Visitor) -> None:
    club = make.a_club()
    services.name_lead(club, WHO)
    helper = make.a_member(club)
    db.session.commit()
    client.sign_in(helper.email)
    page = client.get(f"/club/{club.id}/people")
    assert "We wrote to the lead" in page.main
    assert "Nadia" not in page.main


def test_a_link_to_a_lead_ends_after_60_days(
    app: Flask, outbox: Outbox, client: Visitor, clock: Clock
) -> None:
    services.name_lead(make.a_club(), WHO)
    db.session.commit()
    link = outbox.latest("nadia@example.org").link("/lead/")
    clock.move(days=61)
    assert client.get(link).status == 404
    assert client.post(link, {"answer": "yes"}).status == 404
