"""An import from its first row to its last: the report, drafts, the same again, and undoing it."""

import io
from datetime import date, time, timedelta

import pytest
from flask import Flask
from sqlalchemy import func, select

from registry import clock as register_clock
from registry.assessments.traits import compare_with_others
from registry.audit.models import Entry
from registry.cards.models import Card
from registry.database import db
from registry.errors import BadInput, NotAllowedNow, NotYours
from registry.importing import services
from registry.importing.models import ImportedRecord, ImportRow, ImportRun
from registry.importing.queries import clubs_of, rows_of
from registry.importing.services import carrying_out
from registry.importing.services.beginning import file_of
from registry.importing.working import take_imports_on
from registry.matching.models import Trait
from registry.messages.models import Message
from registry.organisations.models import Activity, Organisation, Venue
from registry.organisations.services import change_activity
from registry.people.services import accept_with_new_account, invite_person
from registry.people.services.members import put_in
from tests import factories as make
from tests.importing.hostile import SERVICE, a_workbook, an_oruk_file
from tests.importing.runs import (
    CHOIR,
    HEADING,
    JUDO,
    SAMPLES,
    a_file,
    begin,
    go_on,
    read,
    row,
    take_in,
)
from tests.page import Visitor
from tests.rigs.letters import Outbox
from tests.rigs.travelling import Clock


def count(model: type) -> int:
    """How many rows there are."""
    return db.session.scalar(select(func.count()).select_from(model)) or 0


def club(name: str) -> Organisation:
    """A club by its name."""
    return db.session.scalars(select(Organisation).where(Organisation.name == name)).one()


# What comes in, and as what.


def test_a_row_becomes_a_draft_that_says_what_the_row_says_and_nothing_more(app: Flask) -> None:
    take_in(a_file(JUDO))
    found = club("Foundry Lane Judo")
    assert (found.email, found.email_is_public, found.members) == ("judo@example.org", False, [])
    activity = found.activities[0]
    assert (activity.name, activity.state, activity.summary) == (
        "Little Judo", "draft", "Judo for beginners.",
    )  # fmt: skip
    assert (activity.min_months, activity.max_months) == (60, 107)
    assert (activity.price_kind, activity.price_pence) == ("session", 450)
    assert [one.code for one in activity.categories] == ["sport.martial_arts"]
    assert (activity.parent_stays, activity.booking_kind, activity.about) == (None, None, {})
    venue = activity.venues[0]
    assert (venue.name, venue.postcode) == ("Foundry Lane Hall", "WV10 0BB")
    assert venue.latitude and venue.ward_name
    session = activity.sessions[0]
    assert (session.days, f"{session.starts:%H:%M}", session.season) == (
        [0, 3],
        "16:30",
        "all_year",
    )


def test_nothing_of_it_is_public_and_nobody_is_written_to(
    app: Flask, client: Visitor, outbox: Outbox
) -> None:
    take_in(a_file(JUDO, CHOIR))
    assert count(Activity) == 2
    assert count(Card) == count(Message) == 0
    assert "Judo" not in client.get("/activities?q=judo").main.replace("q=judo", "")
    assert client.get("/organisations/foundry-lane-judo").status == 404
    assert client.get("/activities/little-judo").status == 404


def test_rows_of_one_club_are_one_club_and_a_place_is_one_place(app: Flask) -> None:
    take_in(a_file(JUDO, row(activity_id="A-9", activity_name="Big Judo"), CHOIR))
    assert (count(Organisation), count(Activity), count(Venue)) == (2, 3, 2)
    assert [one.slug for one in club("Foundry Lane Judo").activities] == ["little-judo", "big-judo"]


def test_names_that_are_alike_get_addresses_of_their_own(app: Flask) -> None:
    rows = [row(activity_id=f"J-{n}", activity_name="Judo") for n in range(3)]
    take_in(a_file(row(activity_name="Judo 2"), *rows))
    slugs = sorted(one.slug for one in club("Foundry Lane Judo").activities)
    assert slugs == ["judo", "judo-2", "judo-3", "judo-4"]


@pytest.mark.parametrize(
    ("name", "services_in_it", "clubs"),
    [("outpost-services.csv", 2, 2), ("buckinghamshire-services.json", 20, 20)],
)
def test_the_samples_of_other_directories_come_in_whole(
    app: Flask, name: str, services_in_it: int, clubs: int
) -> None:
    content = (SAMPLES / name).read_bytes()
    run = take_in(content, name=name)
    assert (run.state, run.count("mistake")) == ("done", 0)
    assert (count(Activity), count(Organisation)) == (services_in_it, clubs)
    again = read(content, name=name)
    assert again.counts["same"] == services_in_it


def test_outpost_rows_of_one_service_are_put_together(app: Flask) -> None:
    take_in((SAMPLES / "outpost-services.csv").read_bytes(), name="services.csv")
    activity = club("TPX Impact").activities[0]
    assert activity.name == "CSV creation service"
    assert [one.name for one in activity.venues] == [
        "Venue or building name", "Second Venue or building name",
    ]  # fmt: skip
    assert {one.code for one in activity.marks} == {"hoist", "wheelchair_toilet"}
    assert club("TPX Impact").phone_is_public is False


def test_a_workbook_comes_in_like_a_table(app: Flask) -> None:
    cells: list[object] = [*JUDO]
    cells[7], cells[12], cells[15] = 5, time(16, 30), date(2031, 7, 31)
    take_in(a_workbook(HEADING, cells), name="clubs.xlsx")
    activity = club("Foundry Lane Judo").activities[0]
    assert (activity.min_months, activity.last_on) == (60, date(2031, 7, 31))
    assert f"{activity.sessions[0].starts:%H:%M}" == "16:30"


def test_services_of_open_referral_come_in_from_a_file(app: Flask) -> None:
    take_in(an_oruk_file(SERVICE), name="services.json")
    activity = club("Foundry Lane Judo").activities[0]
    assert (activity.name, activity.min_months, activity.price_pence) == ("Judo", 60, 450)
    assert activity.sessions[0].days == [0, 3]


def test_columns_that_nobody_could_guess_are_chosen_by_a_person(app: Flask) -> None:
    heading = ("Wer", "Was")
    run = services.begin_with_file(
        io.BytesIO(a_file(("Judo Club", "Judo"), heading=heading)), "a.csv", None
    )
    assert (run.state, run.columns) == ("matching", {})
    with pytest.raises(BadInput, match="Name of the club"):
        services.choose_columns(run, {"1": "activity_name"}, None)
    with pytest.raises(BadInput, match="one column only"):
        services.choose_columns(run, {"0": "activity_name", "1": "activity_name"}, None)
    services.choose_columns(run, {"0": "organisation_name", "1": "activity_name"}, None)
    db.session.commit()
    assert go_on(run).counts["new"] == 1


# A report first, and all or nothing.


def test_a_dry_run_changes_nothing(app: Flask) -> None:
    run = read(a_file(JUDO, CHOIR))
    assert run.state == "ready"
    assert count(Organisation) == count(Activity) == count(ImportedRecord) == 0


def test_a_file_with_a_mistake_comes_in_whole_or_not_at_all(app: Flask) -> None:
    run = read(a_file(JUDO, row(CHOIR, minimum_age="?")))
    with pytest.raises(NotAllowedNow, match="mistakes"):
        services.ask_to_carry_out(run, None)
    services.ask_to_carry_out(run, None, without_mistakes=True)
    db.session.commit()
    assert go_on(run).state == "done"
    assert [one.name for one in db.session.scalars(select(Organisation))] == ["Foundry Lane Judo"]


def test_what_breaks_in_the_middle_leaves_nothing(
    app: Flask, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr("registry.importing.services.carrying_out.AT_ONCE", 1)
    real, calls = carrying_out._points, []

    def broken(postcodes):
        calls.append(postcodes)
        if len(calls) == 2:
            raise RuntimeError("the disk is gone")
        return real(postcodes)

    monkeypatch.setattr(carrying_out, "_points", broken)
    run = read(a_file(JUDO, CHOIR))
    services.ask_to_carry_out(run, None)
    db.session.commit()
    run = go_on(run)
    assert (run.state, count(Organisation), count(ImportedRecord)) == ("ready", 0, 0)
    assert "on our side" in run.sentence


# The same again.


def test_the_same_file_twice_changes_nothing(app: Flask) -> None:
    content = a_file(JUDO, CHOIR, row(activity_id="A-9", organisation_email="other@example.org"))
    take_in(content)
    before = count(Organisation), count(Activity), count(Venue)
    run = read(content)
    assert run.counts["same"] == 3
    with pytest.raises(NotAllowedNow, match="nothing to take in"):
        services.ask_to_carry_out(run, None)
    assert before == (count(Organisation), count(Activity), count(Venue))


def test_what_the_source_changed_is_changed_here_while_nobody_touched_it(app: Flask) -> None:
    take_in(a_file(JUDO, CHOIR))
    run = take_in(
        a_file(
            row(minimum_age="6", days="Friday", organisation_phone="01902 496000"),
            CHOIR,
            heading=HEADING,
        )
    )
    assert (run.count("changed"), run.count("same")) == (1, 1)
    activity = club("Foundry Lane Judo").activities[0]
    assert (activity.min_months, activity.sessions[0].days, activity.state) == (72, [4], "draft")
    assert read(a_file(row(minimum_age="6", days="Friday"), CHOIR)).counts["same"] == 2


def test_what_somebody_changed_here_stays_as_it_is(app: Flask) -> None:
    take_in(a_file(JUDO))
    found = club("Foundry Lane Judo")
    owner = make.a_person()
    _own(found, owner)
    change_activity(found.activities[0], owner, summary="Ours now.")
    db.session.commit()
    run = read(a_file(row(summary="Theirs."), row(activity_id="A-8", activity_name="More")))
    assert run.counts["kept"] == 2
    with pytest.raises(NotAllowedNow):
        services.ask_to_carry_out(run, None)
    assert found.activities[0].summary == "Ours now."


def _own(organisation: Organisation, account) -> None:
    put_in(organisation, account, "owner", account)
    db.session.commit()


def test_another_source_with_the_same_numbers_is_another_source(app: Flask) -> None:
    take_in(a_file(JUDO), source="One list")
    other = row(CHOIR, organisation_id="C-1", activity_id="A-1")
    assert read(a_file(other), source="Another list").counts["new"] == 1


# Clubs that may be here already.


def test_clubs_that_may_be_here_are_shown_and_the_probable_ones_left_out(app: Flask) -> None:
    here = make.a_club(make.DANCE)
    here.email = "dance@example.org"
    db.session.commit()
    compare_with_others(here)
    db.session.commit()
    run = read(
        a_file(
            row(organisation_name="Kingfisher Dance Project Ltd", activity_id="A-7",
                organisation_id="C-7", organisation_email="dance@example.org"),
            row(CHOIR, venue_postcode=here.venues[0].postcode),
            row(CHOIR, organisation_id="C-3", activity_id="A-3", organisation_name="Nobody Else",
                venue_postcode="", organisation_email=""),
        )
    )  # fmt: skip
    rows, found = rows_of(run, "likely", 1)
    assert (found, run.count("left_out")) == (2, 1)
    strong = next(one for one in rows if one.left_out)
    assert strong.likely[0] == {
        "id": here.id, "hits": ["email", "name", "postcode"], "strength": "strong",
    }  # fmt: skip
    assert [one["hits"] for one in rows[1].likely] == [["postcode"]]
    services.choose(run, strong, None, is_out=False)
    services.choose(run, rows[1], None, is_out=True)
    services.ask_to_carry_out(run, None)
    db.session.commit()
    assert go_on(run).counts["clubs"] == 2
    names = set(db.session.scalars(select(Organisation.name)))
    assert {"Kingfisher Dance Project Ltd", "Nobody Else"} <= names
    assert "Penn Road Voices" not in names


# Undoing.


def test_within_a_day_everything_that_nobody_touched_goes_again(app: Flask) -> None:
    run = take_in(a_file(JUDO, CHOIR))
    for one in db.session.scalars(select(Organisation)).all():
        compare_with_others(one)
    db.session.commit()
    services.undo(run, None)
    db.session.commit()
    for model in (Organisation, Activity, Venue, ImportedRecord, ImportRow, Trait):
        assert count(model) == 0, model
    assert (run.state, run.counts["gone_clubs"], run.left) == ("undone", 2, [])
    assert take_in(a_file(JUDO, CHOIR)).counts["clubs"] == 2


def test_what_a_club_works_on_stays_and_is_named(app: Flask) -> None:
    run = take_in(a_file(JUDO, CHOIR))
    _own(club("Foundry Lane Judo"), make.a_person())
    services.undo(run, None)
    db.session.commit()
    assert [one.name for one in db.session.scalars(select(Organisation))] == ["Foundry Lane Judo"]
    assert count(Activity) == 1
    assert {one["name"] for one in run.left} == {"Foundry Lane Judo", "Little Judo"}


def test_what_an_import_changed_is_put_back(app: Flask) -> None:
    take_in(a_file(JUDO))
    run = take_in(a_file(row(activity_name="Tiny Judo", days="Friday", organisation_email="")))
    assert club("Foundry Lane Judo").activities[0].name == "Tiny Judo"
    services.undo(run, None)
    db.session.commit()
    found = club("Foundry Lane Judo")
    assert (found.email, found.activities[0].name) == ("judo@example.org", "Little Judo")
    assert found.activities[0].sessions[0].days == [0, 3]
    assert read(a_file(JUDO)).counts["same"] == 1


def test_after_a_day_nothing_can_be_undone(app: Flask, clock: Clock) -> None:
    run = take_in(a_file(JUDO))
    clock.move(hours=25)
    with pytest.raises(NotAllowedNow, match="That day is over"):
        services.undo(run, None)
    assert count(Organisation) == 1


# Taking over, and who may.


def test_a_club_is_invited_by_the_council_and_becomes_its_own(app: Flask, outbox: Outbox) -> None:
    administrator = make.a_person("Ola Adeyemi", "administrator")
    run = take_in(a_file(JUDO), administrator)
    found = club("Foundry Lane Judo")
    services.invite_club(found, administrator, "coach@example.org")
    db.session.commit()
    assert [one.is_invited for one in clubs_of(run.id, 1)[0]] == [True]
    word = outbox.latest("coach@example.org").link("/invitation/").rpartition("/")[2]
    accept_with_new_account(word, name="Sam Coach", password=make.PASSWORD)
    db.session.commit()
    assert [one.role for one in found.members] == ["owner"]
    with pytest.raises(NotAllowedNow):
        services.invite_club(found, administrator, "other@example.org")
    with pytest.raises(NotYours):
        invite_person(found, administrator, email="x@example.org", role="owner")


@pytest.mark.parametrize("role", ["reviewer", "auditor", "appeal_officer"])
def test_who_may_not_import_may_not_anywhere(app: Flask, role: str) -> None:
    somebody = make.a_person("Kit Moss", role)
    with pytest.raises(NotYours):
        begin(a_file(JUDO), somebody)
    run = read(a_file(JUDO))
    for act in (services.put_aside, services.undo, services.ask_to_carry_out):
        with pytest.raises(NotYours):
            act(run, somebody)


def test_the_history_says_who_took_in_how_much_and_who_undid_it(app: Flask) -> None:
    somebody = make.a_person("Ola Adeyemi", "administrator")
    run = take_in(a_file(JUDO, CHOIR), somebody)
    services.undo(run, somebody)
    db.session.commit()
    entries = {
        one.action: one
        for one in db.session.scalars(select(Entry).where(Entry.subject_type == "import_run"))
    }
    assert set(entries) == {"begin_import", "carry_out_import", "undo_import"}
    assert {one.actor_id for one in entries.values()} == {somebody.id}
    assert entries["carry_out_import"].details["activities"] == 2
    assert entries["undo_import"].details == {
        "activities": 2, "clubs": 2, "left": 0, "put_back": 0,
    }  # fmt: skip


def test_rows_and_files_are_let_go_of_after_30_days(app: Flask, clock: Clock) -> None:
    run = read(a_file(JUDO))
    done = take_in(a_file(CHOIR), source="Other")
    assert file_of(run).exists()
    clock.move(days=31)
    assert services.forget_old_imports() == 2
    db.session.commit()
    assert (count(ImportRow), file_of(run).exists(), run.state) == (0, False, "put_aside")
    assert (done.state, count(ImportedRecord)) == ("done", 2)
    assert services.forget_old_imports() == 0


def test_the_worker_goes_on_with_what_waits_and_leaves_what_another_has(
    app: Flask, clock: Clock
) -> None:
    run = begin(a_file(JUDO))
    run.leased_until = register_clock.now() + timedelta(minutes=1)
    db.session.commit()
    assert take_imports_on() == 0
    clock.move(minutes=2)
    assert take_imports_on() == 1
    assert db.session.get_one(ImportRun, run.id).state == "ready"
