"""Pages of the places of an organisation."""

from flask import (
    flash,
    redirect,
    render_template,
    request,
    url_for,
)
from flask.typing import ResponseReturnValue
from flask_login import current_user

from registry.errors import BadInput, NotAllowedNow
from registry.organisations import services, wording
from registry.organisations.forms import (
    PlainForm,
    VenueForm,
)
from registry.organisations.keeping import Kept, keeping
from registry.organisations.models import Organisation, Venue
from registry.organisations.queries import (
    is_outside_area,
    organisation_with_records,
    public_place_of,
    venue_for,
)
from registry.organisations.routes.blueprint import blueprint
from registry.organisations.routes.onward import waiting_activity
from registry.organisations.routes.saving import publish, save_or_show, shown_again
from registry.permissions import P
from registry.web import shelf
from registry.web.guard import requires


@blueprint.route("/club/<id:organisation_id>/venues")
@requires(P.SEE_ORGANISATION, on=organisation_with_records)
def venues(organisation: Organisation) -> ResponseReturnValue:
    """Every place of an organisation, and what the public may know of it."""
    places = [
        {
            "venue": venue,
            "public": public_place_of(venue),
            "privacy": wording.PRIVACY[venue.privacy],
            "outside": is_outside_area(venue),
            "used_by": [a.name for a in organisation.activities if venue in a.venues],
        }
        for venue in organisation.venues
    ]
    return render_template("organisations/venues.html", organisation=organisation, places=places)


@blueprint.route("/club/<id:organisation_id>/venues/new", methods=["GET", "POST"])
@requires(P.EDIT_ORGANISATION, on=organisation_with_records)
def new_venue(organisation: Organisation) -> ResponseReturnValue:
    """Add a place."""
    form = VenueForm(shelf.form_data())
    if request.method == "POST" and form.validate():
        try:
            venue = services.add_venue(organisation, current_user, **form.told())
        except BadInput as refused:
            form.add_error(None, refused.sentence)
        else:
            shelf.clear()
            flash(f"We have saved {venue.name}.")
            return redirect(_after_venue(venue), 303)
    return shown_again(
        "organisations/new_venue.html",
        form,
        organisation=organisation,
        waiting_activity=waiting_activity(),
    )


@blueprint.route("/club/<id:organisation_id>/venues/<id:venue_id>", methods=["GET", "POST"])
@requires(P.EDIT_ORGANISATION, on=venue_for)
def venue(venue: Venue) -> ResponseReturnValue:
    """Change a place, and see what the public will see of it."""
    form = VenueForm.over(venue, shelf.form_data())

    def save() -> Kept:
        kept = services.change_venue(venue, current_user, version=form.read_version, **form.told())
        publish(venue.organisation)
        return kept

    return save_or_show(
        form,
        venue,
        save,
        lambda: url_for(".venue", organisation_id=venue.organisation_id, venue_id=venue.id),
        "organisations/venue.html",
        organisation=venue.organisation,
        venue=venue,
        public=public_place_of(venue),
        outside=is_outside_area(venue),
        is_listed=keeping().is_read(venue),
        waits=bool(keeping().wanted(venue)),
    )


@blueprint.route("/club/<id:organisation_id>/venues/<id:venue_id>/remove", methods=["GET", "POST"])
@requires(P.EDIT_ORGANISATION, on=venue_for)
def remove_venue(venue: Venue) -> ResponseReturnValue:
    """Ask once more, then take a place away."""
    organisation = venue.organisation
    form = PlainForm(None)
    if request.method == "POST":
        name = venue.name
        try:
            services.remove_venue(venue, current_user)
        except NotAllowedNow as refused:
            form.add_error(None, refused.sentence)
        else:
            flash(f"We have removed {name}.")
            return redirect(url_for(".venues", organisation_id=organisation.id), 303)
    page = render_template(
        "organisations/remove_venue.html", form=form, organisation=organisation, venue=venue
    )
    return page, 409 if form.form_errors else 200


def _after_venue(venue: Venue) -> str:
    """Back to the activity that waits for a place, else to the place that was saved."""
    number = waiting_activity()
    if number is not None:
        return url_for(
            ".activity_page",
            organisation_id=venue.organisation_id,
            activity_id=number,
            page="where",
        )
    return url_for(".venue", organisation_id=venue.organisation_id, venue_id=venue.id)
