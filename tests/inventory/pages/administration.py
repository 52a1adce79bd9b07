"""What an administrator looks after: numbers, lists, editions, notices, the switch."""

from datetime import timedelta

from flask import Flask

from registry import clock
from registry.administration.kept_lists import KINDS
from registry.administration.services import contacts, editions, lists, notices
from registry.database import db
from registry.information.models import Contact
from registry.lists.items import Item
from tests import factories as make
from tests.administration.editions import with_new_question
from tests.inventory.pages.row import Row, World, press
from tests.rigs.letters import Outbox


def administration_world(app: Flask, outbox: Outbox) -> World:
    """Two editions of this council, a notice, a closure day, and a number that somebody changed."""
    world = World()
    somebody = make.a_person("Ola Adeyemi", "administrator")
    world.person("administrator", somebody)
    world.person("auditor", make.a_person("Bea Stone", "auditor"))
    today = clock.today()
    world.case("draft", make.a_draft())
    to_come = editions.begin_draft(somebody)
    editions.replace_text(to_come, somebody, 1, with_new_question(to_come.document))
    editions.adopt(to_come, somebody, to_come.version, today + timedelta(days=30))
    writing = editions.begin_draft(somebody)
    editions.replace_text(writing, somebody, 1, with_new_question(writing.document))
    world.names |= {"to_come": to_come.number, "writing": writing.number}
    allegation = db.session.get_one(Contact, "allegation")
    values = {"value": "01902 550661", "note": "Ask for the LADO", "source": "The team’s page"}
    contacts.change_contact(allegation, somebody, 1, values, is_confirmed=True)
    lists.add_item(KINDS["closure_days"], somebody, 0, Item("2027-12-29", "Between the holidays"))
    lists.retire_item(KINDS["marks"], somebody, 0, "bsl")
    notices.put_up(
        somebody,
        text="Our office is closed on Friday. Families can search as always.",
        kind="warning",
        places=["public", "desks"],
        from_on=today,
        until_on=today + timedelta(days=60),
    )
    db.session.commit()
    return world


_WRITING = "/admin/editions/{writing}"
_DAY = {"day": "1", "month": "3", "year": "2031"}
_NOTICE = {
    "text": "We are closed on Friday.",
    "places": ["desks"],
    **{f"from_on-{part}": value for part, value in _DAY.items()},
    **{f"until_on-{part}": value for part, value in _DAY.items()},
}
ADMINISTRATION = (
    Row("administration", "administrator", "/admin"),
    Row("administration-to-an-auditor", "auditor", "/admin", is_alike=True),
    Row("numbers", "administrator", "/admin/contacts"),
    Row("numbers-to-an-auditor", "auditor", "/admin/contacts"),
    Row("number", "administrator", "/admin/contacts/allegation"),
    Row("number-mistaken", "administrator", "/admin/contacts/child", press("Save", value="ring us"),
        422),
    Row("lists", "administrator", "/admin/lists"),
    *(Row(f"list-of-{key}", "administrator", f"/admin/lists/{key}",
          is_alike=key not in ("categories", "school_years", "closure_days")) for key in KINDS),
    Row("list-to-an-auditor", "auditor", "/admin/lists/marks"),
    Row("list-add-a-point", "administrator", "/admin/lists/marks/add", is_alike=True),
    Row("list-add-a-kind-mistaken", "administrator", "/admin/lists/categories/add",
        press("Add it"), 422),
    Row("list-add-a-place", "administrator", "/admin/lists/place_names/add", is_alike=True),
    Row("list-add-an-everyday-word", "administrator", "/admin/lists/everyday-words/add",
        is_alike=True),
    Row("list-add-a-closure-day", "administrator", "/admin/lists/closure_days/add"),
    Row("list-add-a-year", "administrator", "/admin/lists/school_years/add"),
    Row("list-change-a-year", "administrator", "/admin/lists/school_years/2026",
        is_alike=True),
    Row("list-change-a-point", "administrator", "/admin/lists/marks/makaton"),
    Row("list-change-a-point-mistaken", "administrator", "/admin/lists/marks/makaton",
        press("Save", label=""), 422),
    Row("taxonomies", "administrator", "/admin/taxonomies"),
    Row("taxonomy-of-ours", "auditor", "/admin/taxonomies/activities", is_alike=True),
    Row("taxonomy-of-others", "administrator", "/admin/taxonomies/dfe-family-hub-categories"),
    Row("editions", "administrator", "/admin/editions"),
    Row("edition-of-ours", "auditor", "/admin/editions/1.0"),
    Row("edition-draft", "administrator", _WRITING),
    Row("edition-to-come", "administrator", "/admin/editions/{to_come}"),
    Row("edition-document", "administrator", f"{_WRITING}/document"),
    Row("edition-document-mistaken", "administrator", f"{_WRITING}/document",
        press("Save", text="edition = "), 422),
    Row("edition-question", "administrator", f"{_WRITING}/questions/sg_policy"),
    Row("edition-question-mistaken", "administrator", f"{_WRITING}/questions/sg_policy",
        press("Save", text="", basis=""), 422),
    Row("edition-adopt", "administrator", f"{_WRITING}/adopt"),
    Row("edition-adopt-mistaken", "administrator", f"{_WRITING}/adopt",
        press("Give it this day"), 422),
    Row("notices", "administrator", "/admin/notice"),
    Row("notice-new", "administrator", "/admin/notice/new"),
    Row("notice-mistaken", "administrator", "/admin/notice/new", press("Put it up"), 422),
    Row("notice-preview", "administrator", "/admin/notice/new",
        press("See how it looks", **_NOTICE)),
    Row("stop-saving", "administrator", "/admin/read-only"),
    Row("stop-saving-mistaken", "administrator", "/admin/read-only",
        press("Let nobody save", words=""), 422),
    Row("questions-to-come", "administrator", "/criteria/{to_come}"),
    Row("self-check-with-news", "draft", "/club/{draft}/self-check"),
    Row("start-with-a-notice", "administrator", "/", is_alike=True),
)  # fmt: skip
