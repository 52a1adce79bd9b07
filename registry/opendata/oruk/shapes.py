"""What is served, thing by thing: the fields of Open Referral UK 3.0 and HSDS 3.0 that we give.

Whatever goes out has been through these, and the OpenAPI document is made from them. A field of
ours that is not as the standard has it is left out, and the rest is served; a field without a
value is left out too, because the standard knows no null.
"""

import re
from datetime import date
from typing import Annotated, Any, Literal

from pydantic import (
    BaseModel,
    ConfigDict,
    Field,
    StringConstraints,
    ValidationError,
    ValidatorFunctionWrapHandler,
    WrapValidator,
)

_URI = r"^https?://[A-Za-z0-9.\-\[\]:]+(?:[/?#][A-Za-z0-9\-._~:/?#\[\]@!$&'()*+,;=%]*)?$"
_EMAIL = r"^[^@\s]+@[^@\s]+\.[^@\s]+$"
_UUID = r"^[0-9a-f]{8}-[0-9a-f]{4}-[0-9a-f]{4}-[0-9a-f]{4}-[0-9a-f]{12}$"
_CLOCK = r"^[0-2][0-9]:[0-5][0-9]:[0-5][0-9]$"
_BROKEN_ESCAPE = re.compile(r"%(?![0-9A-Fa-f]{2})")


def _or_nothing(value: Any, handler: ValidatorFunctionWrapHandler) -> Any:
    """What the standard would not take is not said."""
    if value is None or value == "":
        return None
    try:
        return handler(value)
    except ValidationError:
        return None


def _whole_uri(value: Any, handler: ValidatorFunctionWrapHandler) -> Any:
    return None if _BROKEN_ESCAPE.search(str(value)) else _or_nothing(value, handler)


def _format(name: str) -> Any:
    return Field(json_schema_extra={"format": name})


Uuid = Annotated[str, StringConstraints(pattern=_UUID), _format("uuid")]
Uri = Annotated[
    Annotated[str, StringConstraints(pattern=_URI), _format("uri")] | None,
    WrapValidator(_whole_uri),
]
Email = Annotated[
    Annotated[str, StringConstraints(pattern=_EMAIL), _format("email")] | None,
    WrapValidator(_or_nothing),
]
Instant = Annotated[str, _format("date-time")]
Clock = Annotated[str, StringConstraints(pattern=_CLOCK)]
Text = Annotated[str, StringConstraints(min_length=1)]
Days = Annotated[str, StringConstraints(pattern=r"^-?[1-5]?(MO|TU|WE|TH|FR|SA|SU)(,.+)?$")]


class Shape(BaseModel):
    """A thing of the standard. It has no field but these."""

    model_config = ConfigDict(extra="forbid", str_strip_whitespace=True)


class TaxonomyTerm(Shape):
    """A term that a service or an organisation can have."""

    id: Uuid
    name: Text
    description: Text
    parent_id: Uuid | None = None
    taxonomy: Text | None = None
    taxonomy_id: Uuid | None = None
    term_uri: Uri = None
    code: Text | None = None


class Taxonomy(Shape):
    """A list of terms."""

    id: Uuid
    name: Text
    description: Text
    uri: Uri = None
    version: Text | None = None


class FullTaxonomy(Taxonomy):
    """A list of terms, with each of them."""

    taxonomy_terms: list[TaxonomyTerm] | None = None


class Attribute(Shape):
    """That something has a term."""

    id: Uuid
    link_id: Uuid | None = None
    taxonomy_term_id: Uuid | None = None
    link_type: Text | None = None
    link_entity: Text | None = None
    taxonomy_term: TaxonomyTerm | None = None


class Schedule(Shape):
    """When a service happens. Clock times are those of London."""

    id: Uuid
    service_id: Uuid | None = None
    valid_from: date | None = None
    valid_to: date | None = None
    dtstart: date | None = None
    freq: Literal["WEEKLY", "MONTHLY"] | None = None
    interval: int | None = None
    byday: Days | None = None
    description: Text | None = None
    opens_at: Clock | None = None
    closes_at: Clock | None = None
    schedule_link: Uri = None
    attending_type: Text | None = None
    notes: Text | None = None


class Language(Shape):
    """A language that is spoken there."""

    id: Uuid
    service_id: Uuid | None = None
    name: Text | None = None


class CostOption(Shape):
    """What it costs, in pounds."""

    id: Uuid
    service_id: Uuid | None = None
    option: Text | None = None
    amount: int | float | None = None
    amount_description: Text | None = None
    currency: Literal["GBP"] | None = None


class Phone(Shape):
    """A number that the club made public."""

    id: Uuid
    number: Text


class Contact(Shape):
    """How to reach the club. No person is named."""

    id: Uuid
    service_id: Uuid | None = None
    name: Text | None = None
    email: Email = None
    phones: list[Phone] | None = None


class Address(Shape):
    """A postal address. What a club hides has none."""

    id: Uuid
    location_id: Uuid | None = None
    address_1: Text
    city: Text
    state_province: Text
    postal_code: Text
    country: Literal["GB"]
    address_type: Literal["physical"]


class Accessibility(Shape):
    """What a place is like for disabled people, as its club says. The council does not check."""

    id: Uuid
    location_id: Uuid | None = None
    description: Text | None = None
    details: Text | None = None
    accessibility: Text | None = None


class LocationItem(Shape):
    """A place, in a list."""

    id: Uuid
    location_type: Literal["physical", "virtual"]
    name: Text | None = None
    description: Text | None = None
    latitude: float | None = None
    longitude: float | None = None


class Location(LocationItem):
    """A place."""

    addresses: list[Address] | None = None
    accessibility: list[Accessibility] | None = None


class OrganizationIdentifier(Shape):
    """The number of an organisation in a register of others, by the codes of org-id.guide."""

    id: Uuid
    organization_id: Uuid | None = None
    identifier_scheme: Text | None = None
    identifier_type: Text
    identifier: Text


class OrganizationItem(Shape):
    """Who runs a service, in a list."""

    id: Uuid
    name: Text
    description: Text
    email: Email = None
    website: Uri = None
    uri: Uri = None


class OrganizationOfService(OrganizationItem):
    """Who runs a service."""

    organization_identifiers: list[OrganizationIdentifier] | None = None
    attributes: list[Attribute] | None = None


class ServiceItem(Shape):
    """A service, in a list."""

    id: Uuid
    organization_id: Uuid | None = None
    name: Text
    description: Text | None = None
    url: Uri = None
    email: Email = None
    status: Literal["active"]
    accreditations: Text | None = None
    minimum_age: int | float | None = None
    maximum_age: int | float | None = None
    assured_date: date | None = None
    assurer_email: Email = None
    last_modified: Instant | None = None
    eligibility_description: Text | None = None
    fees_description: Text | None = None
    application_process: Text | None = None
    organization: OrganizationItem | None = None


class ServiceAtLocationOfService(Shape):
    """A place of a service."""

    id: Uuid
    service_id: Uuid | None = None
    location_id: Uuid | None = None
    location: Location | None = None


class Service(ServiceItem):
    """A service with everything that belongs to it."""

    organization: OrganizationOfService | None = None
    schedules: list[Schedule] | None = None
    service_at_locations: list[ServiceAtLocationOfService] | None = None
    languages: list[Language] | None = None
    cost_options: list[CostOption] | None = None
    contacts: list[Contact] | None = None
    phones: list[Phone] | None = None
    attributes: list[Attribute] | None = None


class ServiceMinimal(Shape):
    """Only which service it is, and when it last changed."""

    id: Uuid
    last_modified: Instant | None = None


class ServiceAtLocationItem(Shape):
    """A service at one of its places, in a list."""

    id: Uuid
    service_id: Uuid | None = None
    location_id: Uuid | None = None
    location: LocationItem | None = None
    service: ServiceItem | None = None


class ServiceAtLocation(Shape):
    """A service at one of its places, with everything that belongs to it.

    It has the name and the status of its service too: the standard's document describes this
    answer as a service.
    """

    id: Uuid
    service_id: Uuid | None = None
    location_id: Uuid | None = None
    name: Text
    status: Literal["active"]
    location: Location | None = None
    service: Service | None = None


class Organization(OrganizationOfService):
    """An organisation with its services."""

    services: list[Service | ServiceItem] | None = None


class Page(Shape):
    """A part of a list."""

    total_items: int = Field(ge=0, description="How many there are in all.")
    total_pages: int = Field(ge=0, description="How many pages of this size they fill.")
    page_number: int = Field(ge=1, description="Which page this is; the first is 1.")
    size: int = Field(ge=0, description="How many are on this page.")
    first_page: bool
    last_page: bool
    empty: bool = Field(description="Whether nothing is on this page.")


class ServicePage(Page):
    """A page of services: with `full`, whole ones; with `minimal`, only which they are."""

    contents: list[Service | ServiceItem | ServiceMinimal]


class ServiceAtLocationPage(Page):
    """A page of services at their places."""

    contents: list[ServiceAtLocation | ServiceAtLocationItem]


class TaxonomyPage(Page):
    """A page of taxonomies."""

    contents: list[Taxonomy]


class TaxonomyTermPage(Page):
    """A page of terms."""

    contents: list[TaxonomyTerm]


class OrganizationPage(Page):
    """A page of organisations."""

    contents: list[Organization | OrganizationItem]


class About(Shape):
    """What this is, and where it is described."""

    version: Text
    profile: Annotated[str, _format("uri")]
    openapi_url: Annotated[str, _format("uri")]


class Wrong(Shape):
    """One thing that is wrong with a question."""

    parameter: Text
    detail: Text


class Problem(Shape):
    """What is wrong, and what to do (RFC 9457)."""

    type: Text
    title: Text
    status: int
    detail: Text
    parameter: Text | None = Field(
        default=None, description="The parameter that is wrong; of several, the first."
    )
    errors: list[Wrong] | None = Field(default=None, description="Each thing that is wrong.")
