"""A decision in two looks: the words are written, then the letter is read as it will go, then sent.

Nothing is stored in between. What was typed stands in the page with the letter and comes back with
either button: “send”, or “change the words”.
"""

from collections.abc import Callable
from typing import Any

from flask import render_template, request
from flask.typing import ResponseReturnValue

from registry.assessments.models import Assessment
from registry.messages.looking_ahead import Letter, letters_of
from registry.ready_words.queries import words_for
from registry.reviews.comparing import Comparison, compared
from registry.reviews.queries import people
from registry.reviews.routes.blueprint import case_view, page, read_submission
from registry.web.acting import done

NOT_TYPED = frozenset({"csrf_token", "act"})


def decide_after_letter(
    template: str,
    assessment: Assessment,
    form: Any,
    act: Callable[[], Any],
    then: Callable[[], ResponseReturnValue],
    *,
    button: str,
    use: str = "",
    **more: Any,
) -> ResponseReturnValue:
    """The page of one decision. `act` takes it and `then` answers; `button` sends the letter."""
    pressed = request.form.get("act", "") if request.method == "POST" else ""
    if pressed != "change" and form.validate_on_submit():
        if pressed == "send":
            if done(form, act):
                return then()
        else:
            letters: list[Letter] = []
            if done(form, lambda: letters.extend(letters_of(assessment.organisation_id, act))):
                return _letter_page(assessment, letters, button)
    return with_words(template, assessment, form, use, button=button, **more)


def with_words(
    template: str, assessment: Assessment, form: Any, use: str = "", **more: Any
) -> ResponseReturnValue:
    """A page with a reason to write, its ready-made words, and what the club sent meanwhile."""
    return page(
        template,
        case_view(assessment),
        form,
        ready=words_for(use) if use else [],
        names=people({*assessment.took_part_ids, *_lookers(assessment)}),
        moved=_moved(assessment) if form.form_errors else None,
        **more,
    )


def _moved(assessment: Assessment) -> Comparison | None:
    """What the club sent anew since what was on the page; None where that is the latest."""
    read, latest = read_submission(), assessment.latest_submission
    before = next((one for one in assessment.submissions if one.id == read), None)
    if before is None or latest is None or before.id == latest.id:
        return None
    return compared(assessment, before)


def _lookers(assessment: Assessment) -> set[int]:
    return {one.by_id for one in assessment.suspension_reviews}


def _letter_page(assessment: Assessment, letters: list[Letter], button: str) -> ResponseReturnValue:
    typed = [
        (name, value) for name, value in request.form.items(multi=True) if name not in NOT_TYPED
    ]
    return render_template(
        "reviews/letter.html",
        view=case_view(assessment),
        letters=letters,
        typed=typed,
        button=button,
    )
