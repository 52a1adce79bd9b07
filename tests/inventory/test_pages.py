"""Every page in every state: it answers as it should, is valid, and none is left out."""

from collections.abc import Callable, Iterator

import pytest
from flask import Flask

from tests.inventory.every_page import ROOMS, endpoint_of, world_of
from tests.inventory.promised_words import overpromised, said_on_page
from tests.inventory.reading_age import too_hard, words_of_page
from tests.journeys.reading import ReadingWindow
from tests.page import Visitor
from tests.rigs.letters import Outbox
from tests.rigs.validator import HtmlValidator

# What GET gives that is no page: for machines, or a file to download.
NO_PAGE = {
    "health.alive",
    "health.ready",
    "assessments.paper",
    "directory.calendar",
    "directory.shortlist_calendar",
    "directory.organisation_calendar",
    "opendata.activities_table",
    "opendata.activities_metadata",
    "opendata.activities_points",
    "opendata.new_activities",
    "opendata.sitemap_index",
    "opendata.sitemap_part",
    "opendata.search_description",
    "opendata.robots",
    "opendata.openactive_catalogue",
    "opendata.session_series",
    "opendata.scheduled_sessions",
    "opendata.oruk_about",
    "opendata.oruk_openapi",
    "opendata.oruk_services",
    "opendata.oruk_service",
    "opendata.oruk_service_at_locations",
    "opendata.oruk_service_at_location",
    "opendata.oruk_organizations",
    "opendata.oruk_organization",
    "opendata.oruk_taxonomies",
    "opendata.oruk_taxonomy",
    "opendata.oruk_taxonomy_terms",
    "opendata.oruk_taxonomy_term",
    "directory.picture",
    "verifying.badge",
    "verifying.notice_pdf",
    "directory.places",
    "organisations.stored_picture",
    "assessments.answers_pdf",
    "help_in_place.text",
    "reviews.paper",
    "reviews.paper_page",
    "people.proof",
    "changes.paper",
    "leaving.account_download",
    "insights.report_file",
    "exporting.export_file",
    "administration.edition_document",
    "assisted.all_letters",
    "assisted.declaration",
    "assisted.letter",
    "importing.mistakes",
    "importing.template",
}
# Forms of one button: nothing can be filled in wrongly.
NOTHING_TO_MISTAKE = {
    "accounts.check_your_email",
    "accounts.confirm",
    "accounts.sign_out",
    "information.reading",  # always one of each is chosen
    "organisations.end",
    "organisations.remove_picture",
    "organisations.remove_session",
    "organisations.remove_venue",
    "concerns.organisation",
    "reviews.approve",
    "merging.sign",
    "accounts.confirm_new_email",
    "people.answer_offer",
    "people.lead",
    "people.leave",
    "people.object_to_it",
    "people.person",
    "people.remove",
    "leaving.download",
    "telling.contact_check",
    "assisted.confirm_by_code",
    "data_protection.lost_paper",
    "data_protection.subject_access_pack",
    "inspection.check",
    "inspection.draw_sample",
    "reviews.countersign",
    "reviews.sign_lift",
    "reviews.sign_revoke",
}
EVERY_ROW = [row for _, rows in ROOMS.values() for row in rows]


@pytest.fixture(autouse=True)
def _put_back(app: Flask) -> Iterator[None]:
    """The application outlives a test that makes one of its pages fail."""
    views = dict(app.view_functions)
    yield
    app.view_functions.update(views)


def test_every_page_of_the_application_has_a_row(app: Flask) -> None:
    pages = {
        rule.endpoint
        for rule in app.url_map.iter_rules()
        if rule.methods and "GET" in rule.methods and rule.endpoint not in NO_PAGE
    }
    shown = {endpoint_of(row.shown_at, app) for row in EVERY_ROW if row.status in (200, 409)}
    assert pages - shown == set()


def test_every_form_is_shown_with_something_to_mend(app: Flask) -> None:
    forms = {
        rule.endpoint
        for rule in app.url_map.iter_rules()
        if rule.methods and {"GET", "POST"} <= rule.methods
    }
    mended = {endpoint_of(row.shown_at, app) for row in EVERY_ROW if row.status == 422}
    assert forms - mended == NOTHING_TO_MISTAKE


def test_no_two_rows_have_the_same_name() -> None:
    names = [row.name for row in EVERY_ROW]
    assert sorted(set(names)) == sorted(names)


@pytest.mark.parametrize("room", ROOMS)
def test_every_page_answers_as_it_should_and_is_valid(
    room: str,
    app: Flask,
    outbox: Outbox,
    new_visitor: Callable[[], Visitor],
    html_problems: HtmlValidator,
) -> None:
    world, rows = world_of(room, app, outbox), ROOMS[room][1]
    windows: dict[str, ReadingWindow] = {}
    wrong = []
    for row in rows:
        if row.who not in windows:
            visitor = new_visitor()
            visitor.loud = room != "faults"
            windows[row.who] = ReadingWindow(visitor)
            if row.who != "nobody":
                visitor.sign_in(world.people[row.who])
        window = windows[row.who]
        try:
            row.visit(window, world.names)
        except AssertionError as problem:
            wrong.append(f"{row.name}: {problem}")
            continue
        page = window.page
        if page.status != row.status:
            wrong.append(f"{row.name}: {page}, not {row.status}. {page.main[:300]}")
        seen = endpoint_of(window.path, app)
        if row.status == 200 and seen != endpoint_of(row.shown_at, app):
            wrong.append(f"{row.name}: shows {window.path}, not {row.shown_at}")
        wrong += [f"{row.name}: {problem}" for problem in html_problems(page.html)]
        if row.who == "nobody":
            said = overpromised(said_on_page(page.root))
            wrong += [f"{row.name}: promises too much: {words}" for words in said]
        if hard := too_hard(row.name, words_of_page(page.root)):
            wrong.append(hard)
    assert not wrong, "\n".join(wrong)
