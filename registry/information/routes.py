"""Pages that tell people things: what the scheme means, help, privacy, cookies, accessibility; and
how somebody likes to read them."""

from typing import Any

from flask import (
    Blueprint,
    Response,
    make_response,
    redirect,
    render_template,
    request,
)
from flask.typing import ResponseReturnValue
from markupsafe import Markup, escape

from registry.config import settings
from registry.errors import NotFound
from registry.information.contacts import HelpContact, HelpContacts
from registry.information.forms import ReadingForm
from registry.information.help_topics import Topic, help_topics
from registry.information.queries import contacts_without_database, help_contacts
from registry.information.reading import (
    COOKIE,
    KEPT_FOR,
    PREFERENCES,
    USUAL,
    choices_in,
    classes_of,
    cookie_of,
)
from registry.web.addresses import is_local, path_on
from registry.web.formats import telephone_link
from registry.web.guard import public
from registry.web.shell import EXIT_ADDRESS

blueprint = Blueprint("information", __name__)


def shown_on_every_page() -> dict[str, Any]:
    """What every page's layout needs. The numbers are asked for only by a page that shows them."""
    return {
        "contacts_without_database": contacts_without_database,
        "exit_address": EXIT_ADDRESS,
        "help_contacts": help_contacts,
        "reading_look": classes_of(request.cookies.get(COOKIE, "")) if request else "",
    }


@blueprint.get("/about")
@public
def about() -> str:
    """What Safe and Sound means, and what it does not mean."""
    return render_template("information/about.html")


@blueprint.get("/easy-read")
@public
def easy_read() -> str:
    """The same in short words with pictures."""
    return render_template("information/easy_read.html", contacts=help_contacts())


@blueprint.get("/help")
@public
def get_help() -> Response:
    """Who to call, and what there is to read. Never kept by a browser: who may look at it next?"""
    return _never_kept(
        render_template(
            "information/get_help.html", contacts=help_contacts(), groups=help_topics().groups
        )
    )


@blueprint.get("/help/<topic>")
@public
def help_topic(topic: str) -> Response:
    """One page of advice, with today's numbers in it."""
    found = help_topics().at(topic)
    if found is None:
        raise NotFound()
    contacts = help_contacts()
    numbers = contacts.in_help
    named = {name: numbers[name] for name in found.rooms if name in numbers}
    shown = {numbers[name].value for name in found.call}
    return _never_kept(
        render_template(
            "information/help_topic.html",
            topic=found,
            words=_with_numbers(found, contacts),
            calls=[numbers[name] for name in found.call],
            doubtful={
                one.value: one.doubt
                for one in named.values()
                if one.doubt and one.value not in shown
            },
        )
    )


@blueprint.get("/privacy")
@public
def privacy() -> str:
    """What is kept about people, why, and for how long."""
    return render_template("information/privacy.html")


@blueprint.get("/cookies")
@public
def cookies() -> str:
    """The few cookies there are."""
    return render_template("information/cookies.html", reading_cookie=COOKIE)


@blueprint.get("/accessibility")
@public
def accessibility() -> str:
    """Who can use this, what does not work yet, and how to say so."""
    return render_template("information/accessibility.html")


@blueprint.route("/reading", methods=["GET", "POST"])
@public
def reading() -> ResponseReturnValue:
    """How somebody likes to read. Their browser keeps it; we do not."""
    form = ReadingForm(data=choices_in(request.cookies.get(COOKIE, "")) | {"back": _came_from()})
    if request.method == "POST" and request.form.get("act") == USUAL:
        return _go_on(form, "")
    if form.validate_on_submit():
        return _go_on(form, cookie_of({one.name: form[one.name].data for one in PREFERENCES}))
    return render_template("information/reading.html", form=form), 422 if form.errors else 200


def _go_on(form: ReadingForm, kept: str) -> ResponseReturnValue:
    """Back to where they were, with the look that they chose."""
    back = form.back.data or ""
    answer = redirect(back if is_local(back) else request.path, 303)
    if kept:
        secure = settings().is_https
        answer.set_cookie(
            COOKIE, kept, max_age=KEPT_FOR, secure=secure, httponly=True, samesite="Lax"
        )
    else:
        answer.delete_cookie(COOKIE)
    return answer


def _came_from() -> str:
    """The page of ours on which the link was pressed; empty where the browser does not say."""
    before = path_on(request.host_url, request.referrer)
    return "" if before.partition("?")[0] == request.path else before


def _never_kept(page: str) -> Response:
    response = make_response(page)
    response.headers["Cache-Control"] = "no-store"
    return response


def _with_numbers(topic: Topic, contacts: HelpContacts) -> Markup:
    chosen = settings()
    words = {name: _number(contact) for name, contact in contacts.in_help.items()} | {
        "place": escape(chosen.place_name),
        "council": escape(chosen.council_name),
        "scheme": escape(chosen.scheme_name),
    }
    # The text is ours or the council's own, and was drawn without any markup of its own.
    return Markup(topic.filled_in(words))  # noqa: S704


def _number(contact: HelpContact) -> Markup:
    if not contact.value:
        return escape(contact.label)
    return Markup('<a href="{}">{}</a>').format(telephone_link(contact.value), contact.value)
