"""The club's own papers, given back to the people of the club."""

from flask.typing import ResponseReturnValue
from flask_login import current_user

from registry.assessments.queries import file_of, organisation_in_view
from registry.assessments.routes.blueprint import blueprint
from registry.audit.services import record_read
from registry.errors import NotFound
from registry.files.download import attachment_response
from registry.organisations.models import Organisation
from registry.permissions import P, can
from registry.web.guard import requires


@blueprint.get("/club/<id:organisation_id>/papers/<id:file_id>")
@requires(P.READ_EVIDENCE, on=organisation_in_view)
def paper(organisation: Organisation, file_id: int) -> ResponseReturnValue:
    """One file, as an attachment. The entry comes before the file.

    The council reads papers at its own desk, and only those that were sent.
    """
    if not can(current_user, P.SEE_ORGANISATION, organisation):
        raise NotFound()
    stored = file_of(organisation.id, file_id)
    record_read(("stored_file", stored.id), current_user, organisation.id)
    return attachment_response(stored)
