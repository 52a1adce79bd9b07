"""The council's pages about cases and changes."""

from io import BytesIO

from flask import Flask
from werkzeug.datastructures import FileStorage

from registry.accounts.models import Account
from registry.assessments import services
from registry.assessments.models import Assessment
from registry.assessments.services.evidence import add_paper
from registry.database import db
from registry.demonstration import walking
from tests import factories as make
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
        press("Refuse"),
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
    Row("hand-overs-none", "idle", "/council/hand-overs"),
)
