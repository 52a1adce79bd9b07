"""The papers of a case: a page of one as a picture, and the file itself. Each read is written down
before anything is shown."""

from flask.typing import ResponseReturnValue
from flask_login import current_user

from registry.assessments.models import Assessment
from registry.audit.services import record_read
from registry.errors import NotFound
from registry.files.download import attachment_response, page_response
from registry.files.models import StoredFile
from registry.files.paper_pages import page_of
from registry.permissions import P
from registry.reviews import queries
from registry.reviews.routes.blueprint import blueprint
from registry.web.guard import requires


@blueprint.get("/council/cases/<id:assessment_id>/papers/<id:file_id>")
@requires(P.READ_CASE, on=queries.case)
def paper(assessment: Assessment, file_id: int) -> ResponseReturnValue:
    """One paper, as an attachment. The entry comes before the file."""
    stored = _stored(assessment, file_id)
    record_read(("stored_file", stored.id), current_user, assessment.organisation_id)
    return attachment_response(stored)


@blueprint.get("/council/cases/<id:assessment_id>/papers/<id:file_id>/pages/<id:number>")
@requires(P.READ_CASE, on=queries.case)
def paper_page(assessment: Assessment, file_id: int, number: int) -> ResponseReturnValue:
    """One page of a paper as a picture. The entry comes before the picture."""
    stored = _stored(assessment, file_id)
    page = page_of(stored, number)
    if page is None or page.picture is None:
        raise NotFound()
    record_read(("stored_file", stored.id), current_user, assessment.organisation_id)
    return page_response(stored, page.picture)


def _stored(assessment: Assessment, file_id: int) -> StoredFile:
    stored = queries.paper(assessment.id, file_id)
    if stored is None:
        raise NotFound()
    return stored
