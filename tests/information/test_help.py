"""The pages of advice: quiet, dated, with today's numbers, and links that are kept by name."""

import re
from dataclasses import replace
from datetime import date
from pathlib import Path

import pytest
from flask import Flask

from registry.cards.services import raise_version
from registry.database import db
from registry.information import services
from registry.information.help_topics import (
    CONTENT,
    GROUPS,
    HelpContentError,
    HelpTopics,
    read_topics,
)
from registry.information.models import Contact
from tests import factories as make
from tests.page import Visitor

TOPICS = read_topics()
ADDRESSES = [topic.address for topic in TOPICS.topics]
NUMBER = re.compile(r"\d[\d ]{4,}\d|\b(?:999|101|111|116)\b")
# What nobody who looks over a shoulder, or through a history, should read.
ALARMING = re.compile(
    r"abus|violen|exploit|traffick|radical|terror|extrem|bully|harm|neglect|suicid|danger|concern|"
    r"protection|whistle|drug|sex|grooming|slave",
    re.IGNORECASE,
)


def test_there_is_a_page_for_everything_that_was_promised() -> None:
    assert set(ADDRESSES) == {
        "keeping-safe",
        "getting-along",
        "online",
        "at-home",
        "gifts-and-favours",
        "work-and-travel",
        "ideas-and-groups",
        "meetings",
        "adult-care",
        "what-to-ask",
        "speaking-up",
        "dbs-checks",
        "procedures-and-partners",
    }
    assert all(topic.group in GROUPS for topic in TOPICS.topics)


@pytest.mark.parametrize("topic", TOPICS.topics, ids=ADDRESSES)
def test_its_address_and_title_tell_nobody_what_it_is_about(topic) -> None:
    assert not ALARMING.search(f"{topic.address} {topic.title}")


@pytest.mark.parametrize("file", sorted((CONTENT / "help").glob("*.md")), ids=lambda f: f.stem)
def test_no_number_and_no_address_of_others_stands_in_a_text(file: Path) -> None:
    text = re.sub(r"(?m)^checked_on = .*$", "", file.read_text())
    assert not NUMBER.search(text)
    assert not re.search(r"https?://|www\.", text)


def test_what_looks_like_a_number_is_found() -> None:
    for number in ("0800 1111", "01902 555392", "999", "call 101 now", "0808 8005000"):
        assert NUMBER.search(number), number
    assert not NUMBER.search("within 15 working days, 21 January 2026, 10 to 12, under 18")


@pytest.mark.parametrize("address", ADDRESSES)
def test_a_page_is_dated_kept_by_nobody_and_can_be_left(client: Visitor, address: str) -> None:
    page = client.get(f"/help/{address}")
    topic = TOPICS.at(address)
    assert page.h1 == topic.title
    assert page.headers["Cache-Control"] == "no-store"
    assert "Set-Cookie" not in page.headers
    assert '<meta name="robots" content="noindex">' in page.html
    assert "We last checked this page on 22 November 2026." in page.main
    assert "This does not delete your history." in page.main
    assert len(re.findall(r"<a [^>]*data-exit[^>]*>", page.html)) >= 2
    assert "{" not in page.main
    for link in topic.links:
        assert page.links[link.organisation] == link.address


def test_help_leads_to_every_page(client: Visitor) -> None:
    hrefs = client.get("/help").hrefs
    assert [f"/help/{address}" for address in ADDRESSES if f"/help/{address}" not in hrefs] == []


def test_every_link_of_ours_leads_to_a_page(app: Flask, client: Visitor) -> None:
    adapter = app.url_map.bind("localhost")
    for topic in TOPICS.topics:
        for href in re.findall(r'href="(/[^"#]*)', topic.html):
            assert adapter.test(href), href


def test_a_number_that_is_changed_is_changed_in_the_texts(client: Visitor) -> None:
    services.fill_in_contacts()
    db.session.get(Contact, "child").value = "01902 000111"
    db.session.commit()
    page = client.get("/help/keeping-safe")
    assert page.links["01902 000111"] == "tel:01902000111"
    assert "01902 555392" not in page.main


def test_a_number_that_nobody_confirmed_says_so_on_the_page(client: Visitor) -> None:
    said = "Not yet confirmed by City of Wolverhampton Council."
    assert f"101: {said}" in client.get("/help/at-home").main, "a number in the text alone"
    assert said in client.get("/help/adult-care").main
    services.fill_in_contacts()
    for row in db.session.query(Contact):
        row.verified_on = date(2026, 11, 20)
    raise_version()
    db.session.commit()
    assert said not in client.get("/help/at-home").main


def test_a_link_is_changed_in_one_place(tmp_path: Path) -> None:
    new = '[nrm]\norganisation = "NRM"\naddress = "https://new.example/"\nabout = "How"\n'
    (tmp_path / "links.toml").write_text(new)
    topic = read_topics(tmp_path).at("work-and-travel")
    assert 'href="https://new.example/"' in topic.html
    assert [link.address for link in topic.links if link.name == "nrm"] == ["https://new.example/"]


PAGE = (
    '+++\ntitle = "Here"\nabout = "Our own"\ngroup = "worried"\norder = 1\n'
    'checked_on = 2026-11-01\ncall = ["danger"]\n+++\n'
)


def test_a_council_writes_pages_of_its_own(tmp_path: Path) -> None:
    (tmp_path / "here.md").write_text(f"{PAGE}Call {{mash}}. <b>Bold</b> [us][nspcc]\n")
    (tmp_path / "online.md").write_text(f"{PAGE}Ours.\n")
    topics = read_topics(tmp_path)
    own = topics.at("here")
    assert own.rooms == {"mash"}
    assert "&lt;b&gt;" in own.html, "no markup but Markdown"
    assert f'href="{TOPICS.at("keeping-safe").links[0].address}"' in own.html
    assert topics.at("online").html == "<p>Ours.</p>\n", "in place of the one that came along"
    assert topics.topics[0].address in ("here", "online"), "in the order that it asks for"


@pytest.mark.parametrize(
    "text",
    [
        "no head",
        f"{PAGE}Call {{nobody}}.",
        f"{PAGE}[words][no_such_link]",
        PAGE.replace("worried", "elsewhere"),
        PAGE.replace('["danger"]', '["anybody"]'),
        PAGE.replace("title", "titel"),
        PAGE.replace("+++\n", 'links = ["no_such_link"]\n+++\n', 2).removeprefix("links"),
    ],
)
def test_a_file_that_cannot_be_used_is_named(tmp_path: Path, text: str) -> None:
    (tmp_path / "here.md").write_text(text)
    with pytest.raises(HelpContentError, match=r"here\.md"):
        read_topics(tmp_path)


def test_a_year_later_somebody_has_to_look_again() -> None:
    topic = replace(TOPICS.topics[0], links=())
    link = replace(TOPICS.links[0], checked_on=date(2026, 11, 22))
    topics = HelpTopics((topic,), (link,))
    assert topics.stale(date(2027, 11, 21)) == []
    page, opened = topics.stale(date(2027, 11, 22))
    assert topic.title in page
    assert link.name in opened
    never = HelpTopics((), (replace(link, checked_on=None),))
    said = f"Nobody has opened a link of the help pages, {link.name}, yet."
    assert never.stale(date(2026, 11, 22)) == [said]


def test_the_doctor_and_the_administrators_are_told(app: Flask, client: Visitor) -> None:
    email = make.a_person("Priya Nair", "administrator").email
    db.session.commit()
    outcome = app.test_cli_runner().invoke(args=["registry", "doctor"])
    assert "links of the help pages" in outcome.output
    client.sign_in(email, make.PASSWORD)
    assert "links of the help pages" in client.get("/admin").main


def test_the_questions_can_be_ticked_on_paper(client: Visitor) -> None:
    html = client.get("/help/what-to-ask").html
    assert html.count('<ul class="asks">') == 3
    assert "[ ]" not in html


def test_a_page_that_is_not_there_is_as_any_other(client: Visitor) -> None:
    assert client.get("/help/never-was").body == client.get("/never-was").body
