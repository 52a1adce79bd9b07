"""Pages of appeals, of matches and of merges."""

from flask import Flask

from registry import clock
from registry.accounts.models import Account
from registry.appeals import services
from registry.appeals.models import Appeal
from registry.assessments import services as assessments
from registry.assessments.lifecycle import Status
from registry.assessments.models import Assessment
from registry.assessments.services.begin import new_reference
from registry.assessments.services.review import decide
from registry.criteria.loading import current_edition
from registry.database import db
from registry.matching.queries import match_between
from registry.matching.services import settle_as_not_the_same
from registry.merging.services import propose_merge, sign_merge
from registry.organisations.models import Organisation
from tests import factories as make
from tests.inventory.pages.row import Row, World, press
from tests.rigs.letters import Outbox


def an_appeal(club: Organisation, owner: Account, officer: Account) -> Appeal:
    """An appeal of a club against a refusal of long ago, taken by an officer."""
    refused = Assessment(
        organisation_id=club.id,
        organisation=club,
        reference=new_reference(),
        edition=current_edition().number,
        status=Status.REFUSED,
        status_since=clock.now(),
        begun_at=clock.now(),
    )
    db.session.add(refused)
    db.session.flush()
    decide(refused, make.a_senior(), "refuse", reason="No plan.")
    appeal = services.ask_for_appeal(club, owner, words="You read the old plan.")
    services.take_appeal(appeal, officer)
    return appeal


def appeals_world(app: Flask, outbox: Outbox) -> World:
    """An appeal at each point of its way, two records that may be one club, and a merge."""
    world = World()
    officer, senior = make.a_person("Kit Moss", "appeal_officer"), make.a_senior()
    world.person("officer", officer)
    world.person("senior", senior)
    world.person("administrator", make.a_person("Ola Adeyemi", "administrator"))
    _appeals(world, officer, senior)
    _matches(world, senior)
    db.session.commit()
    return world


def _appeals(world: World, officer: Account, senior: Account) -> None:
    refused = make.a_refused()
    world.case("refused", refused)
    for name in ("asked", "late", "answered"):
        world.club(name, make.a_club(make.CHESS))
        world.names[f"{name}_appeal"] = _appeal(world.names[name], officer, name)
    suspended = make.a_suspended()
    world.case("suspended", suspended)
    owner = make.owner_of(suspended)
    appeal = services.ask_for_appeal(suspended.organisation, owner, words="You were misled.")
    services.take_appeal(appeal, officer)
    world.names["mine"] = appeal.id
    assessments.propose_lift(suspended, senior, reason="The plan is here.")


def _appeal(organisation_id: int, officer: Account, state: str) -> int:
    club = db.session.get_one(Organisation, organisation_id)
    appeal = an_appeal(club, make.owner_of(club), officer)
    services.put_appeal_back(appeal, officer)
    if state == "late":
        appeal.state, appeal.begins_on, appeal.late_reason = "late", None, "We moved house."
    if state == "answered":
        services.take_appeal(appeal, officer)
        services.decide_appeal(
            appeal,
            officer,
            version=appeal.version,
            outcome="not_upheld",
            reason="The plan is still missing.",
        )
    return appeal.id


def _matches(world: World, senior: Account) -> None:
    records = [make.a_club(make.COACH) for _ in range(4)]
    for number, one in enumerate(records):
        world.names[f"record_{number}"] = one.id
    for name, pair in {"open": records[:2], "settled": records[2:]}.items():
        match = match_between(*(one.id for one in pair))
        assert match
        world.names[f"{name}_match"] = match.id
        if name == "settled":
            settle_as_not_the_same(match, senior, version=match.version, reason="Two brothers.")
    by = make.a_person("Ola Adeyemi", "administrator")
    world.names["merge"] = propose_merge(
        records[0], records[1], by, reason="He says so himself."
    ).id
    signed = propose_merge(records[2], records[3], by, reason="Written twice.")
    sign_merge(signed, make.a_senior())
    world.names["signed"] = signed.id
    world.names["signed_match"] = world.names["settled_match"]
    world.club("merged", records[3])


_MINE, _MERGE = "/council/appeals/{mine}", "/admin/merges/{merge}"
APPEALS = (
    Row("appeal", "refused", "/club/{refused}/appeal"),
    Row("appeal-mistakes", "refused", "/club/{refused}/appeal", press("Send your appeal"), 422),
    Row("appeal-waits", "asked", "/club/{asked}/appeal"),
    Row("appeal-waits-late", "late", "/club/{late}/appeal"),
    Row("appeal-answered", "answered", "/club/{answered}/appeal"),
    Row("club-home-refused", "refused", "/club/{refused}"),
    Row("appeals", "officer", "/council/appeals"),
    Row("appeal-to-take", "officer", "/council/appeals/{asked_appeal}"),
    Row("appeal-late", "senior", "/council/appeals/{late_appeal}"),
    Row("appeal-ended", "officer", "/council/appeals/{answered_appeal}"),
    Row("appeal-mine", "officer", _MINE),
    Row("appeal-excuse", "senior", "/council/appeals/{late_appeal}/late"),
    Row(
        "appeal-excuse-mistakes",
        "senior",
        "/council/appeals/{late_appeal}/late",
        press("See the letter"),
        422,
    ),
    Row("appeal-decide", "officer", f"{_MINE}/decide"),
    Row("appeal-decide-mistakes", "officer", f"{_MINE}/decide", press("See the letter"), 422),
    Row(
        "appeal-letter",
        "officer",
        f"{_MINE}/decide",
        press("See the letter", outcome="not_upheld", reason="The plan is missing."),
    ),
    Row("case-on-appeal", "officer", "/council/cases/{suspended_case}"),
    Row("correct-letter", "senior", "/council/cases/{refused_case}/corrected-letter"),
    Row(
        "correct-letter-mistakes",
        "senior",
        "/council/cases/{refused_case}/corrected-letter",
        press("See the letter", words=""),
        422,
    ),
    Row("matches", "senior", "/council/matches"),
    Row("match", "senior", "/council/matches/{open_match}"),
    Row(
        "match-mistakes",
        "senior",
        "/council/matches/{open_match}",
        press("They are not the same"),
        422,
    ),
    Row("match-answered", "senior", "/council/matches/{settled_match}"),
    Row("merges", "administrator", "/admin/merges"),
    Row("merge-new", "administrator", "/admin/merges/new"),
    Row("merge-new-mistakes", "administrator", "/admin/merges/new", press("Propose"), 422),
    Row("merge", "senior", _MERGE),
    Row("merge-to-look-at", "administrator", _MERGE),
    Row("merge-signed", "senior", "/admin/merges/{signed}"),
    Row("merge-sign", "senior", f"{_MERGE}/sign"),
    Row("merge-decline", "senior", f"{_MERGE}/decline"),
    Row("merge-decline-mistakes", "senior", f"{_MERGE}/decline", press("Do not sign it"), 422),
    Row("club-home-merged", "merged", "/club/{merged}"),
)
