"""The council's pages about cases and changes."""

from io import BytesIO

from flask import Flask
from werkzeug.datastructures import FileStorage

from registry.accounts.models import Account
from registry.assessments import services
from registry.assessments.models import Assessment
from registry.assessments.services.answers import save_answer
from registry.assessments.services.evidence import add_paper
from registry.database import db
from registry.demonstration import walking
from tests import factories as make
from tests.files.drawn import draw
from tests.files.specimens import a_pdf
from tests.inventory.pages.club import let_changes_wait
from tests.inventory.pages.plans import SOME
from tests.inventory.pages.row import Row, World, press
from tests.rigs.letters import Outbox


def council_world(app: Flask, outbox: Outbox) -> World:
    """A case at each point of its way, with a holder and a senior."""
    world = World()
    holder = make.a_reviewer()
    world.person("holder", holder)
    world.person("senior", make.a_senior())
    world.person("auditor", make.a_person("Bea Stone", "auditor"))
    world.person("idle", make.a_person("Nia Evans", "reviewer"))
    world.case("new", make.a_submitted())
    world.case("unread", make.in_review(holder, met=False))
    world.case("mosque", make.in_review(holder, met=False, plan=make.MADRASAH))
    world.case("read", make.in_review(holder))
    world.case("old_words", _with_old_words(holder))
    world.case("again", _sent_again(holder))
    write_on(world, "unread", holder)
    world.case("sent_back", make.a_returned())
    world.case("to_list", make.a_recommended("approve"))
    world.case("to_refuse", make.a_recommended("refuse"))
    world.case("approved", make.an_approved())
    world.case("suspended", make.a_suspended())
    let_changes_wait(world, make.an_approved(plan=SOME))
    db.session.commit()
    return world


def _with_old_words(holder: Account) -> Assessment:
    """A case with a plan that names what is gone; its owner looked, and sent it all the same."""
    case = make.complete(make.a_draft())
    owner = make.owner_of(case)
    sent = FileStorage(
        BytesIO(a_pdf("Call the WSCB, as in Working Together 2018.")), "Old plan.pdf"
    )
    add_paper(case, owner, "sg_policy", sent, checked=("old_template",))
    walking.submit(case, owner)
    services.start_review(case, holder)
    return case


def _sent_again(holder: Account) -> Assessment:
    """A case that came back with other words and another paper."""
    case = make.a_returned()
    owner = make.owner_of(case)
    kept = next(one for one in case.answers if one.question_key == "sg_steps")
    parts = {**kept.parts, "note": "We put the number in."}
    save_answer(case, owner, "sg_steps", parts, version=kept.version)
    add_paper(case, owner, "sg_steps", FileStorage(BytesIO(a_pdf("Ring the MASH")), "Steps.pdf"))
    walking.submit(case, owner)
    services.start_review(case, holder)
    return case


def write_on(world: World, name: str, holder: Account) -> None:
    """Pages of its plan, and a note that was changed once."""
    case = db.session.get_one(Assessment, world.names[f"{name}_case"])
    draw(case.evidence[0].file.sha256, "Our plan: tell the lead.", "Ring the MASH, or 999.")
    note = services.write_note(case, holder, "I rang them.", "sg_policy")
    services.amend_note(note, case, holder, "I rang them on Monday.", number=1)
    world.names[f"{name}_note"] = note.id
    world.names[f"{name}_file"] = case.evidence[0].file_id


_UNREAD, _READ = "/council/cases/{unread_case}", "/council/cases/{read_case}"
_SHAPES = ("sg_policy", "sg_steps", "sg_lead", "sr_roles", "sr_dbs_done", "hs_ra_all", "eq_who")
COUNCIL = (
    Row("queue", "holder", "/council/cases"),
    Row("queue-with-no-case-that-fits", "holder", "/council/cases?find=no+such+club&who=mine"),
    Row("owed-by-clubs", "holder", "/council/changes/owed"),
    *(
        Row(f"case-{state.replace('_', '-')}", "holder", f"/council/cases/{{{state}_case}}")
        for state in (
            "new",
            "unread",
            "mosque",
            "read",
            "sent_back",
            "to_list",
            "to_refuse",
            "approved",
            "suspended",
        )
    ),
    Row("case-for-a-senior", "senior", "/council/cases/{to_list_case}"),
    Row("case-for-another", "idle", _UNREAD),
    Row("case-activity", "holder", f"{_UNREAD}/activities/{{unread_activity}}"),
    *(Row(f"case-question-{key}", "holder", f"{_UNREAD}/questions/{key}") for key in _SHAPES),
    Row("case-question-old-words", "holder", "/council/cases/{old_words_case}/questions/sg_policy"),
    Row("case-question-read", "holder", f"{_READ}/questions/sg_steps"),
    Row("case-question-to-look-at", "idle", f"{_UNREAD}/questions/sg_steps"),
    Row("case-question-mosque", "holder", "/council/cases/{mosque_case}/questions/eq_limits"),
    Row(
        "case-question-mistakes",
        "holder",
        f"{_UNREAD}/questions/sg_steps",
        press("Save, next question", result="not_met"),
        422,
    ),
    Row(
        "case-question-found",
        "holder",
        f"{_UNREAD}/questions/sg_policy?paper={{unread_file}}&page=2&find=mash&large=1",
    ),
    Row(
        "case-question-found-nothing",
        "auditor",
        f"{_UNREAD}/questions/sg_policy?find=zebra",
        is_alike=True,
    ),
    Row("case-question-again", "holder", "/council/cases/{again_case}/questions/sg_steps"),
    Row("case-changed", "holder", "/council/cases/{again_case}/changed"),
    Row("case-changed-nothing", "auditor", f"{_UNREAD}/changed"),
    Row("case-history", "holder", "/council/cases/{again_case}/history"),
    Row("case-notes", "holder", f"{_UNREAD}/notes?question=sg_policy"),
    Row(
        "case-notes-mistakes",
        "holder",
        f"{_UNREAD}/notes",
        press("Keep this note for the council"),
        422,
    ),
    Row("case-notes-to-read", "auditor", f"{_UNREAD}/notes"),
    Row("case-note", "holder", f"{_UNREAD}/notes/{{unread_note}}"),
    Row(
        "case-note-mistakes",
        "holder",
        f"{_UNREAD}/notes/{{unread_note}}",
        press("Change the note", text=""),
        422,
    ),
    Row("case-note-of-another", "idle", f"{_UNREAD}/notes/{{unread_note}}"),
    Row("reassign", "senior", f"{_UNREAD}/reassign"),
    Row("reassign-mistakes", "senior", f"{_UNREAD}/reassign", press("Give it on"), 422),
    Row("changes-to-read", "holder", "/council/changes"),
    Row("change-of-a-risk", "holder", "/council/changes/{waiting_change}"),
    Row("change-of-ages", "holder", "/council/changes/{ages_change}"),
    Row("change-with-the-club", "holder", "/council/changes/{back_change}"),
    Row("change-to-look-at", "auditor", "/council/changes/{ages_change}"),
    Row("change-decided", "holder", "/council/changes/{ages_change}/decide"),
    Row(
        "change-mistakes",
        "holder",
        "/council/changes/{ages_change}",
        press("Send back to the club"),
        422,
        shows="/council/changes/{ages_change}/decide",
    ),
    Row("return", "holder", f"{_UNREAD}/return"),
    Row("return-mistakes", "holder", f"{_UNREAD}/return", press("See the letter"), 422),
    Row("recommend", "holder", f"{_READ}/recommend"),
    Row("recommend-mistakes", "holder", f"{_READ}/recommend", press("Recommend"), 422),
    Row("approve", "holder", f"{_READ}/approve"),
    Row("approve-not-yet", "holder", f"{_UNREAD}/approve"),
    Row("approve-refused", "holder", f"{_UNREAD}/approve", press("See the letter"), 409),
    Row("approve-as-senior", "senior", "/council/cases/{to_list_case}/approve"),
    Row("send-back", "senior", "/council/cases/{to_list_case}/send-back"),
    Row(
        "send-back-mistakes",
        "senior",
        "/council/cases/{to_list_case}/send-back",
        press("Send back"),
        422,
    ),
    Row("refuse", "senior", "/council/cases/{to_refuse_case}/refuse"),
    Row(
        "refuse-mistakes",
        "senior",
        "/council/cases/{to_refuse_case}/refuse",
        press("See the letter"),
        422,
    ),
    Row("clear-flag", "senior", "/council/cases/{mosque_case}/flags/ofsted_check"),
    Row(
        "clear-flag-mistakes",
        "senior",
        "/council/cases/{mosque_case}/flags/ofsted_check",
        press("Clear the flag"),
        422,
    ),
    Row("account-of-a-reviewer", "holder", "/account"),
    Row("password-of-a-reviewer", "holder", "/account/password"),
    Row("account-of-an-auditor", "auditor", "/account"),
    Row("only-a-button", "holder", f"{_UNREAD}/start", status=405),
    Row("no-such-case", "holder", "/council/cases/999", status=404),
)


def empty_council_world(app: Flask, outbox: Outbox) -> World:
    """A desk on which nothing lies."""
    world = World()
    world.person("idle", make.a_person("Nia Evans", "reviewer"))
    db.session.commit()
    return world


EMPTY_COUNCIL = (
    Row("desk-with-nothing-on-it", "idle", "/council"),
    Row("queue-empty", "idle", "/council/cases"),
    Row("owed-by-nobody", "idle", "/council/changes/owed"),
    Row("emails-all-arrived", "idle", "/council/emails"),
    Row("reports-of-nothing", "idle", "/council/reports"),
    Row("hand-overs-none", "idle", "/council/hand-overs"),
)
