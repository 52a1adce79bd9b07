"""The feeds follow the cards: each change once, under a number of its own, and nothing lost."""

import json
from datetime import date, timedelta
from typing import Any

import pytest
from flask import Flask
from sqlalchemy import delete, select

from registry.cards.models import RegisterVersion
from registry.cards.record import CardRecord
from registry.cards.services import replace_cards
from registry.database import db
from registry.jobs.nightly import run_night
from registry.opendata.openactive.models import SERIES as SERIES_KIND
from registry.opendata.openactive.models import SESSION as SESSION_KIND
from registry.opendata.openactive.models import FeedItem
from registry.opendata.openactive.services import fill_feeds
from tests.cards.cards import card, put, session
from tests.opendata.openactive.harvesting import SERIES, SESSIONS, harvester
from tests.page import Visitor
from tests.rigs.travelling import Clock

MONDAY = "2026-11-23 09:00"
FOOTBALL = ("sport.football",)


@pytest.fixture(autouse=True)
def _on_a_monday(clock: Clock) -> None:
    clock.travel_to(MONDAY)


def football(number: int = 1, **changes: Any) -> CardRecord:
    """Every Tuesday after school, all year."""
    told = {
        "sessions": [session(key="tuesdays", season="all_year")],
        "categories": FOOTBALL,
        "activity_id": number,
        "organisation": number,
        "slug": f"football-{number}",
        "until": date(2027, 3, 1),
        **changes,
    }
    return card(told.pop("name", f"Football {number}"), **told)


def by_night() -> None:
    """The nightly job. Nothing but cards is here, so it misses the clubs behind them."""
    assert [one for one in run_night().failed if not one.startswith("publish")] == []


def items(client: Visitor, feed: str = SERIES, after: int = 0) -> list[dict[str, Any]]:
    return json.loads(client.get(f"{feed}?afterChangeNumber={after}").body)["items"]


def last_number(client: Visitor, feed: str = SERIES) -> int:
    return max((one["modified"] for one in items(client, feed)), default=0)


def test_what_is_on_is_in_the_feed_with_its_dates(app: Flask, client: Visitor) -> None:
    put(football())
    (series,) = items(client)
    assert series["kind"] == "SessionSeries"
    assert series["data"]["name"] == "Football 1"
    assert series["data"]["activity"][0]["prefLabel"] == "Football"
    dates = items(client, SESSIONS)
    assert [one["data"]["startDate"] for one in dates] == [
        f"{date(2026, 11, 24) + timedelta(weeks=week)}T16:30:00+00:00" for week in range(8)
    ]
    assert {one["data"]["superEvent"] for one in dates} == {series["data"]["@id"]}
    assert len({one["data"]["@id"] for one in dates}) == 8


def test_no_date_is_given_past_the_last_day_of_the_listing(app: Flask, client: Visitor) -> None:
    put(football(until=date(2026, 12, 8)))
    days = [one["data"]["startDate"][:10] for one in items(client, SESSIONS)]
    assert days == ["2026-11-24", "2026-12-01", "2026-12-08"]


def test_what_the_list_of_activities_has_no_word_for_is_in_no_feed(
    app: Flask, client: Visitor
) -> None:
    put(card("Chess", categories=("stem_games.chess",)))
    put(football(5, cost={"kind": None}))
    assert items(client) == items(client, SESSIONS) == []
    assert db.session.scalar(select(FeedItem)) is None


def test_hidden_times_and_places_stay_hidden(app: Flask, client: Visitor) -> None:
    hidden = {"hidden": True, "name": "", "address_lines": [], "postcode": ""}
    put(football(hide_times=True, venue=hidden))
    (series,) = items(client)
    said = json.dumps(series)
    for secret in ("16:30", "17:30", "Foundry", "WV10"):
        assert secret not in said
    assert series["data"]["location"]["address"] == "Heath Town, Wolverhampton"
    assert items(client, SESSIONS) == []


def test_numbers_are_unique_in_the_whole_register_and_rise_with_every_change(
    app: Flask, client: Visitor
) -> None:
    put(football(1), football(2, organisation=1), football(3))
    numbers = [one["modified"] for feed in (SERIES, SESSIONS) for one in items(client, feed)]
    assert len(numbers) == len(set(numbers)) == 27
    before = {one["id"]: one["modified"] for one in items(client)}
    put(football(1, name="Football with Ann"), football(2, organisation=1))
    after = {one["id"]: one["modified"] for one in items(client)}
    changed = [name for name in before if after[name] != before[name]]
    assert len(changed) == 1
    assert after[changed[0]] > max(numbers)
    assert db.session.scalar(select(RegisterVersion.version)) >= after[changed[0]]


def test_what_says_the_same_as_before_keeps_its_number(app: Flask, client: Visitor) -> None:
    put(football())
    before = items(client), items(client, SESSIONS)
    put(football())
    put(football(until=date(2027, 6, 1)))
    assert items(client, SESSIONS) == before[1]
    put(football(until=date(2027, 3, 1)))
    assert (items(client), items(client, SESSIONS)) == before


def test_a_club_that_leaves_is_deleted_with_all_its_dates(app: Flask, client: Visitor) -> None:
    put(football(1), football(2))
    reader, dates = harvester(client).read_on(), harvester(client, SESSIONS).read_on()
    assert (len(reader.known), len(dates.known)) == (2, 16)
    replace_cards(1, [])
    reader.read_on()
    dates.read_on()
    assert reader.slugs == dates.slugs == {"football-2"}
    (gone,) = [one for one in items(client) if one["state"] == "deleted"]
    assert set(gone) == {"state", "kind", "id", "modified"}
    assert "football-1" not in client.get(SERIES).body.decode()
    kept = db.session.scalars(select(FeedItem).where(FeedItem.activity_id == 1)).all()
    assert all(one.data is None and one.said == "" for one in kept)


def test_one_that_comes_back_has_its_old_names_and_new_numbers(app: Flask, client: Visitor) -> None:
    put(football())
    reader, dates = harvester(client).read_on(), harvester(client, SESSIONS).read_on()
    before = set(reader.known), set(dates.known)
    replace_cards(1, [])
    reader.read_on()
    dates.read_on()
    assert not reader.known and not dates.known
    put(football())
    assert (set(reader.read_on().known), set(dates.read_on().known)) == before


def test_dates_that_go_are_deleted_and_a_date_that_moves_keeps_its_name(
    app: Flask, client: Visitor
) -> None:
    put(football())
    dates = harvester(client, SESSIONS).read_on()
    second = next(n for n, one in dates.known.items() if one["startDate"][:10] == "2026-12-01")
    off = [{"on": "2026-12-01", "why": "No hall"}]
    put(football(sessions=[session(key="tuesdays", season="all_year", off=off)]))
    dates.read_on()
    assert dates.gone == {second}
    assert len(dates.known) == 7
    later = {"start": "18:00", "end": "19:30"}
    put(football(sessions=[session(key="tuesdays", season="all_year", **later)]))
    dates.read_on()
    assert len(dates.known) == 8 and not dates.gone
    assert dates.known[second]["startDate"] == "2026-12-01T18:00:00+00:00"
    assert dates.known[second]["duration"] == "PT1H30M"


def test_a_kind_that_the_list_has_no_word_for_takes_it_out(app: Flask, client: Visitor) -> None:
    put(football())
    reader, dates = harvester(client).read_on(), harvester(client, SESSIONS).read_on()
    put(football(categories=("stem_games.chess",)))
    assert not reader.read_on().known and not dates.read_on().known


def test_what_is_past_its_last_day_is_deleted_where_it_stands_until_the_night(
    app: Flask, client: Visitor, clock: Clock
) -> None:
    put(football(until=date(2026, 11, 30)))
    late = harvester(client).read_on()
    number = last_number(client)
    clock.to_midnight_after(date(2026, 11, 30))
    (item,) = items(client)
    assert (item["state"], item["modified"]) == ("deleted", number)
    assert all(one["state"] == "deleted" for one in items(client, SESSIONS))
    # Who read it before midnight hears of it when the night has raised its number.
    assert late.read_on().known
    by_night()
    (item,) = items(client)
    assert item["state"] == "deleted" and item["modified"] > number
    assert not late.read_on().known


def test_one_that_was_renewed_after_midnight_is_told_anew(
    app: Flask, client: Visitor, clock: Clock
) -> None:
    """Somebody may have read it as deleted where it stood."""
    put(football(until=date(2026, 11, 30)))
    clock.to_midnight_after(date(2026, 11, 30))
    late = harvester(client).read_on()
    assert not late.known
    put(football(until=date(2026, 12, 30)))
    assert late.read_on().slugs == {"football-1"}


def test_the_night_takes_out_dates_that_passed_and_brings_those_that_came_near(
    app: Flask, client: Visitor, clock: Clock
) -> None:
    put(football())
    dates, series = harvester(client, SESSIONS).read_on(), harvester(client).read_on()
    clock.travel_to("2026-12-02 03:00")
    assert {one["state"] for one in items(client, SESSIONS)} == {"updated", "deleted"}
    by_night()
    dates.read_on()
    days = sorted(one["startDate"][:10] for one in dates.known.values())
    assert (days[0], days[-1], len(days)) == ("2026-12-08", "2027-01-26", 8)
    assert series.read_on().pages == 3, "the activity itself says what it said"
    numbers = last_number(client, SESSIONS)
    by_night()
    assert last_number(client, SESSIONS) == numbers, "a second night finds nothing to do"
    db.session.execute(delete(FeedItem).where(FeedItem.kind == SESSION_KIND))
    by_night()
    assert items(client, SESSIONS) == [], "and does not even look"
    clock.travel_to("2026-12-03 03:00")
    by_night()
    assert len(items(client, SESSIONS)) == 8


def test_dates_that_are_gone_are_forgotten_after_a_month_and_activities_never(
    app: Flask, client: Visitor, clock: Clock
) -> None:
    put(football())
    replace_cards(1, [])
    db.session.commit()
    clock.travel_to("2026-12-10 03:00")
    by_night()
    assert len(items(client, SESSIONS)) == 8
    clock.travel_to("2027-01-10 03:00")
    by_night()
    assert items(client, SESSIONS) == []
    assert [one["state"] for one in items(client)] == ["deleted"]


def test_cards_that_were_there_before_the_feeds_get_their_numbers(
    app: Flask, client: Visitor
) -> None:
    put(*(football(number) for number in range(1, 4)))
    db.session.query(FeedItem).delete()
    assert items(client) == []
    fill_feeds()
    numbers = last_number(client)
    assert harvester(client).read_on().slugs == {"football-1", "football-2", "football-3"}
    fill_feeds()
    assert last_number(client) == numbers


def test_other_words_for_a_kind_are_a_change(app: Flask, client: Visitor) -> None:
    from registry.cards.services import say_anew

    put(football())
    reader = harvester(client).read_on()
    say_anew(lambda old: {**old, "categories": [{**old["categories"][0], "label": "Footy"}]})
    (known,) = reader.read_on().known.values()
    assert known["category"] == ["Footy"]


@pytest.mark.parametrize("limit", [1, 2, 7])
def test_pages_follow_each_other_without_a_gap(limit: int, app: Flask, client: Visitor) -> None:
    put(*(football(number) for number in range(1, 8)))
    reader = harvester(client, SERIES, limit).read_on()
    assert len(reader.known) == 7
    assert reader.pages == -(-7 // limit) + 1
    whole = harvester(client, SESSIONS).read_on()
    assert harvester(client, SESSIONS, limit=limit).read_on().known == whole.known


def test_an_empty_feed_is_its_own_last_page(app: Flask, client: Visitor) -> None:
    page = json.loads(client.get(SERIES).body)
    address = f"{app.extensions['settings'].public_url}{SERIES}"
    assert page == {
        "next": address,
        "items": [],
        "license": "https://creativecommons.org/licenses/by/4.0/",
    }
    far = f"{SERIES}?afterChangeNumber=9007199254740991"
    assert json.loads(client.get(far).body)["next"].endswith(far)


@pytest.mark.parametrize(
    ("asked", "said"),
    [
        ("afterChangeNumber=", "whole number"),
        ("afterChangeNumber=-1", "whole number"),
        ("afterChangeNumber=1.5", "whole number"),
        ("afterChangeNumber=007", "whole number"),
        ("afterChangeNumber=%2B5", "whole number"),
        ("afterChangeNumber=%D9%A3", "whole number"),
        ("afterChangeNumber=99999999999999999999", "whole number"),
        ("afterChangeNumber=5%00", "whole number"),
        ("afterChangeNumber=1;DROP TABLE card", "whole number"),
        ("afterChangeNumber=1&afterChangeNumber=2", "once"),
        ("afterchangenumber=1", "has to be written afterChangeNumber"),
        ("afterTimestamp=1521565719&afterId=1", "goes by change number"),
        ("limit=0", "from 1 to 500"),
        ("limit=501", "from 1 to 500"),
        ("limit=many", "whole number"),
    ],
)
def test_an_address_that_names_no_page_is_told_what_is_wrong(
    asked: str, said: str, app: Flask, client: Visitor
) -> None:
    for feed in (SERIES, SESSIONS):
        page = client.get(f"{feed}?{asked}")
        assert page.status == 400
        assert page.headers["Content-Type"] == "application/problem+json"
        assert page.headers["Access-Control-Allow-Origin"] == "*"
        assert said in json.loads(page.body)["detail"]


def test_a_page_is_kept_for_an_hour_the_last_for_seconds_and_none_past_midnight(
    app: Flask, client: Visitor, clock: Clock
) -> None:
    put(football())
    number = last_number(client)

    def kept(after: int) -> str:
        return client.get(f"{SERIES}?afterChangeNumber={after}").headers["Cache-Control"]

    assert (kept(0), kept(number)) == ("public, max-age=3600", "public, max-age=8")
    clock.freeze("2026-11-23 23:50")
    assert (kept(0), kept(number)) == ("public, max-age=600", "public, max-age=8")
    clock.freeze("2026-11-23 23:59:57")
    assert (kept(0), kept(number)) == ("public, max-age=3", "public, max-age=3")


def test_feeds_set_no_cookie_and_write_nothing(app: Flask, client: Visitor) -> None:
    put(football())
    before = db.session.scalar(select(RegisterVersion.version))
    for address in (SERIES, SESSIONS, "/openactive", "/openactive/catalogue"):
        page = client.get(address)
        assert "Set-Cookie" not in page.headers
    assert db.session.scalar(select(RegisterVersion.version)) == before
    kinds = db.session.scalars(select(FeedItem.kind).distinct()).all()
    assert SERIES_KIND in kinds
