"""What a reader who was here before is told, and in how many bytes a page comes."""

import gzip

import brotli
import pytest
from sqlalchemy import event, update

from registry.cards.services import raise_version
from registry.database import db
from registry.information.models import Contact
from tests.cards.cards import card, put
from tests.page import Visitor

SEARCH = "/activities?q=dance"


@pytest.fixture
def dance(app):
    """Something that is found."""
    put(card("Dance", slug="dance"))


@pytest.fixture
def asked(app):
    """Every statement that the database is asked."""
    statements: list[str] = []

    def heard(_, __, statement, *___):
        statements.append(statement)

    event.listen(db.engine, "before_cursor_execute", heard)
    yield statements
    event.remove(db.engine, "before_cursor_execute", heard)


@pytest.mark.parametrize("address", ["/", SEARCH])
def test_a_reader_who_has_the_page_is_told_before_the_application_is_asked(
    client: Visitor, dance, app, monkeypatch, address
) -> None:
    page = client.get(address)
    kept = {"If-None-Match": page.headers["ETag"]}
    monkeypatch.setattr(app, "full_dispatch_request", lambda *_: pytest.fail("it was asked"))
    again = client.get(address, headers=kept)
    assert (again.status, again.body) == (304, b"")
    assert again.headers["ETag"] == page.headers["ETag"]
    assert again.headers["Cache-Control"] == "public, no-cache"
    assert again.headers["Content-Security-Policy"] == page.headers["Content-Security-Policy"]
    assert "Set-Cookie" not in again.headers


def test_an_old_etag_a_strange_one_and_another_query_get_the_page(client: Visitor, dance) -> None:
    etag = client.get(SEARCH).headers["ETag"]
    assert client.get("/activities?q=chess", headers={"If-None-Match": etag}).status == 200
    assert client.get(SEARCH, headers={"If-None-Match": 'W/"no", "x'}).status == 200
    put(card("Chess", organisation=9))
    assert client.get(SEARCH, headers={"If-None-Match": etag}).status == 200


def test_an_etag_counts_whether_or_not_a_proxy_has_weakened_it(client: Visitor, dance) -> None:
    etag = client.get(SEARCH).headers["ETag"]
    for held in (etag, etag.removeprefix("W/"), f'"other", {etag}'):
        assert client.get(SEARCH, headers={"If-None-Match": held}).status == 304


@pytest.mark.parametrize(
    ("accepted", "encoding", "unpacked"),
    [("br, gzip", "br", brotli.decompress), ("gzip", "gzip", gzip.decompress)],
)
def test_a_public_page_comes_in_fewer_bytes_and_says_the_same(
    client: Visitor, dance, accepted, encoding, unpacked
) -> None:
    plain = client.get(SEARCH)
    answer = client.raw.get(SEARCH, headers={"Accept-Encoding": accepted})
    assert answer.headers["Content-Encoding"] == encoding
    assert "Accept-Encoding" in answer.headers["Vary"]
    assert answer.headers["ETag"] == plain.headers["ETag"]
    assert int(answer.headers["Content-Length"]) == len(answer.data) < len(plain.body) / 3
    assert unpacked(answer.data) == plain.body


@pytest.mark.parametrize("address", ["/register", "/sign-in"])
def test_a_page_with_a_token_is_sent_as_it_is(client: Visitor, address) -> None:
    answer = client.raw.get(address, headers={"Accept-Encoding": "br, gzip"})
    assert answer.status_code == 200
    assert "Content-Encoding" not in answer.headers


def test_a_changed_number_is_on_the_next_page(client: Visitor, dance) -> None:
    assert "0808 555 0199" not in client.get(SEARCH).html
    db.session.execute(update(Contact).where(Contact.key == "child").values(value="0808 555 0199"))
    raise_version()
    db.session.commit()
    assert "0808 555 0199" in client.get(SEARCH).html


def test_a_card_says_what_its_newest_document_says(client: Visitor, app) -> None:
    for name in ("Dance for all", "Dance once more"):
        put(
            card(
                name, slug="waltz", activity_id=77, organisation=77, venue={"name": f"{name} Hall"}
            )
        )
        page = client.get("/activities?q=once" if "once" in name else SEARCH).html
        assert f"{name} Hall" in page


def test_a_page_of_results_asks_few_questions(client: Visitor, dance, asked) -> None:
    client.get(SEARCH)
    asked.clear()
    assert client.get(SEARCH).status == 200
    assert len(asked) <= 12, asked
