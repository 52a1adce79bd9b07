"""What may be wrong with a paper: each guess finds what it is for, and honest papers pass."""

from pathlib import Path

import pytest

from registry.criteria.loading import current_edition
from registry.criteria.model_texts import SIZES, model_texts
from registry.criteria.paper_risks import BLANKS, paper_risk, paper_risks, risks_in
from registry.criteria.reading import reading_grade
from registry.files.paper_text import text_in

OUR_PAPERS = sorted(Path("registry/demonstration/papers/made").iterdir())


@pytest.mark.parametrize(
    ("text", "risk"),
    [
        ("The lead is Ann Bell, 07700 900123.", "private_contact"),
        ("Ann Bell 07700900123", "private_contact"),
        ("Ann: +44 7700 900123", "private_contact"),
        ("Home address: 12 Foundry Lane, WV10", "private_contact"),
        ("Personal email: ann99@mail.example", "private_contact"),
        ("Ann Bell, who lives at 12 Foundry Lane", "private_contact"),
        ("Child's name: Sam Bell\nDate of birth: 12/03/2017\nAllergies: peanuts", "filled_form"),
        ("Child’s full name: Sam\nGP: Dr Shah", "filled_form"),
        ("Ann Bell 12/03/2017\nSam Cole 01/04/2016\nJo Hart 30/12/2018", "children_names"),
        ("1. Ann Bell, aged 8\n2. Sam Cole, aged 9\n3. Jo Hart, aged 7", "children_names"),
        ("Enhanced Certificate\nDBS\nCertificate number: not readable", "dbs_paper"),
        ("Call the WSCB on 01902 550000", "old_template"),
        ("Everyone has a CRB check", "old_template"),
        ("as in Working Together to Safeguard Children (2018)", "old_template"),
        ("Working Together 2015", "old_template"),
        ("the Local Safeguarding Children's Board", "old_template"),
        ("This is the plan of [your club’s name]", "blanks"),
    ],
)
def test_each_risk_is_seen(text: str, risk: str) -> None:
    assert risks_in(text) == (risk,)


@pytest.mark.parametrize(
    "text",
    [
        "",
        "   \n",
        "Call the MASH team on 01902 555392, or the NSPCC on 0808 800 5000.",
        "Home address:\nTelephone (home):\nMobile:",
        "Child’s name: ........\nDate of birth:\nAllergies: none\nGP:",
        "Child’s name:\nAllergies: please write here\nDoctor’s name:",
        "Two lead coaches: Ann Bell and Sam Cole. Checked on 12/03/2026.",
        "Ann Bell, chair, 12/03/2026\nSam Cole, lead, 12/03/2026",
        "A DBS check for each role. We write down the certificate number, and keep no copy.",
        "Working Together to Safeguard Children 2023",
        "the scribe wrote it; our ISA savings account",
        "See [1] and [page 3]",
        "Account 07 12 34 56, ref 107700900123",
    ],
)
def test_honest_words_pass(text: str) -> None:
    assert risks_in(text) == ()


@pytest.mark.parametrize("path", OUR_PAPERS, ids=lambda path: path.name)
def test_our_own_papers_pass(path: Path) -> None:
    assert risks_in(text_in(path.read_bytes(), path.suffix.lstrip("."))) == ()


@pytest.mark.parametrize("size", SIZES)
def test_a_model_text_has_blanks_and_nothing_else_wrong_with_it(size: str) -> None:
    for text in model_texts():
        assert risks_in(text.for_size(size)) == (BLANKS,), text.key


def test_the_club_s_own_public_number_is_no_secret() -> None:
    text = "Call us on 07700 900123."
    assert risks_in(text, numbers=("+44 7700 900123",)) == ()
    assert risks_in(text, numbers=("07700 900124", "")) == ("private_contact",)


@pytest.mark.parametrize(
    ("own", "others", "found"),
    [
        ("Tiptoe Dance", ["Kingfisher Dance Project"], True),
        ("Kingfisher Dance Project", ["Kingfisher Dance Project"], False),
        ("Kingfisher Dance Project Wolverhampton", ["Kingfisher Dance Project"], False),
        ("Tiptoe Dance", ["Kingfisher Dance"], True),
        ("Tiptoe Dance", ["Project"], False),
        ("Tiptoe Dance", ["The Hub", "Fisher Dance Project"], False),
        ("Tiptoe Dance", [], False),
    ],
)
def test_another_club_is_known_by_its_whole_name(own: str, others: list[str], found: bool) -> None:
    text = "At the KINGFISHER  Dance-Project we keep children from harm."
    assert ("other_club" in risks_in(text, own=own, others=others)) is found


def test_blanks_and_names_matter_in_a_plan_and_not_in_a_form() -> None:
    for key in (BLANKS, "other_club"):
        assert paper_risk(key).concerns("sg_policy")
        assert not paper_risk(key).concerns("hs_info")
    assert paper_risk("filled_form").concerns("hs_info")


def test_the_words_are_plain_and_name_questions_that_there_are() -> None:
    known = {one.key for one in current_edition().questions}
    for risk in paper_risks():
        assert set(risk.questions) <= known
        assert risk.any_of or risk.all_of or risk.blanks or risk.names_of_others
        assert risk.seen
        assert risk.answer
        for words in (f"{risk.seen}. {risk.do} {risk.answer}.", risk.words):
            assert reading_grade(words) <= 7, words
            assert "!" not in words
    with pytest.raises(KeyError):
        paper_risk("nothing")
