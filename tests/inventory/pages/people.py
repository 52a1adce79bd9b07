"""Who comes to a club, hands it over, and goes."""

from io import BytesIO

from flask import Flask

from registry.accounts import services as accounts
from registry.database import db
from registry.leaving.services import close_organisation
from registry.organisations.models import Organisation
from registry.people import services as people
from registry.people.models import HandOver
from tests import factories as make
from tests.files.specimens import a_pdf
from tests.inventory.pages.row import Row, World, press
from tests.rigs.letters import Outbox
from tests.rigs.travelling import Clock


def people_world(app: Flask, outbox: Outbox) -> World:
    """Clubs whose people come and go, and what the council is asked about an owner."""
    world = World()
    world.person("reviewer", make.a_reviewer())
    world.person("auditor", make.a_person("Bea Stone", "auditor"))
    world.club("alone", make.a_club(make.CHESS))
    _people_who_come(world, outbox)
    _leads(world, outbox)
    offered = make.a_club()
    world.club("offered", offered)
    taker = make.a_member(offered)
    world.person("taker", taker)
    people.offer_place(offered, make.owner_of(offered), taker.id)
    past = Clock()
    past.move(days=-30)
    over = _asked(make.a_club())
    settled = _asked(make.a_club())
    people.object_to_hand_over(settled.organisation, make.owner_of(settled.organisation))
    past.come_home()
    asked = _asked(make.a_club())
    world.club("asked", asked.organisation)
    world.person("asker", asked.taker)
    world.person("another", make.a_member(asked.organisation))
    closed = make.a_club()
    close_organisation(closed, make.owner_of(closed))
    world.club("shut", closed)
    world.names |= {"over": over.id, "settled": settled.id, "early": asked.id}
    person = make.a_person("Marcia Bent", email="marcia@example.org")
    db.session.commit()
    accounts.ask_for_new_email(person, "new@example.org", make.PASSWORD)
    db.session.commit()
    letter = outbox.latest("new@example.org")
    world.names["new_email"] = letter.link("/account/email").rpartition("/")[2]
    return world


def _people_who_come(world: World, outbox: Outbox) -> None:
    """A club with a helper, with invitations to somebody new, somebody known, and one too old."""
    club = make.a_club(make.COACH)
    world.club("club", club)
    helper = make.a_member(club)
    world.person("helper", helper)
    world.names["helper_id"] = helper.id
    known = make.a_person("Sam Okafor", email="sam@example.org")
    world.person("known", known)
    past = Clock()
    past.move(days=-20)
    people.invite_person(club, make.owner_of(club), email="old@example.org", role="member")
    past.come_home()
    for name, email in (("new", "dawn@example.org"), ("known", known.email)):
        people.invite_person(club, make.owner_of(club), email=email, role="owner")
        db.session.commit()
        letter = outbox.latest(email)
        world.names[f"invites_{name}"] = letter.link("/invitation").rpartition("/")[2]


def _leads(world: World, outbox: Outbox) -> None:
    """Leads who said yes, who said no, who did not answer, and who cannot be asked."""
    for name in ("yes", "no", "silent", "called"):
        club = make.a_club()
        world.club(f"lead_{name}", club)
        email = "" if name == "called" else f"{name}@example.org"
        people.name_lead(club, {"name": "Nadia Rahman", "email": email, "phone": "01632 960111"})
        db.session.commit()
        if email:
            word = outbox.latest(email).link("/lead/").rpartition("/")[2]
            world.names[f"word_{name}"] = word
            if name != "silent":
                people.answer_as_lead(word, name == "yes")


def _asked(club: Organisation) -> HandOver:
    return people.ask_for_place(
        club,
        make.a_member(club),
        reason="Our secretary moved away.\nNobody can reach her.",
        proof=BytesIO(a_pdf("Minutes")),
        filename="minutes.pdf",
    )


_PEOPLE = "/club/{club}/people"
_LEADS = ("yes", "no", "silent", "called")
PEOPLE = (
    Row("people", "club", _PEOPLE),
    Row("people-for-a-helper", "helper", _PEOPLE),
    Row("people-alone", "alone", "/club/{alone}/people"),
    Row("people-closed", "shut", "/club/{shut}/people"),
    *(Row(f"people-lead-{one}", f"lead_{one}", f"/club/{{lead_{one}}}/people") for one in _LEADS),
    Row("people-offered", "offered", "/club/{offered}/people"),
    Row("people-offered-to-me", "taker", "/club/{offered}/people"),
    Row("people-asked", "asked", "/club/{asked}/people"),
    Row("people-asked-by-me", "asker", "/club/{asked}/people"),
    Row("people-asked-by-another", "another", "/club/{asked}/people"),
    Row("invite", "club", f"{_PEOPLE}/invite"),
    Row("invite-mistakes", "club", f"{_PEOPLE}/invite", press("Send the invitation"), 422),
    Row("person", "club", f"{_PEOPLE}/{{helper_id}}"),
    Row("remove-person", "club", f"{_PEOPLE}/{{helper_id}}/remove"),
    Row("leave", "helper", f"{_PEOPLE}/leave"),
    Row("leave-last-owner", "alone", "/club/{alone}/people/leave"),
    Row("hand-over", "club", f"{_PEOPLE}/hand-over"),
    Row("hand-over-mistakes", "club", f"{_PEOPLE}/hand-over", press("Ask them"), 422),
    Row("hand-over-to-nobody", "alone", "/club/{alone}/people/hand-over"),
    Row("answer-offer", "taker", "/club/{offered}/people/hand-over/answer"),
    Row("no-offer", "helper", f"{_PEOPLE}/hand-over/answer", status=409),
    Row("owner-gone", "helper", f"{_PEOPLE}/owner-gone"),
    Row(
        "owner-gone-mistakes",
        "helper",
        f"{_PEOPLE}/owner-gone",
        press("Send it to the council"),
        422,
    ),
    Row("owner-gone-asked-already", "another", "/club/{asked}/people/owner-gone"),
    Row("object", "asked", "/club/{asked}/people/owner-gone/object"),
    Row("invitation-new", "nobody", "/invitation/{invites_new}"),
    Row(
        "invitation-new-mistakes",
        "nobody",
        "/invitation/{invites_new}",
        press("Make my account and join"),
        422,
    ),
    Row("invitation-known", "nobody", "/invitation/{invites_known}"),
    Row("invitation-mine", "known", "/invitation/{invites_known}"),
    Row("invitation-of-another", "helper", "/invitation/{invites_known}"),
    Row("invitation-dead-link", "nobody", "/invitation/no-such-link", status=404),
    Row("lead", "nobody", "/lead/{word_silent}"),
    Row("lead-dead-link", "nobody", "/lead/{word_yes}", status=404),
    Row("lead-said-yes", "nobody", "/lead/thank-you?said=yes"),
    Row("lead-said-no", "nobody", "/lead/thank-you?said=no"),
    Row("hand-overs", "reviewer", "/council/hand-overs"),
    Row("hand-over-early", "reviewer", "/council/hand-overs/{early}"),
    Row("hand-over-to-decide", "reviewer", "/council/hand-overs/{over}"),
    Row(
        "hand-over-to-decide-mistakes",
        "reviewer",
        "/council/hand-overs/{over}",
        press("Decide"),
        422,
    ),
    Row(
        "hand-over-too-early",
        "reviewer",
        "/council/hand-overs/{early}",
        press("Decide", decision="confirm", words="The minutes name her."),
        409,
    ),
    Row("hand-over-settled", "reviewer", "/council/hand-overs/{settled}"),
    Row("hand-over-for-an-auditor", "auditor", "/council/hand-overs/{over}"),
    Row("close-organisation", "club", "/club/{club}/close"),
    Row(
        "close-organisation-mistakes",
        "club",
        "/club/{club}/close",
        press("Close it for good"),
        422,
    ),
    Row("closed-already", "shut", "/club/{shut}/close", status=409),
    Row("home-closed-organisation", "shut", "/club/{shut}"),
    Row("download", "club", "/club/{club}/download"),
    Row("name", "helper", "/account/name"),
    Row("name-mistakes", "helper", "/account/name", press("Save", name=""), 422),
    Row("new-email", "helper", "/account/email"),
    Row(
        "new-email-mistakes",
        "helper",
        "/account/email",
        press("Send me a link", email="not an address", current_password="not this one"),
        422,
    ),
    Row("confirm-new-email", "nobody", "/account/email/{new_email}"),
    Row("confirm-new-email-dead-link", "nobody", "/account/email/no-such-link", status=404),
    Row("web-sessions", "helper", "/account/sessions"),
    Row("delete-account", "helper", "/account/delete"),
    Row("delete-account-mistakes", "helper", "/account/delete", press("Delete my account"), 422),
    Row("delete-account-last-owner", "alone", "/account/delete"),
    Row("delete-account-of-a-reviewer", "reviewer", "/account/delete"),
    Row("account-deleted", "nobody", "/account/deleted"),
)
