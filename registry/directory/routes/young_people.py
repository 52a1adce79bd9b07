"""The same directory for young people, in their words."""

from flask import render_template, request

from registry.cards.queries import register_version
from registry.cards.search.request import MAP
from registry.directory.doors import all_of, kinds_of
from registry.directory.routes.blueprint import blueprint
from registry.directory.routes.results import found
from registry.directory.search_page import PARENTS
from registry.directory.young import WITH_SEND, YOUNG
from registry.web.caching import unchanged_since
from registry.web.guard import public
from registry.web.requests import may_ask_where


@blueprint.get("/young-people")
@public
@may_ask_where
@unchanged_since(register_version)
def young_people() -> str:
    """A start of their own; what they look for is found at the same address."""
    typed, problems = PARENTS.read(request.args)
    if problems or not typed.asks_for_nothing or typed.view == MAP:
        asked, problems = YOUNG.read(request.args)
        return found(YOUNG, asked, problems)
    everything = all_of(YOUNG)
    return render_template(
        "directory/young_people.html",
        everything=YOUNG.address(everything.request),
        total=everything.total,
        is_more=everything.is_more,
        kinds=kinds_of(everything, YOUNG),
        with_send=YOUNG.address(WITH_SEND),
        chosen=typed.chosen,
    )
