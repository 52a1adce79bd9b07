"""Promise 3: nothing public calls a club safe, approved or the like.

Every page in every state is read on the walk of `test_pages.py`, with what it says to machines.
Here: what is no page, every email to clubs and to people with an account, and the templates
themselves, for what no state shows.
"""

import re
from pathlib import Path

import pytest
from flask import Flask

from tests.cards.cards import card, put
from tests.emails.test_snapshots import SNAPSHOTS
from tests.inspection import parse
from tests.inventory.promised_words import ALLOWED, FIXED, overpromised, said_on_page
from tests.inventory.test_pages import NO_PAGE
from tests.page import Visitor

TEMPLATES = Path(__file__).resolve().parents[2] / "templates"
# What is no page and everybody may fetch: read below, or it says nothing of a club in our words.
READ = {
    "directory.calendar": "/activities/ballet.ics",
    "directory.shortlist_calendar": "/shortlist.ics?a=ballet",
    "directory.organisation_calendar": "/organisations/organisation-7.ics",
    "opendata.activities_table": "/data/activities.csv",
    "opendata.activities_metadata": "/data/activities.csv-metadata.json",
    "opendata.activities_points": "/data/activities.geojson",
    "opendata.new_activities": "/data/new-activities.atom",
    "opendata.sitemap_index": "/sitemap.xml",
    "opendata.sitemap_part": "/sitemaps/activities-1.xml",
    "opendata.search_description": "/opensearch.xml",
    "opendata.robots": "/robots.txt",
    "opendata.openactive_catalogue": "/openactive/catalogue",
    "opendata.session_series": "/openactive/feeds/session-series",
    "opendata.scheduled_sessions": "/openactive/feeds/scheduled-sessions",
    "opendata.oruk_openapi": "/oruk/v3/openapi.json",
    "opendata.oruk_services": "/oruk/v3/services?full=true",
    "opendata.oruk_service_at_locations": "/oruk/v3/service_at_locations?full=true",
    "opendata.oruk_organizations": "/oruk/v3/organizations?full=true",
    "opendata.oruk_taxonomies": "/oruk/v3/taxonomies",
    "opendata.oruk_taxonomy_terms": "/oruk/v3/taxonomy_terms?per_page=1000",
    "verifying.badge": "/badge/SAS-7KQ2MX.svg",
}
SAYS_NOTHING = {
    "health.alive": "a word for a machine",
    "health.ready": "a word for a machine",
    "opendata.oruk_about": "addresses for a machine",
    "opendata.oruk_service": "one of what its list tells",
    "opendata.oruk_service_at_location": "one of what its list tells",
    "opendata.oruk_organization": "one of what its list tells",
    "opendata.oruk_taxonomy": "one of what its list tells",
    "opendata.oruk_taxonomy_term": "one of what its list tells",
    "directory.picture": "a picture of the club’s own",
    "directory.places": "names of places, each with where it is",
    "help_in_place.text": "a plan for a club to make its own",
}
CONCERNS = ("_page", "before_you_send", "call", "sent", "staff", "start", "write")
PUBLIC = [
    *(
        file
        for room in ("directory", "information", "verifying", "opendata", "errors", "components")
        for file in sorted((TEMPLATES / room).iterdir())
    ),
    *(TEMPLATES / "concerns" / f"{name}.html" for name in CONCERNS),
    TEMPLATES / "layouts" / "public.html",
    TEMPLATES / "layouts" / "_foot.html",
]
LETTERS = [
    file for file in sorted(SNAPSHOTS.glob("*.txt")) if file.name.startswith(("club-", "account-"))
]


@pytest.mark.parametrize("file", PUBLIC, ids=lambda f: f.relative_to(TEMPLATES).as_posix())
def test_no_public_template_promises_too_much(file: Path) -> None:
    text = file.read_text()
    for code in (r"\{#.*?#\}", r"\{%.*?%\}", r"\{\{.*?\}\}", r"<[^>]*>"):
        text = re.sub(code, " ", text, flags=re.DOTALL)
    assert overpromised(text) == []


@pytest.mark.parametrize("file", LETTERS, ids=lambda f: f.stem)
def test_no_email_promises_too_much(file: Path) -> None:
    """`tests/emails` holds that each of these files is the email as it is sent."""
    assert overpromised(file.read_text()) == []


def test_no_file_that_everybody_may_fetch_promises_too_much(client: Visitor) -> None:
    told = {"reference": "SAS-7KQ2MX", "read_on": "2026-09-14"}
    put(card("Ballet", slug="ballet", organisation=7, **told))
    for address in (*READ.values(), "/badge/SAS-ZZZZZZ.svg"):
        said = client.get(address).body.decode()
        assert len(said) > 100, address
        # A calendar folds its long lines in the middle of a word.
        plain = re.sub(r"<[^>]*>", " . ", said.replace("\r\n ", ""))
        assert overpromised(plain) == [], address


def test_every_file_that_everybody_may_fetch_is_read_or_says_nothing(app: Flask) -> None:
    files = {
        rule.endpoint
        for rule in app.url_map.iter_rules()
        if rule.endpoint in NO_PAGE
        and getattr(app.view_functions[rule.endpoint], "guard", "") == "public"
    }
    assert files == set(READ) | set(SAYS_NOTHING)


@pytest.mark.parametrize(
    "said",
    [
        "This club is safe",
        "A safe place for your child",
        "Approved by the council",
        "We recommend this activity",
        "a certified club",
        "Vetted and trusted by parents",
        "an accredited tutor",
        "Their certificate of approval",
        "Not safe and sound at all, but safe",
    ],
)
def test_a_promise_is_found(said: str) -> None:
    assert overpromised(f"Ballet. {said}. On Tuesdays.")


def test_a_promise_is_found_wherever_it_stands() -> None:
    for where in (
        "<p>{}</p>",
        "<img src='x' alt='{}'>",
        "<a href='/' aria-label='{}'>a</a>",
        '<script type=\'application/ld+json\'>{{"award": "{}"}}</script>',
    ):
        html = (
            (
                "<!doctype html><html lang='en'><head><title>T</title>"
                f"<meta name='description' content='x'></head><body>{where}</body></html>"
            )
            .replace("{}", "approved")
            .replace("{{", "{")
            .replace("}}", "}")
        )
        assert overpromised(said_on_page(parse(html))), where
    head = "<!doctype html><html lang='en'><head><title>T</title><meta name='d' content='Vetted'>"
    assert overpromised(said_on_page(parse(f"{head}</head><body></body></html>")))


@pytest.mark.parametrize("sentence", [*FIXED, *ALLOWED])
def test_what_may_be_said_is_let_pass(sentence: str) -> None:
    assert overpromised(f"Look. {sentence}. Then go.") == []


def test_every_exception_has_its_reason() -> None:
    assert all(ALLOWED.values())


def test_the_fixed_sentences_stand_word_for_word() -> None:
    box = " ".join((TEMPLATES / "components" / "safe_and_sound_box.html").read_text().split())
    for sentence in (
        "This club told us how it keeps children safe.",
        "We did not watch the club or check each adult.",
        "This is not a promise that the club is safe.",
        "Always ask your own questions.",
    ):
        assert sentence in box


def test_the_page_without_a_hit_says_that_not_listed_does_not_mean_unsafe() -> None:
    texts = " ".join(
        " ".join(f.read_text().split()) for f in (TEMPLATES / "directory").rglob("*.html")
    )
    assert "Not listed does not mean unsafe" in texts
