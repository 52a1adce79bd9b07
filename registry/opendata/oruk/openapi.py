"""What is served at `/oruk/v3`, as OpenAPI 3.1: made of the shapes that everything goes through."""

import json
from functools import lru_cache
from typing import Any

from pydantic import BaseModel
from pydantic.json_schema import GenerateJsonSchema, JsonSchemaValue, models_json_schema
from pydantic_core import core_schema

from registry.config import settings
from registry.opendata.licence import OGL, attribution
from registry.opendata.oruk import shapes
from registry.opendata.oruk.asking import MOST_PER_PAGE, PER_PAGE
from registry.opendata.oruk.context import BASE

Node = dict[str, Any]
Row = tuple[str, type[BaseModel], tuple[str, ...], str, str, str]

_ID = {"type": "string", "format": "uuid"}
_YES_NO = {"type": "boolean"}
_CLOCK = {"type": "string", "pattern": r"^([01]\d|2[0-3]):[0-5]\d(:[0-5]\d)?$", "example": "16:30"}
_AGE = {"type": "number", "minimum": 0, "maximum": 150}
_DAY_NAMES = ("MO", "TU", "WE", "TH", "FR", "SA", "SU")

# Each parameter: its schema, and what it asks for.
_PARAMETERS: dict[str, tuple[Node, str]] = {
    "search": (
        {"type": "string", "maxLength": 200},
        "What has these words. The same search as on the pages for parents.",
    ),
    "page": (
        {"type": "integer", "minimum": 1, "maximum": 1_000_000, "default": 1},
        "Which page; the first is 1. A page behind the last is empty.",
    ),
    "per_page": (
        {"type": "integer", "minimum": 1, "maximum": MOST_PER_PAGE, "default": PER_PAGE},
        "How many on a page.",
    ),
    "taxonomy_term_id": (_ID, "Services with this term. Under the name again: with any of them."),
    "taxonomy_id": (_ID, "Services with any term of this taxonomy."),
    "minimum_age": (_AGE, "Services whose minimum age is this or more, in years."),
    "maximum_age": (_AGE, "Services whose maximum age is this or less, in years."),
    "start_time": (_CLOCK, "Services with a session that starts at this time or later."),
    "end_time": (_CLOCK, "Services with a session that ends at this time or earlier."),
    "day": (
        {"type": "string", "enum": list(_DAY_NAMES)},
        "Services with a session on this day. Together with times: the same session.",
    ),
    "postcode": (
        {"type": "string", "minLength": 2, "maxLength": 10, "example": "WV1 1SH"},
        "From where proximity counts. Alone it narrows nothing: no service here has an area.",
    ),
    "proximity": (
        {"type": "number", "minimum": 0, "maximum": 1_000_000},
        "Services within so many metres of the postcode, which has to be given too. A place whose "
        "address is private counts from the middle of its ward.",
    ),
    "modified_after": (
        {"type": "string", "format": "date-time"},
        "What last changed at this instant or later.",
    ),
    "minimal": (
        _YES_NO,
        "Only ids and when each last changed. Without per_page: all of them at once.",
    ),
    "full": (_YES_NO, "Each with everything that belongs to it."),
    "full_service": (_YES_NO, "Its services with everything that belongs to them."),
    "organization_id": (_ID, "Services of this organisation."),
    "format": (
        {"type": "string", "enum": ["json", "ndjson"], "default": "json"},
        "`ndjson` gives everything, one thing on a line, and has no pages.",
    ),
    "top_only": (_YES_NO, "Only terms that no other term holds."),
    "parent_id": (_ID, "Only terms that this term holds."),
}
_PAGING = ("search", "page", "per_page", "format")
_NARROWING = (
    "taxonomy_term_id",
    "taxonomy_id",
    "minimum_age",
    "maximum_age",
    "start_time",
    "end_time",
    "day",
    "postcode",
    "proximity",
    "modified_after",
    "organization_id",
    "full",
)
# Each address: what it gives, what can be asked, how the standard counts it, and its words.
_LISTS: tuple[Row, ...] = (
    ("/services", shapes.ServicePage, (*_PAGING, *_NARROWING, "minimal"), "Services",
     "getPaginatedListOfServices", "Services that are on the list today, in a fixed order"),
    ("/service_at_locations", shapes.ServiceAtLocationPage, (*_PAGING, *_NARROWING),
     "Services at locations", "getPaginatedListOfServiceAtLocation",
     "Services at each of their places"),
    ("/organizations", shapes.OrganizationPage, (*_PAGING, *_NARROWING), "Optional",
     "getPaginatedListOfOrganizations", "Organisations with a service on the list today that fits"),
    ("/taxonomies", shapes.TaxonomyPage, _PAGING, "Taxonomies", "getPaginatedListOfTaxonomies",
     "Lists of terms that are used here"),
    ("/taxonomy_terms", shapes.TaxonomyTermPage,
     (*_PAGING, "taxonomy_id", "top_only", "parent_id"), "Taxonomies",
     "getPaginatedListOfTaxonomyTerms", "Terms of every list, or of one"),
)  # fmt: skip
_THINGS: tuple[Row, ...] = (
    ("/services/{id}", shapes.Service, (), "Services", "getFullyNestedServiceById",
     "One service with everything that belongs to it"),
    ("/service_at_locations/{id}", shapes.ServiceAtLocation, (), "Services at locations",
     "getServiceAtLocationWithNestedDataById", "One service at one of its places"),
    ("/organizations/{id}", shapes.Organization, ("full_service",), "Optional",
     "getOrganizationById", "One organisation with what it has on the list today"),
    ("/taxonomies/{id}", shapes.FullTaxonomy, (), "Taxonomies", "getTaxonomyById",
     "One list of terms"),
    ("/taxonomy_terms/{id}", shapes.TaxonomyTerm, (), "Taxonomies", "getTaxonomyTermById",
     "One term"),
)  # fmt: skip
_ROOT: Row = ("/", shapes.About, (), "About", "getAPIMetaInformation", "What this is")
_SHAPES: tuple[type[BaseModel], ...] = (
    shapes.Problem,
    *(one[1] for one in (_ROOT, *_LISTS, *_THINGS)),
)


class _Schemas(GenerateJsonSchema):
    """The standard has no null: a field without a value is not there."""

    def nullable_schema(self, schema: core_schema.NullableSchema) -> JsonSchemaValue:
        """What it is where it is there."""
        return self.generate_inner(schema["schema"])

    def default_schema(self, schema: core_schema.WithDefaultSchema) -> JsonSchemaValue:
        """Nothing is served for what is not said."""
        if schema.get("default") is None:
            return self.generate_inner(schema["schema"])
        return super().default_schema(schema)


def addresses() -> list[tuple[str, str]]:
    """Each address below the base, and what it gives."""
    return [(one[0], one[5]) for one in (_ROOT, *_LISTS, *_THINGS)]


def parameters() -> list[tuple[str, str]]:
    """What can be asked of the lists, and what it means."""
    return [(name, words) for name, (_, words) in _PARAMETERS.items()]


def document() -> bytes:
    """The document of this installation."""
    chosen = settings()
    return _document(
        chosen.public_url,
        f"{chosen.scheme_name}: Open Referral UK",
        chosen.council_name,
        chosen.council_email,
        attribution(),
    )


@lru_cache(maxsize=4)
def _document(public_url: str, title: str, council: str, email: str, attributed: str) -> bytes:
    _, schemas = models_json_schema(
        [(one, "serialization") for one in _SHAPES],
        ref_template="#/components/schemas/{model}",
        schema_generator=_Schemas,
    )
    told = {
        "openapi": "3.1.0",
        "info": {
            "title": title,
            "version": "3.0",
            "summary": "Clubs and activities for children that are on the council’s register today",
            "description": (
                "Human Services Data Specification UK (Open Referral UK) 3.0. Everything is for "
                f"reading, by anybody and from any site. {attributed} Who is not here today is not "
                "on the list, whatever the reason: take it off your own list too. Not listed does "
                "not mean unsafe."
            ),
            "contact": {"name": council, "email": email, "url": f"{public_url}/data"},
            "license": {"name": OGL.name, "url": OGL.address},
        },
        "externalDocs": {"url": f"{public_url}/data", "description": "In words"},
        "servers": [{"url": f"{public_url}{BASE}"}],
        "tags": [{"name": name} for name in dict.fromkeys(one[3] for one in (_ROOT, *_LISTS))],
        "paths": {one[0]: _path(*one) for one in (_ROOT, *_LISTS, *_THINGS)},
        "components": {
            "schemas": schemas["$defs"],
            "parameters": {name: _parameter(name) for name in _PARAMETERS},
            "headers": _HEADERS,
            "responses": _RESPONSES,
        },
    }
    return json.dumps(told, ensure_ascii=False, separators=(",", ":")).encode()


def _path(
    path: str, shape: type[BaseModel], asks: tuple[str, ...], tag: str, name: str, words: str
) -> Node:
    is_list = any(path == one[0] for one in _LISTS)
    parameters: list[Node] = [_ref("parameters", one) for one in asks]
    if path.endswith("{id}"):
        parameters.insert(0, _WHICH)
    content: Node = {"application/json": {"schema": _ref("schemas", shape.__name__)}}
    if is_list:
        content["application/x-ndjson"] = {"schema": {"type": "string"}}
    responses: Node = {
        "200": {"description": words, "headers": _header_refs(), "content": content},
        "304": _ref("responses", "NotModified"),
        "503": _ref("responses", "Unavailable"),
    }
    if asks:
        responses["400"] = _ref("responses", "BadQuestion")
    if path.endswith("{id}"):
        responses["404"] = _ref("responses", "NotHere")
    operation = {"operationId": name, "summary": words, "tags": [tag], "responses": responses}
    return {"get": {**operation, "parameters": parameters} if parameters else operation}


def _ref(kind: str, name: str) -> Node:
    return {"$ref": f"#/components/{kind}/{name}"}


def _parameter(name: str) -> Node:
    schema, words = _PARAMETERS[name]
    return {
        "name": name,
        "in": "query",
        "required": False,
        "description": words,
        "schema": schema,
    }


def _header_refs() -> Node:
    return {name: _ref("headers", name) for name in _HEADERS}


def _fault(words: str) -> Node:
    content = {"application/problem+json": {"schema": _ref("schemas", "Problem")}}
    return {"description": words, "content": content}


_WHICH: Node = {
    "name": "id",
    "in": "path",
    "required": True,
    "description": "What the standard calls it. Ids stay the same for ever.",
    "schema": {"type": "string"},
}
_HEADERS: Node = {
    "ETag": {
        "description": "Send it as If-None-Match and get 304 while nothing has changed.",
        "schema": {"type": "string"},
    },
    "Last-Modified": {
        "description": "When it last changed.",
        "schema": {"type": "string"},
    },
    "Access-Control-Allow-Origin": {
        "description": "Any site may read this.",
        "schema": {"type": "string", "const": "*"},
    },
}
_RESPONSES: Node = {
    "NotModified": {"description": "You have the newest already."},
    "BadQuestion": _fault("A parameter cannot be used: it is named, with what to write instead."),
    "NotHere": _fault("It is not on the list today. Nobody is told why."),
    "Unavailable": _fault("The register cannot be read just now. Try again in a minute."),
}
