"""What administrators see of taxonomies, and what an operator types."""

from collections.abc import Callable
from pathlib import Path

import pytest
from flask import Flask

from registry.cards.queries import register_version
from registry.database import db
from registry.taxonomies.queries import taxonomy
from registry.taxonomies.services import load_taxonomies
from tests import factories as make
from tests.geography.code_point import line, write_zip
from tests.page import Visitor
from tests.taxonomies.test_loading import SERVICES, write


@pytest.fixture
def run(app: Flask) -> Callable[..., str]:
    """`flask registry …`: what it says, with its exit code before it."""

    def ran(*words: str) -> str:
        done = app.test_cli_runner().invoke(args=["registry", *words])
        assert "Traceback" not in done.output
        return f"{done.exit_code}: {done.output}"

    return ran


def sign_in(visitor: Visitor, role: str) -> None:
    """Somebody who works for the council."""
    email = make.a_person("Ola Adeyemi", role).email
    db.session.commit()
    visitor.sign_in(email, make.PASSWORD)


class TestThePages:
    def test_an_administrator_sees_what_leads_where(self, client: Visitor, tmp_path: Path):
        load_taxonomies(write(tmp_path, SERVICES))
        sign_in(client, "administrator")
        page = client.get("/admin/lists").follow("Terms of others")
        assert "DfE family hub categories" in page.main
        page = page.follow("LGA services")
        row = next(one for one in page.main.split("Football clubs")[1:])
        assert "Sport: Football (sport.football)" in row
        assert "No steps" in row or "step_free" in row
        assert "https://example.org/f" in row
        assert "Sport: Cricket (sport.cricket)" in page.main
        assert "Youth clubs: Mentoring" not in page.main

    def test_what_came_along_leaves_nothing_over(self, client: Visitor):
        sign_in(client, "auditor")
        page = client.get("/admin/taxonomies/dfe-family-hub-categories")
        assert "Every kind of ours leads to a term." in page.main

    def test_one_that_is_not_there_is_not_found(self, client: Visitor):
        sign_in(client, "administrator")
        assert client.get("/admin/taxonomies/esd").status == 404


class TestTheCommands:
    def test_a_taxonomy_is_loaded_listed_and_removed(self, run: Callable[..., str], tmp_path: Path):
        path = str(write(tmp_path, SERVICES))
        trial = run("taxonomies", "load", path, "--dry-run")
        assert trial.startswith("0: LGA services: 2 terms (2 new, 0 changed, 0 gone).")
        assert trial.endswith("Nothing was changed.\n")
        assert taxonomy("lga-services") is None
        assert "3 codes of ours lead to it." in run("taxonomies", "load", path)
        assert run("taxonomies", "load", path) == "0: LGA services: 2 terms, all as before.\n"
        assert "lga-services" in run("taxonomies", "list")
        assert run("taxonomies", "remove", "lga-services") == (
            "0: LGA services is published no more.\n"
        )
        assert run("taxonomies", "remove", "activities").startswith("1: Error: There is no")

    def test_a_broken_file_is_told_line_by_line(self, run: Callable[..., str], tmp_path: Path):
        said = run("taxonomies", "load", str(write(tmp_path, SERVICES + "T,,,,,,\nT,a,A,b,,,\n")))
        assert said.startswith("1: Error: terms.csv was not loaded. Nothing was changed.\nLine 5:")

    def test_postcodes_are_loaded_from_a_zip_and_pages_are_told(
        self, run: Callable[..., str], tmp_path: Path
    ):
        before = register_version()
        db.session.rollback()
        text = line("WV99 1AA") + line("WV99 1AB", 0, 0, quality=90)
        said = run("postcodes", "load", str(write_zip(tmp_path / "z.zip", {"wv": text})))
        assert "1 postcodes loaded.\n1 without a place were left out." in said
        assert "that the file does not name stay as they were." in said
        assert register_version() > before

    def test_a_country_that_is_none_is_said(self, run: Callable[..., str], tmp_path: Path):
        path = str(write_zip(tmp_path / "z.zip", {"wv": line("WV99 1AA")}))
        assert "2: " in run("postcodes", "load", path, "--country", "france")
        assert run("postcodes", "load", path, "--country", "wales").startswith("1: ")
