"""What a club prints and shows: only while it is on the list, and with the fixed words."""

import re
import subprocess
import sys
import zlib
from collections.abc import Callable
from datetime import date
from html import unescape

import pypdfium2
import pytest
from sqlalchemy import event

from registry import clock as time_of_day
from registry.assessments import services
from registry.assessments.publish import publish
from registry.config import settings
from registry.database import db
from registry.files.paper_text import text_in
from registry.organisations.services import pause
from registry.papers import apart
from registry.papers.pdf import NoPdfHere
from registry.tallies.models import ListingLook
from registry.verifying.notice import notice_paper, site_in_words
from registry.verifying.queries import verdict_told_to
from registry.verifying.verdict import Verdict
from registry.web.formats import long_date
from tests import factories as make
from tests.inventory.promised_words import overpromised
from tests.page import Visitor

LONG = "The Very Long Named Association of " + "Families and Friends " * 6
A_VERDICT = Verdict(
    reference="SAS-7KQ2MX",
    name="Kingfisher & <Friends>",
    slug="kingfisher",
    read_on="2026-03-14",
    next_due_on="2027-02-12",
    points=("A plan to protect children", "Choosing staff", "Health and safety", "Fair treatment"),
    activities=(("Ballet", "ballet"),),
)


@pytest.fixture
def sign_in(new_visitor: Callable[[], Visitor]) -> Callable[..., Visitor]:
    def signed_in(account):
        email = account.email
        db.session.commit()
        visitor = new_visitor()
        visitor.sign_in(email)
        return visitor

    return signed_in


def desk(assessment):
    return f"/club/{assessment.organisation_id}"


def test_the_front_page_leads_to_the_badge_the_notice_and_the_check(app, sign_in):
    listed = make.an_approved()
    base, reference, site = desk(listed), listed.reference, settings().public_url
    read_on, due = long_date(listed.decided_on), long_date(listed.listed_until)
    club = sign_in(make.owner_of(listed))
    page = club.get(base).follow("Your notice and badge")
    assert (page.path, page.h1) == (f"{base}/notice-and-badge", "Your notice and badge")
    assert f"read on {read_on}" in page.main and f"due on {due}" in page.main
    code = unescape(page.by_id("code-light"))
    assert code == (
        f'<a href="{site}/verify/{reference}"><img src="{site}/badge/{reference}.svg" width="340" '
        'height="112" alt="Safe and Sound: check this club’s dates"></a>'
    )
    assert f"/badge/{reference}.svg?on=dark" in page.by_id("code-dark")
    assert page.links["See what people see when they check you"] == f"/verify/{reference}"

    page = club.get(f"{base}/notice")
    title = f"Safe and Sound: self-check read by {settings().council_name} on {read_on}"
    assert page.h1 == title
    assert f"Next due {due}" in page.main
    shown = site_in_words(f"{site}/verify/{reference}")
    assert f"This notice is true only if {shown} says so today." in page.main
    assert "We did not watch the club or check each adult." in page.main


def test_the_pdf_is_tagged_titled_and_one_page(app, sign_in):
    listed = make.an_approved()
    reference, due = listed.reference, long_date(listed.listed_until)
    read_on = long_date(listed.decided_on)
    helper = sign_in(make.a_member(listed.organisation))
    answer = helper.get(f"{desk(listed)}/notice.pdf")
    assert answer.response.headers["Content-Type"] == "application/pdf"
    assert f"notice-{reference}.pdf" in answer.response.headers["Content-Disposition"]
    document = pypdfium2.PdfDocument(answer.body)
    assert len(document) == 1
    assert pypdfium2.raw.FPDFCatalog_IsTagged(document)
    title = f"Safe and Sound: self-check read by {settings().council_name} on {read_on}"
    assert document.get_metadata_value("Title") == title
    document.close()
    assert "/Lang (en-GB)" in unpacked(answer.body)
    words = " ".join(text_in(answer.body, "pdf").split())
    for said in (title, "Kingfisher Dance Project", due, f"/verify/{reference} says so today"):
        assert said.replace(" ", "") in words.replace(" ", "")


def unpacked(pdf):
    """What stands in the compressed parts of a PDF."""
    parts = re.findall(rb"stream\r?\n(.*?)\r?\nendstream", pdf, re.DOTALL)
    return "".join(zlib.decompress(part).decode("latin-1") for part in parts)


def words_of(page):
    """Where nothing tells one word from the next but how a page is broken."""
    return "".join(text_in(page, "pdf").split())


@pytest.mark.changed(
    council_name="The Metropolitan Borough Council of Somewhere upon the River",
    public_url="https://safe-and-sound.a-rather-long-name-for-a-council.example.gov.uk",
)
def test_long_names_still_fit_on_one_sheet(app):
    long_one = Verdict(**{**vars(A_VERDICT), "name": LONG})
    page = apart.page_as_pdf_apart(
        notice_paper(long_one, f"{settings().public_url}{long_one.path}")
    )
    assert len(pypdfium2.PdfDocument(page)) == 1
    assert "".join(LONG.split()) in words_of(page)


def test_the_notice_says_no_word_of_assurance(app):
    paper = notice_paper(A_VERDICT, "https://sas.example/verify/SAS-7KQ2MX")
    assert "Kingfisher &amp; &lt;Friends&gt;" in paper
    assert overpromised(re.sub(r"<style>.*</style>|<[^>]+>", " ", paper, flags=re.DOTALL)) == []
    assert re.findall(r'src="(?!data:)|url\(|@import|<link|<script', paper) == []


@pytest.mark.changed(demonstration=True)
def test_a_notice_of_a_demonstration_says_that_it_is_one(app):
    assert "This is a demonstration." in notice_paper(A_VERDICT, "https://sas.example/verify/x")


def test_making_it_loads_no_typesetter_here():
    """A web worker that has once loaded WeasyPrint keeps it in its memory."""
    script = (
        "import sys\n"
        "from registry.papers.apart import page_as_pdf_apart\n"
        "made = page_as_pdf_apart('<html lang=en><title>A</title><p>Words</html>')\n"
        "assert made.startswith(b'%PDF-'), made[:20]\n"
        "assert 'weasyprint' not in sys.modules\n"
    )
    subprocess.run([sys.executable, "-c", script], cwd=apart.ROOT, check=True)


def test_without_pango_the_page_to_print_is_offered(app, sign_in, monkeypatch):
    def no_library(page):
        raise NoPdfHere("cannot load library 'libpango-1.0-0'")

    monkeypatch.setattr("registry.verifying.routes.printing.page_as_pdf_apart", no_library)
    listed = make.an_approved()
    page = sign_in(make.owner_of(listed)).get(f"{desk(listed)}/notice.pdf")
    assert page.path == f"{desk(listed)}/notice"
    assert "We cannot make a PDF here just now. Print this page" in page.text


def test_what_fails_in_the_process_is_no_pdf(monkeypatch):
    monkeypatch.setattr(apart, "__name__", "registry.papers.no_such_module")
    with pytest.raises(NoPdfHere, match="no_such_module"):
        apart.page_as_pdf_apart("<p>Words")


def paused(listed):
    for activity in listed.organisation.activities:
        pause(activity, make.owner_of(listed))
    publish(listed.organisation)


@pytest.mark.parametrize(
    ("begin", "then", "why"),
    [
        (make.a_draft, None, "You are not on the list now."),
        (make.a_suspended, None, "You are not on the list now."),
        (make.an_approved, paused, "You are on the list, but none of your activities is."),
    ],
)
def test_a_club_that_is_not_on_the_list_is_told_so_plainly(app, sign_in, begin, then, why):
    case = begin()
    if then:
        then(case)
    club = sign_in(make.owner_of(case))
    for path in ("notice-and-badge", "notice", "notice.pdf"):
        page = club.get(f"{desk(case)}/{path}")
        assert (page.status, page.h1) == (200, "No notice or badge today")
        assert why in page.main


def test_a_quiet_hold_changes_nothing_that_the_club_sees(app, sign_in, clock):
    clock.freeze(time_of_day.now().replace(microsecond=0))
    listed = make.an_approved()
    club = sign_in(make.owner_of(listed))
    paths = [f"{desk(listed)}/{path}" for path in ("notice-and-badge", "notice")]

    def seen():
        return [club.get(path).main for path in paths] + [
            unescape(club.get(paths[0]).html.partition("<main")[2].partition("</main>")[0])
        ]

    before = seen()
    make.with_hold(listed, "quiet", off=True)
    publish(listed.organisation)
    db.session.commit()
    assert club.get(f"/verify/{listed.reference}").status == 404
    assert seen() == before


def test_a_club_reads_roughly_how_often_people_looked(app, sign_in, clock):
    clock.travel_to("2026-11-25")
    listed = make.an_approved()
    activity = listed.organisation.activities[0]
    for week, times in (
        (date(2026, 11, 23), 20),
        (date(2026, 10, 26), 21),
        (date(2026, 10, 19), 9),
    ):
        db.session.add(
            ListingLook(
                activity_id=activity.id,
                organisation_id=activity.organisation_id,
                week=week,
                times=times,
            )
        )
    page = sign_in(make.owner_of(listed)).get(f"{desk(listed)}/notice-and-badge")
    assert "Since Monday 26 October 2026." in page.main
    assert f"{activity.name} about 40 times" in page.main
    db.session.query(ListingLook).delete()
    db.session.commit()
    page = sign_in(make.owner_of(listed)).get(f"{desk(listed)}/notice-and-badge")
    assert f"{activity.name} fewer than 5 times" in page.main


def test_the_badge_on_the_page_is_drawn_from_what_the_club_is_told(app, sign_in):
    listed = make.an_approved()
    page = sign_in(make.owner_of(listed)).get(f"{desk(listed)}/notice-and-badge")
    assert page.html.count('src="data:image/svg+xml;base64,') == 3
    assert 'src="/badge/' not in page.html


def test_what_the_club_is_told_comes_from_its_cards(app):
    listed = make.an_approved()
    told = verdict_told_to(listed.organisation_id, time_of_day.today())
    assert told is not None and told.reference == listed.reference
    said = []
    event.listen(db.engine, "before_cursor_execute", lambda *a: said.append(a[2]))
    verdict_told_to(listed.organisation_id, time_of_day.today())
    assert said and all("card" in one and "assessment" not in one for one in said)
    services.suspend(listed, make.a_senior(), reason="Advice from the LADO.")
    assert verdict_told_to(listed.organisation_id, time_of_day.today()) is None
