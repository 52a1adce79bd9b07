"""A whole renewal through its pages, with the club on the list at every moment of it."""

from collections.abc import Callable
from datetime import timedelta

from flask import Flask

from registry.assessments.standing import open_assessment
from registry.clock import today
from registry.criteria.dates import add_months
from registry.database import db
from registry.jobs.nightly import run_night
from tests import factories
from tests.journeys import story
from tests.journeys.reading import ReadingWindow
from tests.page import Visitor
from tests.rigs.travelling import Clock

LISTING, RESULTS = "/activities/street-dance-juniors", "/activities?q=street+dance"


class Renewing:
    """The owner at work, and a family that looks at the public pages after each step."""

    def __init__(self, owner: ReadingWindow, family: Visitor) -> None:
        self.owner = owner
        self.family = family
        self.careful = story.CarefulClub(today())
        self.still_right: list[str] = []
        self.anew: list[str] = []

    def still_on_the_list(self) -> None:
        """The listing and the results, as anybody sees them now."""
        assert self.family.get(LISTING).status == 200, self.owner.path
        assert story.ACTIVITY in self.family.get(RESULTS).main, self.owner.path

    def looks_at_every_answer(self) -> None:
        """From the first page about the club to the task list, one page after the other."""
        for _ in range(80):
            self.still_on_the_list()
            if self.owner.path.endswith("/self-check"):
                if "Ready to send" in self.owner.words:
                    return
                self.owner.follow("Written plan")
            self._answers_one_page()
        raise AssertionError(f"never done: {self.still_right} {self.anew}")

    def _answers_one_page(self) -> None:
        key = self.owner.path.partition("/self-check/")[2]
        if "Still right" in self.owner.page.buttons:
            self.owner.press("Still right")
            self.still_right.append(key)
        else:
            empty = [name for name in self.owner.fields if self._is_empty(name)]
            answers = self.careful.answers_to(key, self.owner.fields)
            self.owner.fill({n: v for n, v in answers.items() if n in empty})
            self.owner.press("Save and continue")
            self.anew.append(key)
        assert not self.owner.errors, (key, self.owner.errors)

    def _is_empty(self, name: str) -> bool:
        return self.owner.page.form("answer").fields.get(name) in (None, "", [])


def test_a_club_renews_and_is_on_the_list_at_every_moment(
    app: Flask, new_visitor: Callable[[], Visitor], clock: Clock
) -> None:
    clock.travel_to("2026-11-23 10:00")
    owner_account = factories.a_person(story.OWNER_NAME, email=story.OWNER)
    # The date of the plan is what runs out first, before any risk check does.
    listed = factories.an_approved(
        organisation=factories.a_club(owner=owner_account), reviewed_on=add_months(today(), -9)
    )
    factories.a_person(story.REVIEWER_NAME, "reviewer", email=story.REVIEWER)
    last = listed.listed_until
    assert last is not None
    db.session.commit()

    clock.travel_to(last - timedelta(days=20))
    owner = ReadingWindow(new_visitor())
    story.signs_in(owner, story.OWNER)
    renewing = Renewing(owner, new_visitor())
    renewing.still_on_the_list()
    owner.press("Renew your self-check")
    assert owner.h1 == "Your self-check"
    owner.follow("The people who help")
    renewing.looks_at_every_answer()
    assert {"about", "about/places", "about/groups", "sg_policy", "sg_lead"} <= set(
        renewing.still_right
    )
    assert {"sg_review_date", "sr_dbs_done", "hs_ra_date", "hs_first_aid"} <= set(renewing.anew)
    assert not set(renewing.anew) & set(renewing.still_right), "nothing is asked twice"

    owner.follow("Read your answers")
    assert "Same as last time." in owner.words
    assert "New this time." in owner.words
    assert "From last time." not in owner.words
    story.signs_and_sends(owner, "Go on to sign")
    renewing.still_on_the_list()
    owner.open("/club")
    assert "You stay on the list meanwhile." in owner.words

    council = ReadingWindow(new_visitor())
    story.reads_every_question(council)
    renewing.still_on_the_list()
    story.returns_one_question(council)
    renewing.still_on_the_list()

    story.mends(owner)
    renewing.still_on_the_list()
    clock.move(days=3)
    run_night()
    renewing.still_on_the_list()
    council = ReadingWindow(new_visitor())
    story.signs_in(council, story.REVIEWER)
    renewal = open_assessment(listed.organisation_id)
    assert renewal is not None
    story.reads_again_and_approves(council, case=f"/council/cases/{renewal.id}")
    renewing.still_on_the_list()
    owner = ReadingWindow(new_visitor())
    story.signs_in(owner, story.OWNER)
    new_last = story.is_listed_until(owner)
    assert last < new_last <= add_months(today(), 12)
    clock.travel_to(f"{last} 23:00")
    renewing.still_on_the_list()
    clock.to_midnight_after(last)
    run_night()
    renewing.still_on_the_list()
