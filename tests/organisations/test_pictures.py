"""The picture of an activity: waits for the council, is shown by listed cards alone, and goes."""

import io
from datetime import timedelta
from typing import Any

import pytest
from PIL import Image
from sqlalchemy import select

from registry.assessments.models import Change
from registry.cards.models import Card, CardPicture
from registry.changes import services as changes
from registry.database import db
from registry.files.models import StoredFile
from registry.organisations import services
from registry.organisations.models import Activity
from tests import factories as make
from tests.factories import PASSWORD, an_approved, owner_of


def a_picture(colour: str = "red", kind: str = "JPEG", size=(600, 400)) -> bytes:
    written = io.BytesIO()
    Image.new("RGB", size, colour).save(written, kind)
    return written.getvalue()


def told(**changes: Any) -> dict[str, Any]:
    sent = ("hall.jpg", a_picture())
    return {"picture": sent, "alt": "A hall with a stage", "nobody": True, **changes}


def send(visitor, address, **changes):
    return visitor.get(address).form().fill(told(**changes)).submit("Save and come back later")


@pytest.fixture
def page(live):
    """Where the picture of Marcia's activity is chosen."""
    return f"/club/{live.organisation_id}/activities/{live.id}/picture"


def kept(activity: Activity) -> dict[str, Any] | None:
    db.session.expire_all()
    return db.session.get(Activity, activity.id).picture


class TestBeforeTheListing:
    def test_a_picture_is_kept_with_its_words_and_shown_to_the_club(self, live, page, marcia):
        answer = send(marcia, page)
        assert "We have saved your picture" in answer.text
        picture = kept(live)
        assert picture["alt"] == "A hall with a stage"
        shown = marcia.get(page)
        address = f"{page.removesuffix('picture')}pictures/{picture['small']}"
        assert address in shown.html
        answer = marcia.get(address)
        assert (answer.status, answer.headers["Content-Type"]) == (200, "image/jpeg")
        assert answer.headers["Cache-Control"] == "private, no-store"

    def test_nobody_else_gets_it(self, live, page, marcia, sam, new_visitor):
        send(marcia, page)
        digest = kept(live)["large"]
        address = f"{page.removesuffix('picture')}pictures/{digest}"
        assert sam.get(address).status == 404
        assert new_visitor().get(address).h1 == "Sign in"
        assert new_visitor().get(f"/pictures/{digest}.jpg").status == 404

    def test_a_paper_is_no_picture(self, live, page, marcia):
        send(marcia, page)
        digest = kept(live)["large"]
        for row in db.session.scalars(select(StoredFile)):
            row.use = "paper"
        db.session.commit()
        assert marcia.get(f"{page.removesuffix('picture')}pictures/{digest}").status == 404

    @pytest.mark.parametrize(
        ("changes", "error"),
        [
            ({"alt": " "}, "Say what is in the picture"),
            ({"nobody": False}, "Tick the box, or choose another picture"),
            ({"picture": None}, "Choose a picture"),
            ({"picture": ("plan.pdf", b"%PDF-1.4")}, "The end of this PDF is missing"),
            ({"picture": ("x.jpg", a_picture(size=(30, 30)))}, "This picture is too small"),
            ({"alt": "x" * 151}, "This must be 150"),
        ],
    )
    def test_what_has_to_be_mended(self, live, page, marcia, changes, error):
        given = {k: v for k, v in told(**changes).items() if v is not None}
        answer = marcia.get(page).form().fill(given).submit("Save and continue")
        assert answer.status == 422
        assert any(one.startswith(error) or error in one for one in answer.errors), answer.errors
        assert kept(live) is None

    def test_a_good_file_is_not_chosen_twice(self, live, page, marcia):
        answer = marcia.get(page).form().fill(told(alt="")).submit("Save and continue")
        assert answer.status == 422
        assert "We have kept hall.jpg" in answer.main
        answer = answer.form().fill({"alt": "A hall"}).submit("Save and come back later")
        assert answer.status == 200
        assert kept(live)["alt"] == "A hall"

    def test_a_bad_file_is_not_kept_for_the_next_time(self, live, page, marcia):
        answer = (
            marcia.get(page).form().fill(told(picture=("x.jpg", b"no"))).submit("Save and continue")
        )
        assert "We have kept" not in answer.main

    def test_the_words_can_be_changed_without_a_new_picture(self, live, page, marcia):
        send(marcia, page)
        before = kept(live) or {}
        form = marcia.get(page).form().fill({"alt": "Our stage", "nobody": True})
        form.submit("Save and continue")
        assert kept(live) == {**before, "alt": "Our stage"}

    def test_somebody_else_was_quicker(self, live, page, owner, marcia):
        form = marcia.get(page).form()
        services.change_activity(db.session.get(Activity, live.id), owner, bring="A drink")
        db.session.commit()
        answer = form.fill(told()).submit("Save and continue")
        assert answer.status == 409
        assert "We have kept hall.jpg" in answer.main
        assert answer.form().fields["alt"] == "A hall with a stage"
        answer.form().fill({"nobody": True}).submit("Save and continue")
        assert kept(live)["alt"] == "A hall with a stage"

    def test_it_can_be_taken_away_and_is_let_go_of(self, live, page, marcia):
        send(marcia, page)
        asked = marcia.get(page).follow("Take the picture away")
        assert asked.h1 == "Take the picture away?"
        assert "The picture is gone." in asked.press("Take it away").text
        assert kept(live) is None
        assert db.session.scalars(select(StoredFile)).all() == []

    def test_an_ended_activity_gets_none(self, live, page, owner, marcia):
        services.end_activity(db.session.get(Activity, live.id), owner)
        db.session.commit()
        assert marcia.post(page, {"alt": "A", "nobody": "yes", "version": "1"}).status == 422


class TestOnTheList:
    @pytest.fixture
    def listed(self, app, client):
        """An activity on the list, with a picture that was read."""
        organisation = make.a_club()
        owner = owner_of(organisation)
        services.set_picture(
            organisation.activities[0],
            owner,
            alt="Our hall",
            stream=io.BytesIO(a_picture("blue")),
            filename="hall.jpg",
        )
        an_approved(organisation=organisation)
        db.session.commit()
        client.sign_in(owner.email, PASSWORD)
        return organisation.activities[0]

    @pytest.fixture
    def here(self, listed):
        """Where its picture is chosen."""
        return f"/club/{listed.organisation_id}/activities/{listed.id}/picture"

    @pytest.fixture
    def reader(self, listed, new_visitor):
        """Somebody without an account."""
        return new_visitor()

    def on_the_card(self) -> set[str]:
        db.session.expire_all()
        return set(db.session.scalars(select(CardPicture.sha256)))

    def test_everybody_sees_it_and_its_words(self, listed, reader):
        picture = kept(listed)
        page = reader.get(f"/activities/{listed.slug}")
        assert f"/pictures/{picture['small']}.jpg" in page.html
        assert 'alt="Our hall"' in page.html
        answer = reader.get(f"/pictures/{picture['large']}.jpg")
        assert (answer.status, answer.headers["Content-Type"]) == (200, "image/jpeg")
        assert answer.headers["Cache-Control"] == "public, no-cache"
        assert Image.open(io.BytesIO(answer.body)).size == (600, 400)
        etag = answer.headers["ETag"]
        again = reader.get(f"/pictures/{picture['large']}.jpg", headers={"If-None-Match": etag})
        assert (again.status, again.body) == (304, b"")

    def test_one_that_lapsed_is_gone_for_those_who_have_it_too(self, listed, reader, clock):
        address = f"/pictures/{kept(listed)['large']}.jpg"
        etag = reader.get(address).headers["ETag"]
        clock.freeze(db.session.scalars(select(Card)).one().listed_until + timedelta(days=1))
        assert reader.get(address, headers={"If-None-Match": etag}).status == 404

    def test_a_new_one_waits_and_the_old_one_stays(self, listed, here, client, reader):
        before = kept(listed)
        answer = send(client, here, picture=("new.png", a_picture("green", "PNG")))
        assert "The council looks at it first" in answer.text
        assert kept(listed) == before
        assert self.on_the_card() == {before["large"], before["small"]}
        waiting = {
            row.sha256 for row in db.session.scalars(select(StoredFile)) if row.use == "picture"
        } - {before["large"], before["small"]}
        assert len(waiting) == 2
        assert all(reader.get(f"/pictures/{one}.jpg").status == 404 for one in waiting)
        page = client.get(here)
        assert "The council is looking at this one" in page.main

    def test_taken_away_it_is_gone_at_once_with_the_one_that_waits(
        self, listed, here, client, reader
    ):
        before = kept(listed)
        send(client, here, picture=("new.png", a_picture("green", "PNG")))
        client.get(f"{here}/remove").press("Take it away")
        assert kept(listed) is None
        assert self.on_the_card() == set()
        assert reader.get(f"/pictures/{before['large']}.jpg").status == 404
        assert "pictures/" not in reader.get(f"/activities/{listed.slug}").html
        assert "looking at this one" not in client.get(here).main
        left = db.session.scalars(select(StoredFile).where(StoredFile.use == "picture"))
        assert left.all() == []

    def test_the_council_sees_one_that_waits(self, listed, here, client, new_visitor):
        before = kept(listed)
        send(client, here, picture=("new.png", a_picture("green", "PNG")))
        reviewer = make.a_reviewer()
        db.session.commit()
        council = new_visitor()
        council.sign_in(reviewer.email, PASSWORD)
        for row in db.session.scalars(select(StoredFile)).all():
            if row.use == "picture" and row.sha256 not in before.values():
                address = f"{here.removesuffix('picture')}pictures/{row.sha256}"
                assert council.get(address).status == 200

    def test_accepted_it_takes_the_place_of_the_old_one(self, listed, here, client, reader):
        before = kept(listed)
        send(client, here, picture=("new.png", a_picture("green", "PNG")), alt="Our garden")
        change = db.session.scalars(select(Change).where(Change.about == "picture")).one()
        assert (change.state, change.record_id) == ("waiting", listed.id)
        changes.accept(change, make.a_reviewer(), version=change.version, reason="A garden.")
        db.session.commit()
        after = kept(listed)
        assert after["alt"] == "Our garden"
        assert self.on_the_card() == {after["large"], after["small"]}
        assert reader.get(f"/pictures/{before['large']}.jpg").status == 404
        assert reader.get(f"/pictures/{after['large']}.jpg").status == 200
        assert 'alt="Our garden"' in reader.get(f"/activities/{listed.slug}").html

    def test_sent_back_the_old_one_stays(self, listed, here, client):
        before = kept(listed)
        send(client, here, picture=("new.png", a_picture("green", "PNG")))
        change = db.session.scalars(select(Change).where(Change.about == "picture")).one()
        changes.send_back(
            change, make.a_reviewer(), version=change.version, words="A child is in it."
        )
        db.session.commit()
        assert kept(listed) == before
        assert self.on_the_card() == {before["large"], before["small"]}

    def test_the_council_takes_one_down_at_once(self, listed, here, client, reader):
        send(client, here, picture=("new.png", a_picture("green", "PNG")))
        reviewer = make.a_reviewer()
        change = db.session.scalars(select(Change).where(Change.about == "picture")).one()
        changes.accept(change, reviewer, version=change.version, reason="A garden.")
        digest = kept(listed)["large"]
        changes.take_down(change, reviewer, words="A child can be recognised.")
        db.session.commit()
        assert kept(listed) is None
        assert self.on_the_card() == set()
        assert reader.get(f"/pictures/{digest}.jpg").status == 404

    def test_junk_is_not_found(self, reader, listed):
        for digest in ("0" * 64, "../" * 21 + "x", "é" * 64):
            assert reader.get(f"/pictures/{digest}.jpg").status == 404
