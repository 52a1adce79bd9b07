"""The terms that others know our kinds by: which there are, and which of ours lead to them."""

from flask import render_template

from registry.administration.routes.blueprint import blueprint
from registry.errors import NotFound
from registry.permissions import P
from registry.taxonomies.queries import labels_of_ours, left_over, taxonomies, taxonomy
from registry.web.guard import requires


@blueprint.get("/admin/taxonomies")
@requires(P.READ_ADMINISTRATION)
def terms_of_others() -> str:
    """Every taxonomy, ours and those of others."""
    return render_template("administration/taxonomies.html", taxonomies=taxonomies())


@blueprint.get("/admin/taxonomies/<taxonomy_key>")
@requires(P.READ_ADMINISTRATION)
def terms(taxonomy_key: str) -> str:
    """The terms of one, each with what of ours leads to it; and what of ours leads to none."""
    found = taxonomy(taxonomy_key)
    if found is None:
        raise NotFound()
    return render_template(
        "administration/taxonomy.html",
        taxonomy=found,
        labels=labels_of_ours(),
        left_over=left_over(found),
    )
