"""The council's people: who may do what to whom, and what is written down and told."""

from types import SimpleNamespace

import pytest
from sqlalchemy import select

from registry.accounts.models import Account, SecondFactor
from registry.audit.models import Entry
from registry.database import db
from registry.permissions import PERMISSIONS, P, can
from registry.staff.rules import (
    problem_with_disabling,
    problem_with_resetting,
    problem_with_roles,
    too_few,
)
from tests import factories as make

ADMIN = SimpleNamespace(id=1, roles=frozenset({"administrator"}))
OTHER = SimpleNamespace(id=2, roles=frozenset({"administrator"}))


@pytest.fixture
def ola(app) -> Account:
    """An administrator."""
    return make.a_person("Ola Adeyemi", "administrator", email="ola@example.org")


@pytest.fixture
def jo(app) -> Account:
    """A reviewer."""
    return make.a_person("Jo Bennett", "reviewer", email="jo@example.org")


def entries(action):
    """Who did it to whom."""
    rows = db.session.scalars(select(Entry).where(Entry.action == action).order_by(Entry.number))
    return [(one.actor_id, one.subject_id, one.details) for one in rows]


# The rules.


@pytest.mark.parametrize(
    ("person", "wanted", "active", "problem"),
    [
        (ADMIN, [], {1, 2}, "You cannot take your own role"),
        (ADMIN, ["administrator", "reviewer"], {1}, ""),
        (OTHER, ["reviewer"], {1, 2}, ""),
        (OTHER, ["reviewer"], {2}, "the only administrator"),
        (OTHER, ["auditor"], {1, 2}, ""),
        (OTHER, ["auditor", "administrator"], {1, 2}, "An auditor changes nothing"),
        (OTHER, ["auditor", "reviewer"], {1, 2}, "An auditor changes nothing"),
    ],
)
def test_there_is_always_an_administrator_and_an_auditor_changes_nothing(
    person, wanted, active, problem
):
    said = problem_with_roles(person, wanted, ADMIN, active)
    assert problem in said
    assert bool(problem) == bool(said)


def test_nobody_disables_or_resets_themselves_or_the_last_administrator():
    assert problem_with_disabling(ADMIN, ADMIN, {1, 2})
    assert problem_with_disabling(OTHER, ADMIN, {2})
    assert not problem_with_disabling(OTHER, ADMIN, {1, 2})
    assert not problem_with_disabling(SimpleNamespace(id=3), ADMIN, {1})
    assert problem_with_resetting(ADMIN, ADMIN)
    assert not problem_with_resetting(OTHER, ADMIN)


@pytest.mark.parametrize(
    ("people", "warnings"),
    [
        ([{"senior"}, {"senior"}, {"appeal_officer"}, {"administrator"}, {"administrator"}], 0),
        ([{"senior"}, {"appeal_officer"}, {"administrator"}, {"administrator"}], 1),
        ([{"senior"}, {"senior"}, {"administrator"}, {"administrator"}], 1),
        ([], 3),
    ],
)
def test_the_list_warns_when_too_few_can_sign(people, warnings):
    assert len(too_few(people)) == warnings


def test_an_administrator_reads_no_paper_and_decides_nothing_and_an_auditor_changes_nothing():
    """What the roles of domain B.8 cannot do, over the whole map of permissions."""
    records = SimpleNamespace(
        owner_ids=(), member_ids=(), linked_people=(), linked_domains=(), holder_id=9,
        recommended_by_id=9, proposed_by_id=9, took_part_ids=(), kept_out_ids=(),
        assisting_ids=(), appeal_officer_id=9, for_a_senior=False, is_restricted=False,
        asked_by_id=9, with_contacts=False,
    )  # fmt: skip
    admin = SimpleNamespace(id=1, email="a@council.example", roles=frozenset({"administrator"}))
    auditor = SimpleNamespace(id=2, email="b@council.example", roles=frozenset({"auditor"}))
    for forbidden in (
        P.READ_EVIDENCE, P.READ_CASE, P.READ_PRIVATE_CONTACT, P.APPROVE, P.REFUSE, P.SUSPEND,
        P.REVOKE, P.LIFT, P.COUNTERSIGN, P.READ_CONCERN, P.SEE_QUIET_HOLD, P.SEE_MATCHES,
        P.EXPORT_HISTORY,
    ):  # fmt: skip
        assert not can(admin, forbidden, records), forbidden
    reads = {
        one for one in PERMISSIONS if one.name.startswith(("READ_", "SEE_", "OPEN_", "EXPORT_"))
    }
    own = {P.USE_ACCOUNT, P.REGISTER_ORGANISATION, P.COUNT_CONFLICTS}
    changes = {one for one in PERMISSIONS if one not in reads | own and can(auditor, one, records)}
    assert changes == set()


# The pages.


def test_the_list_says_who_works_here_and_how_they_sign_in(client, ola, jo):
    make.a_person("Not Yet", email="club@example.org")
    client.sign_in("ola@example.org")
    page = client.get("/admin/people")
    rows = {row[0]: row for row in page.tables[0][1:]}
    assert set(rows) == {"Jo Bennettjo@example.org", "Ola Adeyemiola@example.org"}
    assert rows["Jo Bennettjo@example.org"][1:] == ["Reviewer", "Never", "Set up", "Can sign in"]
    assert "Administrator" in rows["Ola Adeyemiola@example.org"][1]
    assert rows["Ola Adeyemiola@example.org"][2] != "Never"
    assert "There is no senior reviewer" in page.main
    assert "There is no appeal officer" in page.main


def test_an_invited_person_chooses_a_password_and_sets_an_app_up(client, new_visitor, ola, outbox):
    client.sign_in("ola@example.org")
    form = client.get("/admin/people").follow("Invite somebody").form()
    page = (
        form.fill({"Their name": "Bea Stone", "Their work email address": "bea@council.example"})
        .fill(roles=["senior"])
        .submit()
    )
    assert page.h1 == "The council’s people"
    assert "Invited" in page.main
    letter = outbox.latest("bea@council.example")
    assert "senior reviewer" in letter.text
    bea = new_visitor()
    page = bea.get(letter.link("/reset-password")).form().fill(password=make.PASSWORD).submit()
    page = page.form("/sign-in").fill(email="bea@council.example", password=make.PASSWORD).submit()
    assert page.h1 == "Set up your authenticator app"
    assert bea.give_code(page, "bea@council.example").path == "/council"
    account = db.session.scalars(select(Account).where(Account.name == "Bea Stone")).one()
    assert entries("role_given")[-1] == (ola.id, str(account.id), {"role": "senior"})
    assert entries("staff_invited") == [(ola.id, str(account.id), {"roles": ["senior"]})]
    page = client.get("/admin/people/invite").form()
    page = page.fill(name="Bea", email="bea@council.example", roles=["reviewer"]).submit()
    assert page.status == 422
    assert "has an account here already" in page.errors[0]


def test_a_person_of_a_club_who_comes_to_work_here_is_told_and_keeps_their_password(
    client, ola, outbox
):
    make.a_person("Dawn Whitehouse", email="dawn@example.org")
    client.sign_in("ola@example.org")
    form = client.get("/admin/people/invite").form()
    form.fill(name="Dawn", email="dawn@example.org", roles=["reviewer"]).submit()
    letter = outbox.latest("dawn@example.org")
    assert "is now: reviewer" in letter.text
    assert "reset-password" not in letter.text


def test_roles_change_and_whoever_had_them_signs_in_again(client, new_visitor, ola, jo, outbox):
    theirs = new_visitor()
    theirs.sign_in("jo@example.org")
    client.sign_in("ola@example.org")
    page = client.get(f"/admin/people/{jo.id}").follow("Change their roles")
    page = page.form().fill(roles=["senior", "appeal_officer"]).submit("Save")
    assert page.h1 == "Jo Bennett"
    assert "Senior reviewer" in page.facts["Roles"]
    assert "is now: senior reviewer, appeal officer" in outbox.latest("jo@example.org").text
    assert theirs.get("/account").h1 == "Sign in"
    assert [(who, what["role"]) for who, _, what in entries("role_given")[-2:]] == [
        (ola.id, "appeal_officer"),
        (ola.id, "senior"),
    ]
    assert entries("role_taken") == [(ola.id, str(jo.id), {"role": "reviewer"})]
    assert "was made senior reviewer" in page.main


def test_two_administrators_who_change_the_same_roles_do_not_undo_each_other(
    client, new_visitor, ola, jo
):
    make.a_person("Kit Moss", "administrator", email="kit@example.org")
    client.sign_in("ola@example.org")
    kit = new_visitor()
    kit.sign_in("kit@example.org")
    mine = client.get(f"/admin/people/{jo.id}/roles").form()
    kit.get(f"/admin/people/{jo.id}/roles").form().fill(roles=["senior"]).submit("Save")
    page = mine.fill(roles=["reviewer", "auditor"]).submit("Save")
    assert page.status == 409
    assert "They are now: senior reviewer" in page.errors[0]
    db.session.expire_all()
    assert jo.roles == {"senior"}


def test_somebody_disabled_is_out_at_once_and_can_be_let_in_again(client, new_visitor, ola, jo):
    theirs = new_visitor()
    theirs.sign_in("jo@example.org")
    client.sign_in("ola@example.org")
    page = client.get(f"/admin/people/{jo.id}").press("Disable the account")
    assert page.facts["Account"] == "Disabled: cannot sign in"
    assert theirs.get("/account").h1 == "Sign in"
    assert theirs.sign_in("jo@example.org").status == 422
    assert "Disabled" in client.get("/admin/people").main
    page = client.get(f"/admin/people/{jo.id}").press("Let them sign in again")
    assert theirs.sign_in("jo@example.org").h1 != "Sign in"
    assert [len(entries(act)) for act in ("account_disabled", "account_enabled")] == [1, 1]


def test_a_lost_phone_is_another_persons_business(client, new_visitor, ola, jo, outbox):
    theirs = new_visitor()
    theirs.sign_in("jo@example.org")
    client.sign_in("ola@example.org")
    page = client.get(f"/admin/people/{jo.id}").press("Take the authenticator app away")
    assert "They do it when they sign in next" in page.facts["Authenticator app"]
    assert "An administrator at the council took" in outbox.latest("jo@example.org").text
    assert theirs.get("/account").h1 == "Sign in"
    own = client.get(f"/admin/people/{ola.id}")
    assert "Take the authenticator app away" not in own.buttons
    page = client.post(f"/admin/people/{ola.id}/reset")
    assert "Another administrator has to do this for you" in page.text
    db.session.commit()
    assert db.session.get(SecondFactor, ola.id) is not None


def test_signing_somebody_out_leaves_the_rest_as_it_is(client, new_visitor, ola, jo):
    theirs = new_visitor()
    theirs.sign_in("jo@example.org")
    client.sign_in("ola@example.org")
    page = client.get(f"/admin/people/{jo.id}").press("Sign them out everywhere")
    assert page.facts["Signed in now"] == "0 browsers"
    assert theirs.get("/account").h1 == "Sign in"
    theirs.sign_in("jo@example.org")
    assert theirs.get("/account").h1 == "Your account"


def test_an_auditor_sees_the_list_and_no_button(client, ola, jo):
    make.a_person("Gwyn Parry", "auditor", email="gwyn@example.org")
    client.sign_in("gwyn@example.org")
    assert "Invite somebody" not in client.get("/admin/people").links
    page = client.get(f"/admin/people/{jo.id}")
    assert page.buttons in ([], ["Sign out"])
    assert client.get(f"/admin/people/{jo.id}/roles").status == 403


def test_nobody_of_a_club_is_found_here(client, ola):
    dawn = make.a_person("Dawn Whitehouse")
    client.sign_in("ola@example.org")
    assert client.get(f"/admin/people/{dawn.id}").status == 404
    assert client.post(f"/admin/people/{dawn.id}/disable").status == 404
