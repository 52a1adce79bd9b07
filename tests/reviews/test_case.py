"""A case as a workspace: the paper beside the question, notes, what is new, history, its holder."""

from collections.abc import Callable
from datetime import timedelta
from io import BytesIO

import pytest
from flask import Flask
from werkzeug.datastructures import FileStorage

from registry import clock as time
from registry.accounts.models import Account
from registry.assessments import services
from registry.assessments.evaluating import flags_of
from registry.assessments.lifecycle import Status
from registry.assessments.models import Assessment, CaseNote, KeptOut
from registry.assessments.services.answers import save_answer
from registry.assessments.services.evidence import add_paper
from registry.audit import services as history
from registry.audit.models import Entry
from registry.database import db
from registry.demonstration import walking
from registry.errors import BadInput, NotYours, StaleVersion
from registry.files.models import StoredFile
from registry.organisations.models import DeclaredLink
from tests import factories as make
from tests.files.drawn import draw
from tests.files.specimens import a_pdf
from tests.page import Visitor
from tests.rigs.travelling import Clock


@pytest.fixture
def sign_in(new_visitor: Callable[[], Visitor]) -> Callable[..., Visitor]:
    """Somebody at the desk."""

    def signed_in(account: Account) -> Visitor:
        db.session.commit()
        visitor = new_visitor()
        visitor.sign_in(account.email)
        return visitor

    return signed_in


def question(case: Assessment, key: str = "sg_policy", rest: str = "") -> str:
    return f"/council/cases/{case.id}/questions/{key}{rest}"


def paper_of(case: Assessment, key: str = "sg_policy") -> StoredFile:
    return next(one.file for one in case.evidence if one.question_key == key)


def reads() -> int:
    return db.session.query(Entry).filter_by(action="read", subject_type="stored_file").count()


def test_the_paper_stands_beside_the_question_page_by_page_and_can_be_searched(
    app: Flask, sign_in: Callable[..., Visitor]
) -> None:
    case = make.in_review(met=False)
    jo = sign_in(make.holder_of(case))
    stored = paper_of(case)
    page = jo.get(question(case))
    assert "Pictures of its pages are being made" in page.main
    assert "Call 999 or the MASH" in page.main, "its words are there before its pictures"
    draw(
        stored.sha256,
        "Our plan",
        "If you are worried ring the\nMASH team. The MASH helps.",
        "At night",
    )
    page = jo.get(question(case))
    assert "Page 1 of 3" in page.main
    assert page.follow("Next page").path == question(case, rest=f"?paper={stored.id}&page=2")
    page = jo.get(question(case, rest=f"?paper={stored.id}&page=2&large=1"))
    picture = page.root.find(".//{*}img[@class='sheet__picture']")
    assert picture.get("alt").startswith("Page 2 of Safeguarding plan.pdf.")
    page = jo.get(question(case)).form("Find").fill(find="the mash").submit("Find")
    assert page.path.startswith(question(case))
    assert "“the mash” is on page 2 (2 times)." in page.main
    assert page.html.count("<mark>") == 2
    assert "Page 2 of 3" in page.main
    page = jo.get(question(case, rest="?find=zebra"))
    assert "“zebra” is not in the words of this paper" in page.main
    # Another paper of the case opens here as well, and one of another case does not.
    other = paper_of(case, "hs_policy")
    assert other.name in jo.get(question(case, "eq_who", f"?paper={other.id}")).main
    # Nothing is shown that is not written down first.
    before = reads()
    answer = jo.get(picture.get("src"))
    assert reads() == before + 1
    assert answer.body.startswith(b"\x89PNG")
    assert answer.headers["Cache-Control"] == "private, no-store"
    assert answer.headers["X-Content-Type-Options"] == "nosniff"
    assert jo.get(f"{picture.get('src')}9").status == 404
    assert reads() == before + 1


@pytest.mark.parametrize(
    ("state", "words"),
    [
        ("broken", "This paper cannot be opened here."),
        ("erased", "This paper was erased."),
        ("infected", "This paper stays closed"),
        ("cut", "these are its first 1 page."),
    ],
)
def test_a_paper_that_cannot_be_shown_says_why(
    app: Flask, sign_in: Callable[..., Visitor], state: str, words: str
) -> None:
    case = make.in_review(met=False)
    stored = paper_of(case)
    if state == "broken":
        draw(stored.sha256, made="broken")
    elif state == "cut":
        draw(stored.sha256, "Our plan", made="cut")
    else:
        stored.erased_at = time.now() if state == "erased" else None
        stored.scan = "infected" if state == "infected" else "clean"
    page = sign_in(make.holder_of(case)).get(question(case))
    assert words in page.main


def test_a_note_is_for_the_council_alone_and_nowhere_near_words_to_the_club(
    app: Flask, sign_in: Callable[..., Visitor]
) -> None:
    case = make.in_review(met=False)
    jo, secret = sign_in(make.holder_of(case)), "The plan is like that of another club."
    page = jo.get(question(case))
    assert "Only the council reads this" in page.main
    to_club = page.form("Save, next question")
    assert to_club.names.isdisjoint(
        page.form("Keep this note for the council").names - {"csrf_token"}
    )
    page = (
        page.form("Keep this note for the council")
        .fill(text=secret)
        .submit("Keep this note for the council")
    )
    assert page.path == question(case), "back to the question"
    assert secret in page.main
    assert jo.post(f"/council/cases/{case.id}/notes", {"text": " "}).status == 422
    # It is amended by its author, and what it said is kept.
    page = page.follow("Change it")
    stale = dict(page.form("Change the note").fields, text="Older")
    page = page.form("Change the note").fill(text="It is their own plan.").submit("Change the note")
    assert secret not in page.main
    note = db.session.query(CaseNote).one()
    assert jo.post(f"/council/cases/{case.id}/notes/{note.id}", stale).status == 409
    page = jo.get(f"/council/cases/{case.id}/notes/{note.id}")
    assert page.main.index("It is their own plan.") < page.main.index(secret)
    # Others read it, the auditor too; nobody else changes it.
    auditor = sign_in(make.a_person("Bea Stone", "auditor"))
    address = f"/council/cases/{case.id}/notes"
    assert "It is their own plan." in auditor.get(address).main
    assert "Keep this note" not in auditor.get(address).main
    assert auditor.post(address, {"text": "Mine"}).status == 403
    with pytest.raises(NotYours):
        services.amend_note(note, case, make.a_senior(), "Mine", number=2)
    # No club sees it, no letter holds it, and the history only says that it was written.
    club = sign_in(make.owner_of(case))
    assert club.get(address).status == 403
    home = f"/club/{case.organisation_id}"
    for where in ("", "/self-check", "/copy"):
        assert "their own plan" not in club.get(home + where).text
    services.return_for_changes(
        case, make.holder_of(case), **make.read(case), words={"sg_steps": "Add 999."}
    )
    db.session.commit()
    assert "their own plan" not in club.get(f"{home}/self-check").text
    said = [one.details for one in db.session.query(Entry).filter(Entry.action.like("%_note"))]
    assert said == [{"note": note.id, "question": "sg_policy"}, {"note": note.id, "version": 2}]


def sent_anew(case: Assessment) -> None:
    """The club answers what was sent back, with another paper, and sends it again."""
    owner = make.owner_of(case)
    kept = next(one for one in case.answers if one.question_key == "sg_steps")
    parts = {**kept.parts, "note": "Ring the MASH team."}
    save_answer(case, owner, "sg_steps", parts, version=kept.version)
    paper = FileStorage(BytesIO(a_pdf("Ring the MASH team on page 3")), "Steps 2027.pdf")
    add_paper(case, owner, "sg_steps", paper)
    walking.submit(case, owner)


def test_what_changed_since_it_was_sent_back_stands_at_the_question(
    app: Flask, sign_in: Callable[..., Visitor], clock: Clock
) -> None:
    case = make.a_returned()
    old = paper_of(case, "sg_steps")
    sent_anew(case)
    services.start_review(case, jo_account := make.a_reviewer())
    jo = sign_in(jo_account)
    page = jo.get(question(case, "sg_steps"))
    assert "We wrote to the club when we sent this back Add 999." in page.main
    assert "What changed since it was sent on" in page.main
    assert "Put in: Ring the MASH team." in page.main
    assert "New paper: Steps 2027.pdf" in page.main
    assert "What changed since" not in jo.get(question(case, "eq_who")).main
    new = next(one.file for one in case.evidence if one.file.name == "Steps 2027.pdf")
    before = reads()
    page = jo.get(question(case, "sg_steps", f"?paper={new.id}&before={old.id}"))
    assert reads() == before + 2, "both papers are read"
    assert f"What changed in its words since {old.name}" in page.main
    assert "Taken out: Our safeguarding plan" in page.main
    assert "Put in: team on page 3" in page.main
    page = jo.get(f"/council/cases/{case.id}").follow("What changed")
    assert "Steps when worried" in page.main
    assert "Put in: Ring the MASH team." in page.main
    assert "Equality" not in page.main


def test_a_renewal_is_held_against_what_was_approved(
    app: Flask, sign_in: Callable[..., Visitor], clock: Clock
) -> None:
    approved = make.an_approved()
    club, owner = approved.organisation, make.owner_of(approved)
    clock.travel_to(approved.listed_until - timedelta(days=30))
    renewal = services.begin(club, owner)
    club.activities[0].summary = "Dance for everybody, on a new floor."
    make.complete(renewal)
    kept = next(one for one in renewal.answers if one.question_key == "sg_steps")
    save_answer(
        renewal, owner, "sg_steps", {**kept.parts, "note": "As told."}, version=kept.version
    )
    walking.submit(renewal, owner)
    page = sign_in(make.a_reviewer()).get(f"/council/cases/{renewal.id}/changed")
    assert "Since it was last approved" in page.main
    assert "Put in: As told." in page.main
    assert "on a new floor" in page.main
    assert page.main.index("In a sentence or two") < page.main.index("on a new floor")


def test_each_flag_says_what_it_means_and_what_follows(
    app: Flask, sign_in: Callable[..., Visitor], monkeypatch: pytest.MonkeyPatch
) -> None:
    case = make.in_review(met=False, plan=make.MADRASAH)
    monkeypatch.setattr("registry.reviews.reading.strong_matches", lambda number: [number])
    page = sign_in(make.holder_of(case)).get(f"/council/cases/{case.id}")
    assert "Children under 8 stay more than 2 hours a day" in page.main
    assert "It stops an approval until a senior clears it with a reason" in page.main
    assert "May be the same club" not in page.text, "a reviewer only knows that a senior signs"
    page = sign_in(make.a_senior()).get(f"/council/cases/{case.id}")
    assert "May be the same club as another" in page.main


def test_a_check_of_the_plan_that_is_told_after_the_lapse_it_would_have_spared_is_a_flag(
    app: Flask, clock: Clock
) -> None:
    first = make.an_approved()
    club, owner, over = first.organisation, make.owner_of(first), first.listed_until
    clock.travel_to(over + timedelta(days=3))
    services.lapse(first)
    again = make.complete(services.begin(club, owner), reviewed_on=over - timedelta(days=20))
    walking.submit(again, owner)
    assert "backdated" in flags_of(again)
    services.take_back(again, owner)
    walking.submit(make.complete(again, reviewed_on=over + timedelta(days=1)), make.owner_of(again))
    assert "backdated" not in flags_of(again)


def test_the_history_is_one_line_of_time(
    app: Flask, sign_in: Callable[..., Visitor], clock: Clock
) -> None:
    case = make.a_returned()
    holder = make.holder_of(case)
    clock.move(hours=1)
    sent_anew(case)
    clock.move(hours=1)
    services.start_review(case, holder)
    services.write_note(case, holder, "Rang them.", "sg_steps")
    db.session.commit()
    reviewer, senior = sign_in(holder), sign_in(make.a_senior())
    address = f"/council/cases/{case.id}/history"
    page = reviewer.get(address)
    told = [
        "Noted on Steps when worried Only the council reads this",
        "Took the case",
        "Sent it to the council",
        "Sent questions back",
        "Wrote findings on",
        "Began a self-check",
    ]
    places = [page.main.index(words) for words in told]
    assert places == sorted(places)
    assert "Rang them." in page.main
    # A quiet hold leaves no trace for a reviewer; a senior sees it, and the look is written down.
    plain = page.body
    hold = make.with_hold(case)
    history.record(
        "sign_set_hold",
        ("hold_proposal", hold.id),
        make.a_senior(),
        organisation_id=case.organisation_id,
        restricted=True,
    )
    db.session.commit()
    assert _without_token(reviewer.get(address).body) == _without_token(plain)
    page = senior.get(address)
    assert "Signed a quiet hold" in page.main
    look = db.session.query(Entry).order_by(Entry.number.desc()).first()
    assert (look.action, look.restricted, look.subject_type) == ("read", True, "organisation")


def _without_token(body: bytes) -> bytes:
    return b"".join(line for line in body.splitlines() if b"csrf_token" not in line)


def test_a_senior_gives_a_case_to_somebody_who_may_take_it(
    app: Flask, sign_in: Callable[..., Visitor]
) -> None:
    case = make.in_review(met=False)
    jo, nia = make.holder_of(case), make.a_person("Nia Evans", "reviewer")
    linked = make.a_person("Lin Ked", "reviewer")
    kept_out = make.a_person("Kept Out", "reviewer")
    case.organisation.declared_links.append(
        DeclaredLink(account_id=linked.id, declared_at=time.now())
    )
    case.kept_out.append(KeptOut(account_id=kept_out.id, since=time.now()))
    services.record_finding(case, jo, "sg_policy", **make.read(case), result="met", reason="Seen.")
    senior = sign_in(make.a_senior())
    page = senior.get(f"/council/cases/{case.id}").follow("Give it to somebody else")
    assert "Nia Evans" in page.main
    assert "Lin Ked" not in page.main
    assert "Kept Out" not in page.main
    assert page.form("Give it on").submit("Give it on").status == 422
    page = page.form("Give it on").fill(to=str(nia.id)).submit("Give it on")
    assert "Held by Nia Evans" in page.text
    db.session.expire_all()
    assert case.status == Status.IN_REVIEW
    assert [one.question_key for one in case.findings] == ["sg_policy"]
    entry = db.session.query(Entry).filter_by(action="reassign").one()
    assert entry.details == {"from": jo.id, "to": nia.id}
    assert sign_in(nia).get(question(case)).form("Save, next question")
    assert sign_in(jo).get(f"/council/cases/{case.id}/reassign").status == 403
    assert sign_in(jo).get(question(case)).status == 200, "others may look"
    with pytest.raises(BadInput):
        services.reassign(case, make.a_senior(), linked)
    page = sign_in(kept_out).get(f"/council/cases/{case.id}")
    assert "You had a part in this case before its appeal." in page.main


def test_a_note_that_was_changed_elsewhere_is_not_written_over(app: Flask) -> None:
    case = make.in_review(met=False)
    jo = make.holder_of(case)
    note = services.write_note(case, jo, "One")
    services.amend_note(note, case, jo, "Two", number=1)
    with pytest.raises(StaleVersion):
        services.amend_note(note, case, jo, "Three", number=1)
    assert [one.text for one in note.versions] == ["One", "Two"]


def test_every_key_of_the_page_leads_somewhere_on_it(
    app: Flask, sign_in: Callable[..., Visitor]
) -> None:
    case = make.in_review(met=False)
    draw(paper_of(case).sha256, "One", "Two", "Three")
    page = sign_in(make.holder_of(case)).get(question(case, "sg_review_date"))
    other = paper_of(case)
    page = sign_in(make.holder_of(case)).get(
        question(case, "sg_steps", f"?paper={other.id}&page=2")
    )
    rows = page.root.findall(".//{*}li[@data-key]")
    keys = [row.get("data-key") for row in rows]
    assert len(keys) == len(set(keys))
    assert {"1", "2", "3", "s", "j", "k", "n", "r", "w", "i", "/", "d", "?"} <= set(keys)
    ids = {one.get("id") for one in page.root.iter() if one.get("id")}
    assert {row.get("data-target") for row in rows} <= ids
