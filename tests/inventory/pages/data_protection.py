"""The pages of data protection, and of paper and telephone."""

from datetime import timedelta
from io import BytesIO
from typing import Any

from flask import Flask

from registry import clock
from registry.accounts.queries import account_by_email
from registry.assessments import services as assessments
from registry.assisted import services as assisted
from registry.assisted.codes import letter_code
from registry.data_protection import queries
from registry.data_protection.models import LostPaper
from registry.data_protection.services import requests, wrong_files
from registry.database import db
from registry.demonstration import walking
from registry.exporting.models import RegisterExport
from registry.messages.models import Message
from tests import factories as make
from tests.files.specimens import a_pdf
from tests.inventory.pages.row import Row, World, press
from tests.rigs.letters import Outbox


def data_protection_world(app: Flask, outbox: Outbox) -> World:
    """A wrong file, somebody who asks, a club that is being entered, and one that waits."""
    world = World()
    jo, ada = make.a_reviewer(), make.a_person("Ada Lovell", "reviewer")
    for who, account in (
        ("reviewer", jo),
        ("second", ada),
        ("senior", make.a_senior()),
        ("administrator", make.a_person("Ola Adeyemi", "administrator")),
        ("auditor", make.a_person("Bea Stone", "auditor")),
    ):
        world.person(who, account)
    wrong, other = make.in_review(jo, met=False), make.in_review(ada, met=False, plan=make.CHESS)
    world.case("read", other)
    world.names["organisation"] = wrong.organisation_id
    suspect = queries.suspect(wrong.evidence[0].file_id)
    assert suspect is not None
    breach = wrong_files.erase(suspect, jo, "filled_form")
    world.names["breach"] = breach.id
    lost = LostPaper(
        organisation_id=other.organisation_id,
        assessment_id=other.id,
        file_id=other.evidence[0].file_id,
        question_key=other.evidence[0].question_key,
    )
    breach.papers.append(lost)
    db.session.flush()
    world.names["lost"] = lost.id
    asked = requests.open_request(
        make.a_person("Ola Adeyemi", "administrator"),
        kind="access",
        name=make.owner_of(wrong).name,
        reach=make.owner_of(wrong).email,
        words="Everything, please.",
        received_on=clock.today(),
    )
    world.names["request"], world.names["person"] = asked.id, jo.id
    entering = assisted.register_for(
        jo, owner="Pearl Osei", address="4 Foundry Lane\nWV10 0BB", phone="", how="paper",
        club="Foundry Lane Chess",
    )  # fmt: skip
    world.names["entering"] = entering.id
    walking.add_records(entering, jo, make.CHESS)
    draft = assessments.begin(entering, jo)
    walking.answer_profile(draft, jo, make.CHESS)
    policy = ("Plan.pdf", a_pdf("Our plan", "Call 999 or the MASH"))
    walking.answer_questions(draft, jo, make.CHESS, [policy], None)
    entry = assisted.prepare(
        draft, jo, declared_name="Pearl Osei", declared_role="Chair", signed_on=clock.today(),
        declaration=BytesIO(a_pdf("Signed")), filename="declaration.pdf",
    )  # fmt: skip
    world.names["entry"], world.names["file"] = entry.id, entry.declaration_id
    letter = db.session.query(Message).filter_by(template="club/assisted-entry").one()
    world.names["code"] = letter_code(letter.context["seed"])
    assisted.begin_assisting(make.a_club(make.COACH), jo, "telephone")
    world.names["helped"] = make.a_club(make.DANCE).id
    begun = make.a_draft()
    assisted.begin_assisting(begun.organisation, jo, "paper")
    world.names["begun"] = begun.organisation_id
    _copies(world)
    db.session.commit()
    return world


def _copies(world: World) -> None:
    """Copies of the register: one of each state for the auditor, and one of a colleague."""
    auditor = account_by_email(world.people["auditor"])
    colleague = account_by_email(world.people["senior"])
    assert auditor and colleague
    now = clock.now()
    made = {"organisations": 62, "written": 62, "file_name": "x.zip", "size": 48_200}
    states = {
        "ready": {"made_at": now, **made},
        "waiting": {},
        "under_way": {"organisations": 62, "written": 40},
        "failed": {"failed_at": now},
        "deleted": {"made_at": now - timedelta(days=3), "erased_at": now, **made},
    }
    for state, told in states.items():
        world.names[f"copy_{state}"] = _copy(auditor.id, **told)
    _copy(colleague.id, with_contacts=True)


def _copy(account_id: int, **told: Any) -> int:
    told = {"with_contacts": False, "reason": "For the yearly report.", **told}
    export = RegisterExport(asked_by_id=account_id, asked_at=clock.now(), **told)
    db.session.add(export)
    db.session.flush()
    return export.id


NO_DAY = {"posted_on-day": "", "posted_on-month": "", "posted_on-year": ""}
DATA_PROTECTION = (
    Row("copies", "auditor", "/admin/exports"),
    Row("copies-of-an-administrator", "administrator", "/admin/exports"),
    Row("copy-unsaid", "auditor", "/admin/exports", press("Make a copy"), 422),
    Row("copy-ready", "auditor", "/admin/exports/{copy_ready}"),
    Row("copy-waiting", "auditor", "/admin/exports/{copy_waiting}"),
    Row("copy-under-way", "auditor", "/admin/exports/{copy_under_way}"),
    Row("copy-failed", "auditor", "/admin/exports/{copy_failed}"),
    Row("copy-deleted", "auditor", "/admin/exports/{copy_deleted}"),
    Row("wrong-file", "second", "/council/papers/{file}/wrong"),
    Row(
        "wrong-file-unsaid", "second", "/council/papers/{file}/wrong", press("Erase the file"), 422
    ),
    Row("lost-paper", "second", "/council/lost-papers/{lost}"),
    Row("breaches", "auditor", "/admin/breaches"),
    Row("breach", "auditor", "/admin/breaches/{breach}"),
    Row("breach-unsaid", "administrator", "/admin/breaches/{breach}", press("Save"), 422),
    Row("retention", "administrator", "/admin/retention"),
    Row("requests", "administrator", "/admin/data-requests"),
    Row("new-request", "administrator", "/admin/data-requests/new"),
    Row("request-unsaid", "administrator", "/admin/data-requests/new", press("Save"), 422),
    Row("request", "administrator", "/admin/data-requests/{request}"),
    Row(
        "request-mistakes", "administrator", "/admin/data-requests/{request}",
        press("Save", **{"settled_on-day": "31", "settled_on-month": "2"}), 422,
    ),
    Row("subject-access", "administrator", "/admin/subject-access"),
    Row("subject-access-unsaid", "administrator", "/admin/subject-access", press("Look"), 422),
    Row("pack", "administrator", "/admin/subject-access/{request}"),
    Row("reads", "senior", "/admin/reads?q=a"),
    Row("reads-of-club", "senior", "/admin/reads/organisations/{organisation}"),
    Row("reads-of-person", "auditor", "/admin/reads/people/{person}"),
    Row("assisted", "reviewer", "/council/assisted?q=a"),
    Row("assisted-to-confirm", "second", "/council/assisted"),
    Row("assisted-new", "reviewer", "/council/assisted/new"),
    Row(
        "assisted-new-unsaid", "reviewer", "/council/assisted/new",
        press("Save, and enter for them"), 422,
    ),
    Row("assisted-club", "reviewer", "/council/assisted/clubs/{helped}"),
    Row(
        "assisted-club-unsaid", "reviewer", "/council/assisted/clubs/{helped}",
        press("Begin"), 422,
    ),
    Row("assisted-entering", "reviewer", "/council/assisted/clubs/{begun}"),
    Row("assisted-on-the-clubs-pages", "reviewer", "/club/{begun}/self-check"),
    Row("assisted-send", "reviewer", "/council/assisted/clubs/{begun}/send"),
    Row(
        "assisted-send-unsaid", "reviewer", "/council/assisted/clubs/{begun}/send",
        press("Make it ready"), 422,
    ),
    Row("assisted-confirm", "second", "/council/assisted/entries/{entry}"),
    Row(
        "assisted-confirm-unsaid", "second", "/council/assisted/entries/{entry}", press("Save"), 422
    ),
    Row("letters", "reviewer", "/council/letters"),
    Row("letters-unsaid", "reviewer", "/council/letters", press("Save", **NO_DAY), 422),
    Row("letter-code", "nobody", "/letter"),
    Row("letter-code-unsaid", "nobody", "/letter", press("Continue"), 422),
    Row("confirm-by-code", "nobody", "/letter/{code}"),
    Row("letter-code-dead", "nobody", "/letter/ABCD", status=404),
    Row("confirmed", "nobody", "/letter/thank-you?said=yes"),
)  # fmt: skip
