"""Pages of an organisation itself: putting it on the register, and what it says of itself."""

from flask import (
    flash,
    redirect,
    request,
    url_for,
)
from flask.typing import ResponseReturnValue
from flask_login import current_user

from registry.criteria.loading import current_edition
from registry.errors import BadInput
from registry.organisations import services
from registry.organisations.forms import (
    OrganisationForm,
)
from registry.organisations.keeping import Kept, keeping
from registry.organisations.models import Organisation
from registry.organisations.queries import organisation_for
from registry.organisations.routes.blueprint import blueprint
from registry.organisations.routes.saving import publish, save_or_show, shown_again
from registry.permissions import P
from registry.web import shelf
from registry.web.guard import requires


@blueprint.route("/club/new", methods=["GET", "POST"])
@requires(P.REGISTER_ORGANISATION)
def new_organisation() -> ResponseReturnValue:
    """Put an organisation on the register."""
    form = OrganisationForm(shelf.form_data())
    if request.method == "POST" and form.validate():
        try:
            organisation = services.register_organisation(current_user, **form.told())
        except BadInput as refused:
            form.add_error(None, refused.sentence)
        else:
            shelf.clear()
            flash(f"{organisation.name} is on your desk. Only you can see it so far.")
            return redirect(f"/club/{organisation.id}", 303)
    return shown_again(
        "organisations/new_organisation.html", form, needs=current_edition().you_will_need
    )


@blueprint.route("/club/<id:organisation_id>/details", methods=["GET", "POST"])
@requires(P.EDIT_ORGANISATION, on=organisation_for)
def details(organisation: Organisation) -> ResponseReturnValue:
    """Change what an organisation says of itself."""
    form = OrganisationForm.over(organisation, shelf.form_data())

    def save() -> Kept:
        kept = services.change_details(
            organisation, current_user, version=form.read_version, **form.told()
        )
        publish(organisation)
        return kept

    return save_or_show(
        form,
        organisation,
        save,
        lambda: url_for(".details", organisation_id=organisation.id),
        "organisations/details.html",
        organisation=organisation,
        needs=current_edition().you_will_need,
        is_listed=keeping().is_read(organisation),
        waits=bool(keeping().wanted(organisation)),
    )
