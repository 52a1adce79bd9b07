"""The check and the badge. Both read cards and nothing else, set no cookie and write nothing.

The check is a page for people, and JSON for a program that asks for it (`Accept`).
"""

import json

from flask import Response, make_response, redirect, render_template, request, url_for
from flask.typing import ResponseReturnValue

from registry import clock
from registry.cards.queries import register_version
from registry.config import settings
from registry.licence import attribution
from registry.opendata.sharing import open_to_every_site
from registry.verifying import for_programs
from registry.verifying.badge import DARK, LIGHT, MIME, badge_svg
from registry.verifying.freshness import seconds_it_holds
from registry.verifying.queries import verdict_on
from registry.verifying.references import reference_typed
from registry.verifying.routes.blueprint import blueprint
from registry.verifying.verdict import Verdict
from registry.web.caching import unchanged_since
from registry.web.guard import public


@blueprint.get("/verify")
@public
@unchanged_since(register_version)
def ask() -> ResponseReturnValue:
    """A box for the reference on a notice or a badge."""
    typed = request.args.get("reference", "").strip()
    if not typed:
        return render_template("verifying/ask.html", is_empty="reference" in request.args)
    reference = reference_typed(typed)
    if reference is None:
        return _answer_of(None)
    return redirect(url_for(".check", reference=reference), 303)


@blueprint.get("/verify/<reference>")
@public
def check(reference: str) -> Response:
    """Yes, this is true today; or the one answer for everything else."""
    return _answer_of(verdict_on(reference_typed(reference)))


@blueprint.get("/badge/<reference>.svg")
@public
def badge(reference: str) -> Response:
    """The picture that clubs show on their own pages: `?on=dark` for dark ones."""
    verdict = verdict_on(reference_typed(reference))
    on = DARK if request.args.get("on") == DARK else LIGHT
    answer = _for_a_minute(Response(badge_svg(verdict, on), content_type=f"{MIME}; charset=utf-8"))
    answer.status_code = 200 if verdict else 404
    # This one picture is there to be shown by other sites.
    answer.headers["Cross-Origin-Resource-Policy"] = "cross-origin"
    return answer


def _answer_of(verdict: Verdict | None) -> Response:
    """For a person or for a program, whichever asks."""
    answer = _json_of(verdict) if _asks_for_json() else _page_of(verdict)
    answer.vary.add("Accept")
    return _for_a_minute(answer)


def _asks_for_json() -> bool:
    """Whether a program would rather have JSON than a page. Who takes anything gets the page."""
    kinds = ["text/html", for_programs.MIME]
    return request.accept_mimetypes.best_match(kinds) == for_programs.MIME


def _json_of(verdict: Verdict | None) -> Response:
    """One answer for yes, and one, byte for byte, for everything else."""
    chosen = settings()
    told = for_programs.told(verdict, chosen.public_url, chosen.scheme_name, attribution())
    text = json.dumps(told, ensure_ascii=False, indent=1)
    status = 200 if verdict else 404
    return open_to_every_site(Response(text, status, content_type=for_programs.MIME))


def _page_of(verdict: Verdict | None) -> Response:
    """The page of a check: one for yes, and one, byte for byte, for everything else."""
    if verdict is None:
        page = make_response(render_template("verifying/not_today.html"), 404)
    else:
        page = make_response(
            render_template("verifying/yes.html", verdict=verdict, now=clock.now())
        )
    page.vary.add("Cookie")  # the reading preferences alter how it looks
    return page


def _for_a_minute(answer: Response) -> Response:
    """May be kept for a minute by anybody, and not past midnight: no ETag makes it last longer."""
    answer.headers["Cache-Control"] = f"public, max-age={seconds_it_holds(clock.now())}"
    return answer
