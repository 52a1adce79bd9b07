"""Role by page: the answers of the running application, held against the hand-written table."""

from collections.abc import Callable
from contextvars import Context
from dataclasses import dataclass, field
from io import BytesIO
from urllib.parse import urlsplit

import pytest
from flask import Flask
from sqlalchemy import select

from registry import clock
from registry.accounts.models import Account
from registry.administration.services.editions import begin_draft
from registry.administration.services.notices import put_up
from registry.assessments.models import Assessment, AssistedEntry
from registry.assessments.services import write_note
from registry.changes.services.revising import begin_change, revise
from registry.data_protection.models import DataBreach, DataRequest, LostPaper
from registry.database import db
from registry.demonstration.drawings import drawing
from registry.exporting.services import ask_for_export
from registry.importing.models import ImportRow
from registry.matching.queries import match_between
from registry.merging.services import propose_merge
from registry.messages.models import Message
from registry.organisations import services as organisations
from registry.people import services
from registry.ready_words.queries import words_for
from registry.reviews.models import SecondReading
from registry.web.guard import refuse_unguarded
from tests import factories as make
from tests.files.drawn import draw
from tests.files.specimens import a_pdf
from tests.importing.runs import an_import, came_from
from tests.inventory.access_table import EVERYBODY, HIDDEN, NO, OK, SIGN_IN, TABLE, expected
from tests.inventory.pages.appeals import an_appeal
from tests.inventory.pages.concerns import a_concern, a_proposed_hold
from tests.inventory.pages.council import never_arrived
from tests.page import Visitor

UNKNOWN = {
    "<token>": "no-such-token",
    "<slug>": "no-such-slug",
    "<stamp>": "of-yesterday",
    "<reference>": "no-such-reference",
    "<identifier>": "no-such-identifier",
}
# Pages for everybody that answer “not here” to an address that names nothing, as these do.
NAMES_NOTHING = (
    "/criteria/<number>",
    "/activities/<slug>",
    "/activities/<slug>.ics",
    "/shortlist.ics",
    "/pictures/<string(length=64):sha256>.jpg",
    "/organisations/<slug>",
    "/organisations/<slug>.ics",
    "/verify/<reference>",
    "/badge/<reference>.svg",
    "/oruk/v3/services/<identifier>",
    "/oruk/v3/service_at_locations/<identifier>",
    "/oruk/v3/organizations/<identifier>",
    "/oruk/v3/taxonomies/<identifier>",
    "/oruk/v3/taxonomy_terms/<identifier>",
    "/model-texts/<name>",
    "/confirm/<token>",
    "/reset-password/<token>",
    "/invitation/<token>",
    "/lead/<token>",
    "/account/email/<token>",
    "/letter/<token>",
)
# What takes something away comes after what needs it, and going comes last of all.
LAST = ("/throw-away", "/release", "/end", "/remove", "/leave", "/sign-out")


@dataclass
class World:
    """A club whose case is being read, and everybody who might come to it."""

    assessment: Assessment
    people: dict[str, Account] = field(default_factory=dict)
    names: dict[str, int | str] = field(default_factory=dict)

    def address(self, rule: str) -> str:
        """A real address for a rule of the application."""
        organisation = self.assessment.organisation
        activity = organisation.activities[0]
        names = {
            "<id:organisation_id>": organisation.id,
            "<id:assessment_id>": self.assessment.id,
            "<id:activity_id>": activity.id,
            "<id:venue_id>": organisation.venues[0].id,
            "<session_key>": activity.sessions[0].key,
            "<day>": "2026-12-08",
            "<id:file_id>": self.assessment.evidence[0].file_id,
            "<any(what,who,where,cost,booking,support,safety):page>": "what",
            "<any(weekly,fortnightly,monthly,dates,course,drop_in,all_day):pattern>": "weekly",
            "<page>": "places",
            "<key>.csv": "wards.csv",
            "<key>": "sg_policy",
            "<topic>": "what-to-ask",
            "<flag>": "ofsted_check",
            "<contact_key>": "child",
            "<list_key>": "marks",
            "<taxonomy_key>": "activities",
            "<code>": "bsl",
            "<any(up,down):way>": "down",
            "<any(a,b,c):whom>": "a",
            "<any(pages,activities,organisations):of>-<id:number>": "pages-1",
            "<any(listing,papers,staff):about>": "papers",
            "<any(disable,enable,reset,sign_out,invite_again):act>": "enable",
            "<question_key>": "sg_policy",
            **UNKNOWN,
            **self.names,
        }
        for name, value in names.items():
            rule = rule.replace(name, str(value))
        return rule


@pytest.fixture
def world(app: Flask) -> World:
    """One case of every kind that the addresses need, read by its holder."""
    assessment = make.in_review(plan=make.MADRASAH, met=False)
    linked = make.a_member(assessment.organisation)
    make.give_role(linked, "reviewer")
    people = {
        "stranger": make.a_person(),
        "another owner": make.owner_of(make.a_club(make.CHESS)),
        "owner": make.owner_of(assessment),
        "member": make.a_member(assessment.organisation),
        "holder": make.holder_of(assessment),
        "reviewer": make.a_reviewer(),
        "linked reviewer": linked,
        "senior": make.a_senior(),
        "appeal officer": make.a_person("Kit Moss", "appeal_officer"),
        "administrator": make.a_person("Ola Adeyemi", "administrator"),
        "auditor": make.a_person("Bea Stone", "auditor"),
    }
    club = assessment.organisation
    organisations.set_picture(
        club.activities[0],
        people["owner"],
        alt="A drum",
        stream=BytesIO(drawing("drum")),
        filename="drum.png",
    )
    picture = club.activities[0].picture
    assert picture
    invitation = services.invite_person(
        club, people["owner"], email="invited@example.org", role="member"
    )
    asked = services.ask_for_place(
        club,
        people["member"],
        reason="The owner moved away.",
        proof=BytesIO(a_pdf("Minutes")),
        filename="minutes.pdf",
    )
    change = begin_change(
        assessment,
        people["owner"],
        "question",
        "question",
        question_key=assessment.evidence[0].question_key,
        due_on=clock.today(),
    )
    revise(change, {"said": {"before": None, "after": "yes"}}, people["owner"], "question")
    live = begin_change(assessment, people["owner"], "organisation", "text", state="live")
    reading = SecondReading(assessment_id=assessment.id, why="drawn", drawn_at=clock.now())
    db.session.add(reading)
    db.session.flush()
    note = write_note(assessment, people["holder"], "Seen before.")
    draw(assessment.evidence[0].file.sha256, "Our plan")
    draft = begin_draft(people["administrator"])
    notice = put_up(
        people["administrator"],
        text="We are closed on Friday.",
        kind="information",
        places=["public"],
        from_on=clock.today(),
        until_on=clock.today(),
    )
    two = make.a_club(make.COACH), make.a_club(make.COACH)
    merge = propose_merge(*two, people["administrator"], reason="One club.")
    match = match_between(*(one.id for one in two))
    assert match
    names = {
        "<id:concern_id>": a_concern(club).id,
        "<id:hold_id>": a_proposed_hold(club, make.a_senior()).id,
        "<id:appeal_id>": an_appeal(club, people["owner"], people["appeal officer"]).id,
        "<id:merge_id>": merge.id,
        "<id:match_id>": match.id,
        "<number>": draft.number,
        "<notice_code>": notice,
        "<id:change_id>/look-over": f"{live.id}/look-over",
        "<id:change_id>": change.id,
        "<string(length=64):sha256>": picture["small"],
        "<id:account_id>": make.a_member(club).id,
        "<id:staff_id>": people["reviewer"].id,
        "<id:invitation_id>": invitation.id,
        "<id:hand_over_id>": asked.id,
        "<id:reading_id>": reading.id,
        "<id:number>": 1,
        "<id:note_id>": note.id,
        "<id:proposal_id>": 1,
        "<id:words_id>": words_for("approve")[0].id,
        "<id:message_id>/again": f"{never_arrived(club).id}/again",
        "<id:message_id>": never_arrived(club).id,
        "<id:export_id>": a_copy_for(people["senior"]),
    }
    names |= data_protection_names(assessment) | assisted_names(assessment)
    names |= import_names(assessment, people["administrator"])
    db.session.commit()
    return World(assessment, people, names)


def data_protection_names(assessment: Assessment) -> dict[str, int | str]:
    """A breach of which this club has to be told, and somebody who asks what we hold."""
    file = assessment.evidence[0].file
    breach = DataBreach(
        sha256="0" * 64,
        reason="other",
        organisation_id=assessment.organisation_id,
        found_at=clock.now(),
        found_by_id=make.a_reviewer().id,
        uploaded_at=clock.now(),
    )
    lost = LostPaper(organisation_id=assessment.organisation_id, file_id=file.id, breach=breach)
    asked = DataRequest(
        kind="access",
        name="Pearl Osei",
        reach="pearl@example.org",
        received_on=clock.today(),
        due_on=clock.today(),
        entered_at=clock.now(),
    )
    db.session.add_all([breach, lost, asked])
    db.session.flush()
    return {
        "<id:breach_id>": breach.id,
        "<id:lost_paper_id>": lost.id,
        "<id:request_id>": asked.id,
    }


def a_copy_for(account: Account) -> int:
    """A copy of the register that this person asked for."""
    asked = ask_for_export(account, reason="To look at.", with_contacts=False)
    return asked.id


def import_names(assessment: Assessment, by: Account) -> dict[str, int | str]:
    """An import that is ready, and that made this club."""
    run = an_import(by)
    row = db.session.scalar(select(ImportRow.id).where(ImportRow.run_id == run.id))
    assert row
    db.session.add(came_from(run, assessment.organisation))
    db.session.flush()
    return {"<id:import_id>": run.id, "<id:row_id>": row}


def assisted_names(assessment: Assessment) -> dict[str, int | str]:
    """Something that a colleague entered for this club, and a letter to it."""
    colleague = make.a_reviewer()
    entry = AssistedEntry(
        assessment_id=assessment.id,
        how="paper",
        declared_name="Pearl Osei",
        declared_role="Chair",
        signed_on=clock.today(),
        declaration_id=assessment.evidence[0].file_id,
        prepared_at=clock.now(),
        prepared_by_id=colleague.id,
        entered_by_ids=[colleague.id],
    )
    letter = Message(
        template="club/received",
        recipient="post-1@by-post.invalid",
        context={"name": "Pearl Osei", "organisation": assessment.organisation.name},
        dedupe_key="letter",
        organisation_id=assessment.organisation_id,
        channel="letter",
        queued_at=clock.now(),
        not_before_at=clock.now(),
    )
    db.session.add_all([entry, letter])
    db.session.flush()
    return {"<id:entry_id>": entry.id, "<id:letter_id>": letter.id}


def test_every_address_of_the_application_is_in_the_table(app: Flask) -> None:
    assert {rule.rule for rule in app.url_map.iter_rules()} == set(TABLE)


def test_every_address_takes_exactly_the_methods_of_the_table(app: Flask) -> None:
    taken = {rule.rule: rule.methods or set() for rule in app.url_map.iter_rules()}
    for address, (get, post, _) in TABLE.items():
        assert ("GET" in taken[address], "POST" in taken[address]) == (
            get is not None,
            post is not None,
        ), address


@pytest.mark.parametrize("who", sorted(EVERYBODY))
def test_everybody_gets_the_answers_of_the_table(
    who: str, world: World, new_visitor: Callable[[], Visitor]
) -> None:
    visitor = new_visitor()
    if who != "nobody":
        visitor.sign_in(world.people[who].email)
    addresses = sorted(TABLE, key=lambda rule: (_turn(rule), rule))
    real = {rule: world.address(rule) for rule in addresses}
    wrong = []
    for method in ("GET", "POST"):
        for rule in addresses:
            should = expected(rule, method, who)
            if should is None or (method == "POST" and rule == "/sign-in"):
                continue
            answer = _ask(visitor, method, real[rule])
            if answer != should and not (rule in NAMES_NOTHING and answer == HIDDEN):
                wrong.append(f"{method} {rule}: {answer}, not {should}")
    assert wrong == []


def _turn(rule: str) -> int:
    """When an address is tried: what ends a case or a stay comes last, so that nothing before it
    finds it ended."""
    return next((n for n, end in enumerate(LAST, start=1) if rule.endswith(end)), 0)


def test_a_guard_that_is_taken_away_is_noticed(app: Flask) -> None:
    """Every view declares who it is for; one that does not stops the application from starting."""
    app.view_functions["careless"] = lambda: "for anybody"
    try:
        with pytest.raises(RuntimeError, match="careless"):
            refuse_unguarded(app)
    finally:
        del app.view_functions["careless"]


def _ask(visitor: Visitor, method: str, address: str) -> str:
    """The bare answer; that pages are whole is tried elsewhere."""
    visitor.before()
    send = visitor.raw.get if method == "GET" else visitor.raw.post
    data = {"csrf_token": visitor.token()} if method == "POST" else None
    answer = Context().run(send, address, data=data, base_url=visitor.base_url, buffered=True)
    location = urlsplit(answer.headers.get("Location", "")).path
    if answer.status_code == 303 and location == "/sign-in":
        return SIGN_IN
    return {403: NO, 404: HIDDEN}.get(answer.status_code, OK)
