"""The front page of the desk: each role finds what needs them, and nothing of clubs they know."""

import re
from collections.abc import Callable
from datetime import date

import pytest
from flask import Flask

from registry.accounts.models import Account
from registry.assessments.services.after import suspend
from registry.clock import now
from registry.council.navigation import LINKS, ROOMS
from registry.database import db
from registry.organisations.models import DeclaredLink
from tests import factories as make
from tests.inventory.pages.council import never_arrived
from tests.page import Page, Visitor
from tests.rigs.travelling import Clock

SUBJECT = "Safe and Sound: Kingfisher Dance Project is closed"
CALM = "Nothing waits for you today"
NewVisitor = Callable[[], Visitor]


def open_desk(new_visitor: NewVisitor, account: Account, address: str = "/council") -> Page:
    """The page as this person sees it."""
    visitor = new_visitor()
    visitor.sign_in(account.email)
    return visitor.get(address)


@pytest.mark.parametrize("role", ["reviewer", "appeal_officer"])
def test_an_empty_desk_is_calm(app: Flask, new_visitor: NewVisitor, role: str) -> None:
    assert CALM in open_desk(new_visitor, make.a_person("Nia Evans", role)).main


def test_a_reviewer_sees_their_cases_the_pool_and_what_is_late(
    app: Flask, new_visitor: NewVisitor, clock: Clock
) -> None:
    clock.travel_to(date(2026, 11, 2))
    mine = make.in_review(met=False)
    jo = make.holder_of(mine)
    pool = make.a_submitted(plan=make.CHESS)
    clock.travel_to(date(2026, 12, 2))  # 22 working days later
    page = open_desk(new_visitor, jo)
    assert CALM not in page.main
    names = [[row[0] for row in table[1:]] for table in page.tables]
    assert [[name.split(" First")[0] for name in table] for table in names] == [
        [mine.organisation.name],
        [pool.organisation.name],
    ]
    assert page.tables[0][1][1].startswith("2 days over")
    assert "Nobody began in 5 days" in page.tables[1][1][2]
    assert _kpis(page)["over 20 days"] == 2
    assert _kpis(page)["nobody began in 5 days"] == 1
    assert _kpis(page)["in the pool"] == 1
    taken = page.press("Take the next case")
    assert taken.path.startswith(f"/council/cases/{pool.id}/questions/")


def test_a_senior_finds_what_to_sign_and_it_turns_red_unsigned(
    app: Flask, new_visitor: NewVisitor, clock: Clock
) -> None:
    clock.travel_to("2026-11-02 10:00")
    case = make.an_approved()
    first, second = make.a_senior(), make.a_person("Dee Park", "senior")
    suspend(case, first, reason="Advice from the LADO.")
    name = case.organisation.name
    assert f"{name}: suspended, to be countersigned" in open_desk(new_visitor, second).main
    assert "To sign" not in open_desk(new_visitor, first).main  # not their own
    clock.travel_to("2026-11-09 10:00")  # the fifth working day
    assert "nobody has countersigned" not in open_desk(new_visitor, second).main
    clock.travel_to("2026-11-10 10:00")
    for senior in (first, second):
        page = open_desk(new_visitor, senior)
        assert f"{name}: nobody has countersigned the suspension" in page.main
        assert "box--late" in page.html
    clock.travel_to("2026-11-30 10:00")  # 28 days after
    assert f"{name}: look at the suspension again" in open_desk(new_visitor, second).main


def test_what_somebody_is_linked_to_is_nowhere_on_their_desk(
    app: Flask, new_visitor: NewVisitor
) -> None:
    case = make.a_submitted()
    name, nia = case.organisation.name, make.a_person("Nia Evans", "reviewer")
    never_arrived(case.organisation)
    addresses = ("/council", "/council/cases", "/council/cases?where=all", "/council/emails")
    for address in addresses:
        assert name in open_desk(new_visitor, nia, address).main, address
    db.session.add(
        DeclaredLink(account_id=nia.id, organisation_id=case.organisation_id, declared_at=now())
    )
    db.session.commit()
    for address in addresses:
        assert name not in open_desk(new_visitor, nia, address).main, address
    assert CALM in open_desk(new_visitor, nia).main
    looked = open_desk(new_visitor, nia, f"/council/cases?find={case.reference}")
    assert "No case fits" in looked.main


def test_the_list_of_cases_is_searched_and_filtered(app: Flask, new_visitor: NewVisitor) -> None:
    held = make.in_review(met=False)
    jo = make.holder_of(held)
    new = make.a_submitted(plan=make.CHESS)
    listed = make.an_approved(plan=make.COACH)
    visitor = new_visitor()
    visitor.sign_in(jo.email)

    def found(query: str) -> set[str]:
        tables = visitor.get(f"/council/cases?{query}").tables
        names = [row[0] for row in tables[0][1:]] if tables else []
        every = (held, new, listed)
        return {
            one.reference
            for one in every
            if any(re.search(rf"\b{one.reference}\b", name) for name in names)
        }

    assert found("") == {held.reference, new.reference}
    assert found("who=mine") == {held.reference}
    assert found("who=nobody") == {new.reference}
    assert found(f"who={jo.id}&where=all") >= {held.reference}
    assert found("where=reading") == {held.reference}
    assert found("where=listed") == {listed.reference}
    assert found("find=CHESS") == {new.reference}
    assert found("find=marcus+bell") == {listed.reference}  # a search looks everywhere
    assert found(f"find={held.reference.lower()}") == {held.reference}
    assert found("find=100%25") == set()
    assert found("age=over") == set()
    assert found("age=more") == {held.reference, new.reference}
    assert found("age=nonsense&where=nonsense&page=-4&order=x") == {held.reference, new.reference}


def test_an_email_that_never_arrived_is_sent_again_or_put_aside(
    app: Flask, new_visitor: NewVisitor
) -> None:
    club = make.a_club()
    never_arrived(club)
    never_arrived(club)
    ola = make.a_person("Ola Adeyemi", "administrator")
    visitor = new_visitor()
    visitor.sign_in(ola.email)
    page = visitor.get("/council")
    assert "2 emails never arrived" in page.main
    page = page.follow("2 emails never arrived")
    assert "No such mailbox here" in page.main
    page = page.press(f"Send again {SUBJECT}")
    page = page.press(f"Put aside {SUBJECT}")
    assert "Every email arrived" in page.main
    assert "never arrived" not in visitor.get("/council").main


def test_two_people_settle_the_same_email_and_one_is_told(
    app: Flask, new_visitor: NewVisitor
) -> None:
    message = never_arrived(make.a_club())
    visitor = new_visitor()
    visitor.sign_in(make.a_senior().email)
    page = visitor.get("/council/emails")
    message.put_aside_at = now()
    db.session.commit()
    assert page.press(f"Send again {SUBJECT}").status == 409


@pytest.mark.parametrize(
    ("role", "rooms"),
    [
        ("reviewer", {"Today", "Cases", "Changes", "Concerns", "Reports"}),
        ("senior", {room for _, room in ROOMS}),  # who read what is theirs to see
        ("administrator", {"Today", "Reports", "Administration"}),
        ("appeal_officer", {"Today", "Appeals"}),
        ("auditor", {room for _, room in ROOMS}),
    ],
)
def test_the_way_round_shows_what_somebody_may_open(
    app: Flask, new_visitor: NewVisitor, role: str, rooms: set[str]
) -> None:
    page = open_desk(new_visitor, make.a_person("Nia Evans", role))
    way = page.html.split('aria-label="Council desk"')[1].split("</nav>")[0]
    assert set(re.findall(r"<a [^>]*>([^<]+)</a>", way)) == rooms
    assert "Nia Evans" in page.text
    assert "Sign out" in page.text


def test_every_link_of_the_way_round_leads_to_a_page_of_a_room(app: Flask) -> None:
    assert {link.room for link in LINKS} <= {room for room, _ in ROOMS}
    for link in LINKS:
        assert link.endpoint in app.view_functions, link
        assert app.view_functions[link.endpoint].guard is link.permission, link
    sections = [link.section for link in LINKS]
    assert len(set(sections)) == len(sections)


def _kpis(page: Page) -> dict[str, int]:
    """The numbers at the top, by their words."""
    found = re.findall(r'class="kpi"[^>]*>.*?<b>(\d+)</b>([^<]+)</a>', page.html, re.DOTALL)
    return {words.strip(): int(count) for count, words in found}
