"""Who runs a service: the organisation, its numbers in other registers, and the council's mark."""

from registry.opendata.addresses import web_uri
from registry.opendata.oruk.context import Context, Document, Thing
from registry.opendata.oruk.saying import told
from registry.opendata.registers import registered


def organization_of(document: Document, organisation_id: int, to: Context) -> Thing:
    """The organisation by itself."""
    by, contact = document["organisation"], document.get("contact") or {}
    return told(
        id=to.id("organization", organisation_id),
        name=by["name"],
        # The standard wants a description of everybody.
        description=str(by.get("description") or "").strip()
        or f"An organisation on the {to.chosen.scheme_name} register.",
        email=contact.get("email"),
        website=web_uri(str(by.get("website") or "")),
        uri=f"{to.chosen.public_url}/organisations/{by['slug']}",
    )


def organization_in_full(document: Document, organisation_id: int, to: Context) -> Thing:
    """The organisation with its numbers, and with what the council did."""
    organization = organization_of(document, organisation_id, to)
    number, mark = organization["id"], to.mark
    return {
        **organization,
        **told(
            organization_identifiers=[
                told(
                    id=to.part(number, "organization_identifier", one.kind),
                    organization_id=number,
                    identifier_scheme=one.scheme,
                    identifier_type=one.kind,
                    identifier=one.number,
                )
                for one in registered(document["organisation"])
            ]
        ),
        "attributes": [
            {
                "id": to.part(number, "attribute", mark.code),
                "link_id": number,
                "taxonomy_term_id": to.vocabulary.ids[mark],
                "link_type": "scheme",
                "link_entity": "organization",
                "taxonomy_term": to.vocabulary.things[mark],
            }
        ],
    }
