"""What the public may read about the criteria: every question, and what to have at hand."""

from collections.abc import Callable, Mapping

from flask import Blueprint, render_template

from registry.criteria.conditions import ALWAYS
from registry.criteria.content import Edition, Level, Question
from registry.criteria.dbs_checks import dbs_table
from registry.criteria.loading import (
    BadEdition,
    current_edition,
    known_editions,
    load_edition,
)
from registry.errors import NotFound
from registry.information.queries import help_contacts
from registry.web.formats import in_words
from registry.web.guard import public

blueprint = Blueprint("criteria", __name__)

LEVELS = {
    Level.CORE: "Must do",
    Level.LAW: "Must do where the law says so",
    Level.GOOD: "Good practice",
}


@blueprint.get("/criteria")
@public
def criteria() -> str:
    """Every question of the edition in use, with what it rests on."""
    return _questions_of(current_edition())


@blueprint.get("/criteria/<number>")
@public
def earlier_criteria(number: str) -> str:
    """An edition that was in use before, or that is to come."""
    try:
        return _questions_of(load_edition(number))
    except BadEdition as unknown:
        raise NotFound() from unknown


def _questions_of(edition: Edition) -> str:
    return render_template(
        "assessments/criteria.html",
        edition=edition,
        known=known_editions(),
        current=current_edition().number,
        level_of=lambda question: LEVELS[question.level],
        is_for_some=_is_for_some,
        numbers_of=_numbers_of(help_contacts().in_texts),
        dbs_questions=dbs_table().questions,
    )


@blueprint.get("/what-you-will-need")
@public
def what_you_will_need() -> str:
    """What a club has at hand before it registers, and what it never sends."""
    edition = current_edition()
    return render_template(
        "assessments/what_you_will_need.html", needs=edition.you_will_need, edition=edition
    )


def _numbers_of(numbers: Mapping[str, str]) -> Callable[[Question], Mapping[str, str]]:
    """What the texts of a question leave room for. No club is in view, so every flag is named."""

    def filled(question: Question) -> Mapping[str, str]:
        return {**numbers, "flags": in_words(question.flag_words.values(), last="or")}

    return filled


def _is_for_some(question: Question) -> bool:
    """Whether the question is asked only of clubs of a certain kind."""
    return question.logic != ALWAYS
