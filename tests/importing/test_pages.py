"""The council's pages of imports, pressed through as a person does it."""

from collections.abc import Callable

from flask import Flask
from sqlalchemy import func, select

from registry.assessments.traits import compare_with_others
from registry.database import db
from registry.importing import services
from registry.importing.models import ImportRun
from registry.importing.working import progress_file, take_imports_on
from registry.organisations.models import Organisation
from registry.web.requests import LARGEST_REQUEST
from tests import factories as make
from tests.importing.runs import CHOIR, HEADING, JUDO, a_file, read, row, take_in
from tests.page import Visitor


def administrator(client: Visitor) -> None:
    """An administrator has signed in."""
    somebody = make.a_person("Ola Adeyemi", "administrator")
    db.session.commit()
    client.sign_in(somebody.email)


def test_a_file_is_taken_in_by_pressing_buttons_and_undone(app: Flask, client: Visitor) -> None:
    administrator(client)
    page = client.get("/council/imports")
    assert "Nothing was taken in yet" in page.main
    content = a_file(JUDO, CHOIR, heading=(*HEADING[:-1], "Remarks"))
    form = client.get("/council/imports/new").form("/council/imports/new")
    form.fill(source="Library", file=("clubs.csv", content))
    page = form.submit("Go on")
    assert page.h1 == "What is in each column?"
    assert "For example: Foundry Lane Judo; Penn Road Voices" in page.main
    page = page.press("Read the file")
    assert "It begins within a minute" in page.main
    assert take_imports_on() == 1
    page = client.get(page.path)
    assert "2 rows were read." in page.main
    assert "Little Judo" in page.main
    page = page.press("Take it in as drafts")
    assert "Drafts are being made" in page.main
    take_imports_on()
    page = client.get(page.path)
    assert "2 clubs and 2 activities came in as drafts." in page.main
    page = page.press("Undo this import")
    assert "2 clubs and 2 activities are gone again" in page.main
    assert not db.session.scalar(select(func.count()).select_from(Organisation))


def test_a_file_that_cannot_be_taken_in_is_refused_beside_its_field(
    app: Flask, client: Visitor
) -> None:
    administrator(client)
    form = client.get("/council/imports/new").form("/council/imports/new")
    form.fill(source="Library", file=("clubs.csv", b"%PDF-1.7"))
    page = form.submit("Go on")
    assert (page.status, page.errors) == (
        422, ["This is a PDF, whatever its name says. Send a CSV, an XLSX or a JSON file."],
    )  # fmt: skip
    assert not db.session.scalar(select(func.count()).select_from(ImportRun))
    assert LARGEST_REQUEST > 20 * 1024 * 1024


def test_a_file_or_an_address_and_not_both(app: Flask, client: Visitor) -> None:
    administrator(client)
    form = client.get("/council/imports/new").form("/council/imports/new")
    form.fill(source="Library", address="https://example.org/x", file=("a.csv", a_file(JUDO)))
    assert form.submit("Go on").errors == ["Choose a file, or give a web address: one of the two"]


def test_mistakes_go_into_a_file_in_which_nothing_is_run(app: Flask, client: Visitor) -> None:
    administrator(client)
    run = read(a_file(JUDO, row(CHOIR, activity_name="=1+1"), row(CHOIR, minimum_age="?")))
    answer = client.raw.get(f"/council/imports/{run.id}/mistakes.csv")
    said = answer.get_data(as_text=True)
    assert answer.headers["Content-Disposition"].startswith("attachment")
    assert "4,mistake,Column H (minimum_age),is not an age in years: “?”,Young choir" in said
    assert "\n=" not in said and ",=" not in said


def test_a_page_says_how_far_carrying_out_has_come(app: Flask, client: Visitor) -> None:
    administrator(client)
    run = read(a_file(JUDO, CHOIR))
    services.ask_to_carry_out(run, None)
    db.session.commit()
    progress_file(run.id).write_text("1 2")
    page = client.get(f"/council/imports/{run.id}")
    assert "1 of 2 rows." in page.main
    progress_file(run.id).unlink()


def test_reasons_are_for_seniors_and_a_linked_record_for_nobody_with_the_link(
    app: Flask, new_visitor: Callable[[], Visitor]
) -> None:
    here = make.a_club(make.DANCE)
    compare_with_others(here)
    senior, linked = make.a_senior(), make.a_member(here)
    make.give_role(linked, "senior")
    other = make.a_person("Ola Adeyemi", "administrator")
    run = read(a_file(row(organisation_name=here.name)))
    db.session.commit()
    address = f"/council/imports/{run.id}?show=likely"
    shown = {}
    for name, who in (("senior", senior), ("administrator", other), ("linked", linked)):
        visitor = new_visitor()
        visitor.sign_in(who.email)
        shown[name] = visitor.get(address).main
    assert "Names that are 90 in 100 alike" in shown["senior"]
    assert "Names that are 90" not in shown["administrator"]
    assert shown["administrator"].count(here.name) > shown["linked"].count(here.name)


def test_clubs_are_invited_one_by_one(app: Flask, client: Visitor) -> None:
    administrator(client)
    run = take_in(a_file(JUDO, CHOIR))
    page = client.get(f"/council/imports/{run.id}/clubs")
    page = page.follow("Invite Foundry Lane Judo")
    page = page.press("Send the link")
    assert "We have written to judo@example.org." in page.text
    assert "Invited" in page.main


def test_the_template_is_a_file_that_can_be_taken_in(app: Flask, client: Visitor) -> None:
    administrator(client)
    content = client.raw.get("/council/imports/template.csv").get_data()
    run = read(content, name="template.csv")
    assert (run.state, run.counts.get("mistake", 0), run.counts["new"]) == ("ready", 0, 1)
