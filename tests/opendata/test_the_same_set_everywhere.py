"""At every moment the same activities are in every page, feed, file and sitemap.

Random people take random steps (approvals, edits, holds, suspensions, lapses, closures), days
pass, and the night runs or does not. After each step every output is read as others read it.
"""

from dataclasses import dataclass, field
from random import Random

import pytest
from flask import Flask
from sqlalchemy import select

from registry import clock as days
from registry.cards.identifiers import identifier
from registry.cards.models import Card
from registry.cards.queries import search
from registry.cards.search.request import SearchRequest
from registry.database import db
from registry.jobs.nightly import run_night
from tests.lifecycle.walking_at_random import Walk
from tests.opendata.openactive.harvesting import (
    SERIES,
    SESSIONS,
    Harvester,
    activities_in_rpde,
    harvester,
)
from tests.opendata.oruk import standard as oruk
from tests.opendata.readers import (
    activities_in_csv,
    activities_in_geojson,
    activities_in_sitemap,
)
from tests.page import Visitor
from tests.rigs.travelling import Clock

MONDAY = "2026-11-23 09:00"
# Of what the clubs of the walk do, the kinds that OpenActive has a word for.
MAPPED = {"dance_arts.dance", "sport.football"}
MOST = 1000


@dataclass
class WalkThroughOutputs(Walk):
    """A walk after each step of which every output is read and held against the others."""

    visitor: Visitor = field(kw_only=True)
    follower: Harvester = field(kw_only=True)
    sets: set[frozenset[str]] = field(default_factory=set)
    mapped: int = 0

    def look(self) -> None:
        """What holds after any step, and that every output has the same."""
        super().look()
        listed = self._listed()
        everything = set(listed)
        by_id = {identifier("service", number): slug for slug, (number, _) in listed.items()}
        found = {
            "search": self._in_search(),
            "Open Referral": {by_id.get(one, one) for one in oruk.ids(self.visitor)},
            "CSV": activities_in_csv(self.visitor),
            "GeoJSON": activities_in_geojson(self.visitor),
            "sitemap": activities_in_sitemap(self.visitor),
        }
        assert found == dict.fromkeys(found, everything)
        mapped = {slug for slug, (_, kinds) in listed.items() if kinds & MAPPED}
        assert activities_in_rpde(self.visitor) == mapped
        dates = harvester(self.visitor, SESSIONS).read_on()
        assert dates.slugs <= mapped
        # Who goes on reading has at least all of it, and loses the rest by the night.
        assert self.follower.read_on().slugs >= mapped
        self.sets.add(frozenset(everything))
        self.mapped += bool(mapped)

    def _listed(self) -> dict[str, tuple[int, set[str]]]:
        """What is listed today by its slug: its number, and its kinds."""
        rows = db.session.execute(select(Card).where(Card.listed_until >= days.today())).scalars()
        return {
            one.slug: (one.activity_id, {kind["code"] for kind in one.document["categories"]})
            for one in rows
        }

    def _in_search(self) -> set[str]:
        hits = search(SearchRequest(), page_size=MOST).hits
        return {hit.document["slug"] for hit in hits}


def walked(seed: int, steps: int, clock: Clock, visitor: Visitor) -> WalkThroughOutputs:
    clock.travel_to(MONDAY)
    follower = harvester(visitor, SERIES)
    walk = WalkThroughOutputs(Random(seed), clock, visitor=visitor, follower=follower)
    walk.begin()
    for number in range(steps):
        try:
            walk.step()
        except Exception as problem:
            problem.add_note(f"seed {seed}, step {number + 1}")
            raise
    assert not run_night().failed
    assert follower.read_on().slugs == activities_in_rpde(visitor)
    return walk


def test_every_output_has_the_same_activities_after_every_step(
    app: Flask, clock: Clock, client: Visitor
) -> None:
    walk = walked(20, 40, clock, client)
    assert len(walk.sets) > 2, "too little came and went: this walk proves little"
    assert walk.mapped


@pytest.mark.slow
@pytest.mark.parametrize("seed", range(200, 208))
def test_so_they_have_on_a_long_walk(seed: int, app: Flask, clock: Clock, client: Visitor) -> None:
    walk = walked(seed, 400, clock, client)
    assert len(walk.sets) > 1
    assert walk.mapped
