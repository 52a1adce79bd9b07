"""The OpenAPI document is valid, says all that the standard does, and nothing but the truth."""

import json
from collections import Counter
from contextlib import suppress

import pytest
import schemathesis
from flask import Response
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st
from hypothesis.errors import Unsatisfiable
from openapi_spec_validator import OpenAPIV31SpecValidator
from schemathesis.checks import not_a_server_error
from schemathesis.generation import GenerationMode
from schemathesis.specs.openapi.checks import (
    content_type_conformance,
    response_headers_conformance,
    response_schema_conformance,
    status_code_conformance,
)

from registry.opendata.oruk import routes
from tests.opendata.oruk.invented import organisations
from tests.opendata.oruk.standard import BASE, LISTS, SCHEMAS, ask, walk
from tests.opendata.oruk.test_the_standard import publish

STANDARD = json.loads((SCHEMAS / "openapi-uk-3.0.json").read_text())


@pytest.fixture
def document(client, app):
    """The document, as it is fetched."""
    return ask(client, "/openapi.json")


def test_it_is_a_valid_document(document):
    assert document["openapi"] == "3.1.0"
    assert list(OpenAPIV31SpecValidator(document).iter_errors()) == []
    assert list(OpenAPIV31SpecValidator({**document, "info": {}}).iter_errors())


def test_every_address_and_parameter_of_the_standard_is_in_it(document):
    for path, told in STANDARD["paths"].items():
        ours = document["paths"][path]["get"]
        wanted = {one["$ref"].rpartition("/")[2] for one in told["get"].get("parameters", ())}
        said = {one.get("$ref", "").rpartition("/")[2] for one in ours.get("parameters", ())}
        assert wanted <= said, path
    assert (
        STANDARD["components"]["parameters"].keys() <= document["components"]["parameters"].keys()
    )


def test_it_says_where_it_is_and_on_what_terms(document, app):
    assert document["servers"] == [{"url": f"{app.extensions['settings'].public_url}{BASE}"}]
    assert document["info"]["license"]["name"] == "Open Government Licence v3.0"
    assert "City of Wolverhampton Council" in document["info"]["description"]


def test_it_knows_no_null(document):
    assert '"null"' not in json.dumps(document)


def test_every_address_that_is_served_is_in_it(document, app):
    served = {
        rule.rule.removeprefix(BASE).replace("<identifier>", "{id}")
        for rule in app.url_map.iter_rules()
        if rule.rule.startswith(BASE)
    }
    assert served - {"/openapi.json"} == document["paths"].keys()


CHECKS = (
    not_a_server_error,
    status_code_conformance,
    content_type_conformance,
    response_headers_conformance,
    response_schema_conformance,
)


@schemathesis.deserializer("application/x-ndjson")
def lines(_, response):
    """A stream is a text, of which each line is a thing."""
    assert all(isinstance(json.loads(line), dict) for line in response.text.splitlines())
    return response.text


def asked_in_every_way(app, client, examples):
    """Ask each address in ways that the document allows and in ways that it does not. Gives how
    often each status came."""
    known = {path: [one["id"] for one in walk(client, path, 100)] for path in LISTS}
    statuses = Counter()
    for result in schemathesis.openapi.from_wsgi(f"{BASE}/openapi.json", app).get_all_operations():
        operation = result.ok()
        ids = known.get(operation.path.split("/")[1], [])
        for mode in GenerationMode:
            cases = operation.as_strategy(generation_mode=mode)
            with suppress(Unsatisfiable):  # an address without parameters cannot be asked wrongly
                ask_often(cases, ids, statuses, examples)
    return statuses


def ask_often(cases, ids, statuses, examples):
    """Ask one address so often; half of the time for a thing that there is."""

    @settings(
        max_examples=examples,
        deadline=None,
        derandomize=True,
        database=None,
        suppress_health_check=list(HealthCheck),
    )
    @given(case=cases, number=st.integers(0, 10_000))
    def ask_once(case, number):
        if "{id}" in case.path and number % 2 and ids:
            case.path_parameters = {"id": ids[number % len(ids)]}
        answer = case.call(headers={"Accept-Encoding": "identity"})  # nobody here unpacks it
        statuses[answer.status_code] += 1
        case.validate_response(answer, checks=list(CHECKS))

    ask_once()


def test_nothing_that_can_be_asked_is_answered_as_the_document_does_not_say(client, app):
    publish(organisations(6))
    statuses = asked_in_every_way(app, client, examples=3)
    assert statuses.keys() == {200, 400, 404}


@pytest.mark.slow
def test_nor_is_it_when_much_more_is_asked(client, app):
    publish(organisations(40))
    statuses = asked_in_every_way(app, client, examples=400)
    assert statuses.keys() == {200, 400, 404}


def test_the_checks_find_an_answer_that_the_document_does_not_say(client, app, monkeypatch):
    for body, kind in (('{"total_items": "many"}', "application/json"), ("many", "text/plain")):
        answer = Response(body, content_type=kind, headers={"ETag": "x", "Last-Modified": "x"})
        monkeypatch.setattr(routes, "listed", lambda *_, answer=answer: answer)
        operation = schemathesis.openapi.from_wsgi(f"{BASE}/openapi.json", app)["/services"]["GET"]
        case = operation.Case(query={"page": "1"})
        with pytest.raises(BaseException):  # noqa: B017 - the checks raise a kind of their own
            case.validate_response(case.call(), checks=list(CHECKS))
