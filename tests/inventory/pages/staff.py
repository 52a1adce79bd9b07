"""The second factor, the council's people, and the history."""

from flask import Flask

from registry.accounts.services.second_factor import reset_second_factor
from registry.audit.services import record, record_security
from registry.database import db
from registry.staff.services import change_roles, disable, invite_to_work
from tests import factories as make
from tests.inventory.pages.row import Act, Row, World, press, times
from tests.journeys.story import Window
from tests.rigs.authenticator import give_app
from tests.rigs.letters import Outbox

__all__ = ["STAFF", "staff_world"]


def staff_world(app: Flask, outbox: Outbox) -> World:
    """Everybody who works for a council, one who is only invited, and one who is gone."""
    world = World()
    assessment = make.an_approved()
    world.case("club", assessment)
    admin = make.a_person("Ola Adeyemi", "administrator")
    other = make.a_person("Kit Moss", "senior")
    gone = make.a_person("Imran Siddiqui", "reviewer")
    bare = make.a_person("Bea Stone", "auditor", email="bare@example.org")
    world.person("admin", admin)
    world.person("senior", other)
    world.person("auditor", make.a_person("Gwyn Parry", "auditor"))
    world.person("codes", make.a_person("Ruth Mason", "appeal_officer", email="codes@example.org"))
    world.person("often", make.a_person("Dele Ogunleye", "senior", email="often@example.org"))
    careful = make.a_person("Priya Nair")
    give_app(careful)
    world.person("careful", careful)
    reset_second_factor(bare, admin)
    change_roles(other, ["senior", "reviewer"], admin, seen=["senior"])
    disable(gone, admin)
    invited = invite_to_work("bea@council.example", "Bea Stone", ["reviewer"], admin)
    record("propose_set_hold", ("hold", "1"), other, restricted=True)
    record_security("sign_in_failed", other.id, "192.0.2.7")
    for number in range(60):
        record("read", ("evidence", number), other, organisation_id=assessment.organisation_id)
    world.names |= {
        "other": other.id, "gone": gone.id, "invited": invited.id, "admin": admin.id
    }  # fmt: skip
    db.session.commit()
    return world


def _password(email: str) -> Act:
    """Give the password, and stop at what comes."""

    def act(window: Window) -> None:
        window.fill({"email": email, "password": make.PASSWORD})
        window.press("Sign in")

    return act


def _then(*acts: Act) -> Act:
    def act(window: Window) -> None:
        for one in acts:
            one(window)

    return act


CODE = _password("codes@example.org")
SET_UP = _password("bare@example.org")
STAFF = (
    Row("code", "nobody", "/sign-in", CODE, shows="/sign-in/code"),
    Row(
        "code-wrong", "nobody", "/sign-in",
        _then(CODE, press("Go on", code="000000")), 422, "/sign-in/code",
    ),
    Row(
        "code-too-often", "nobody", "/sign-in",
        _then(_password("often@example.org"), times(6, press("Go on", code="000000"))),
        429, "/sign-in/code",
    ),
    Row("set-up-app", "nobody", "/sign-in", SET_UP, shows="/sign-in/set-up"),
    Row(
        "set-up-app-wrong", "nobody", "/sign-in",
        _then(SET_UP, press("Set it up", code="000000")), 422, "/sign-in/set-up",
    ),
    Row("app-of-staff", "admin", "/account/second-factor"),
    Row(
        "app-of-staff-wrong", "admin", "/account/second-factor",
        press("Make new recovery codes", code="12"), 422,
    ),
    Row("app-for-a-club", "club", "/account/second-factor/set-up"),
    Row(
        "app-for-a-club-wrong", "club", "/account/second-factor/set-up",
        press("Set it up", code="000000"), 422,
    ),
    Row("app-off", "careful", "/account/second-factor/off"),
    Row("app-off-wrong", "careful", "/account/second-factor/off", press("Switch it off"), 422),
    Row("staff", "admin", "/admin/people"),
    Row("staff-read-only", "auditor", "/admin/people", is_alike=True),
    Row("staff-invite", "admin", "/admin/people/invite"),
    Row("staff-invite-empty", "admin", "/admin/people/invite", press("Send the invitation"), 422),
    Row("staff-member", "admin", "/admin/people/{other}"),
    Row("staff-member-yourself", "admin", "/admin/people/{admin}"),
    Row("staff-member-disabled", "admin", "/admin/people/{gone}"),
    Row("staff-member-invited", "admin", "/admin/people/{invited}"),
    Row("staff-member-read-only", "auditor", "/admin/people/{other}", is_alike=True),
    Row("staff-roles", "admin", "/admin/people/{other}/roles"),
    Row(
        "staff-roles-wrong", "admin", "/admin/people/{other}/roles",
        press("Save", roles=["auditor", "reviewer"]), 422,
    ),
    Row("history", "auditor", "/admin/history"),
    Row("history-for-administrators", "admin", "/admin/history?kind=people"),
    Row("history-nothing", "auditor", "/admin/history?who=nobody"),
    Row("history-no-such-day", "auditor", "/admin/history?first_on=soon", status=422),
    Row("history-sample", "auditor", "/admin/history/sample?size=10&seed=7"),
    Row("history-check", "auditor", "/admin/history/check"),
    Row("history-checked", "auditor", "/admin/history/check", press("Check every entry now")),
    Row("history-sign-ins", "auditor", "/admin/history/security"),
    Row("history-of-a-club", "senior", "/admin/history/organisations/{club}"),
    Row("history-of-a-case", "senior", "/admin/history/cases/{club_case}", is_alike=True),
)  # fmt: skip
