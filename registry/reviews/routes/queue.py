"""The queue: every case that somebody may read, to be searched and filtered."""

from flask import render_template, request, url_for
from flask_login import current_user

from registry import clock
from registry.permissions import P
from registry.reviews.finding import AGES, ORDERS, WHERE, Wanted
from registry.reviews.queue import cases, rows
from registry.reviews.routes.blueprint import blueprint
from registry.web.guard import requires

A_PAGE = 25


@blueprint.get("/council/cases")
@requires(P.READ_CASE)
def queue() -> str:
    """The cases that fit what is looked for, a page at a time."""
    today = clock.today()
    wanted = Wanted.from_address(request.args)
    every = cases(current_user, today, wanted.statuses)
    found = wanted.among(every, current_user.id, today)
    pages = max(1, -(-len(found) // A_PAGE))
    page = min(pages, max(1, request.args.get("page", 1, type=int)))
    holders = {one.assessment.holder_id: one.holder for one in every if one.holder}
    return render_template(
        "reviews/queue.html",
        rows=rows(found[(page - 1) * A_PAGE : page * A_PAGE], today),
        found=len(found),
        wanted=wanted,
        choices={"where": WHERE, "age": AGES, "order": ORDERS, "who": holders},
        page=page,
        pages=pages,
        page_url=lambda number: url_for(".queue", **{**request.args, "page": number}),
        today=today,
    )
