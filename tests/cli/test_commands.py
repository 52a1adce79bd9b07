"""What an operator types, and what is said when it cannot be done."""

import re
import socket
from collections.abc import Callable
from pathlib import Path

import pytest
from click.testing import Result
from flask import Flask
from sqlalchemy import select, text

from registry.accounts.models import Account
from registry.audit.models import Entry
from registry.cli.serving import check_port
from registry.config import Settings
from registry.database import db
from registry.messages.models import Message
from tests import factories as make
from tests.page import Visitor

Run = Callable[..., Result]


@pytest.fixture
def run(app: Flask) -> Run:
    """`flask registry …` with these words."""

    def ran(*words: str) -> Result:
        return app.test_cli_runner().invoke(args=["registry", *words])

    return ran


def the_account(email: str) -> Account:
    return db.session.scalars(select(Account).where(Account.email == email)).one()


class TestPeople:
    def test_the_first_administrator_gets_a_link_that_works_once(
        self, run: Run, client: Visitor, settings: Settings
    ):
        said = run("administrator", "priya@council.example", "--name", "Priya Nair")
        assert said.exit_code == 0, said.output
        link = re.search(r"http\S+", said.output)
        assert link
        assert the_account("priya@council.example").roles == {"administrator"}
        path = link[0].removeprefix(settings.public_url)
        page = client.get(path)
        password = "a canal at seven in the morning"
        page.form().fill({"New password": password}).submit()
        form = client.get("/sign-in").form()
        form.fill({"Email address": "priya@council.example", "Password": password})
        assert form.submit("Sign in").h1 != "Sign in"
        assert Visitor(client.app).get(path).status == 404

    def test_nobody_can_sign_in_before_the_link_is_used(self, run: Run):
        run("administrator", "priya@council.example", "--name", "Priya Nair")
        assert the_account("priya@council.example").password_hash == "none"

    def test_staff_may_have_several_roles_and_the_history_says_so(self, run: Run):
        said = run(
            "staff", "add", "jo@council.example", "--name", "Jo", "--role", "reviewer",
            "--role", "appeal_officer",
        )  # fmt: skip
        assert "reviewer and appeal officer" in said.output
        assert the_account("jo@council.example").roles == {"reviewer", "appeal_officer"}
        given = db.session.scalars(select(Entry.details).where(Entry.action == "role_given"))
        assert {one["role"] for one in given} == {"reviewer", "appeal_officer"}

    def test_somebody_who_has_an_account_gets_the_role_and_another_link(self, run: Run):
        account = make.a_person(email="jo@council.example")
        db.session.commit()
        said = run("staff", "add", "jo@council.example", "--name", "Jo", "--role", "senior")
        assert "http" in said.output
        db.session.expire_all()
        assert account.roles == {"senior"}

    @pytest.mark.parametrize("email", ["nobody", "a@", "a b@council.example"])
    def test_what_is_no_address_is_refused(self, run: Run, email: str):
        said = run("administrator", email, "--name", "X")
        assert said.exit_code == 1
        assert "is not an email address" in said.output

    def test_a_role_that_there_is_not_is_named(self, run: Run):
        said = run("staff", "add", "a@b.example", "--name", "X", "--role", "boss")
        assert said.exit_code == 2
        assert "boss" in said.output


class TestHistory:
    def test_a_whole_one_is_said_to_be_whole(self, run: Run):
        make.a_club()
        db.session.commit()
        assert "Every entry fits" in run("history", "verify").output

    def test_a_broken_one_is_a_failure_and_says_where(self, run: Run):
        make.a_club()
        db.session.commit()
        number = db.session.scalar(select(Entry.number).order_by(Entry.number).offset(1).limit(1))
        if db.engine.dialect.name == "sqlite":
            db.session.execute(text("DROP TRIGGER entry_no_update"))
        else:
            db.session.execute(text("DROP TRIGGER entry_kept_as_written ON entry"))
        db.session.execute(
            text("UPDATE entry SET action = 'nothing' WHERE number = :n"), {"n": number}
        )
        db.session.commit()
        said = run("history", "verify")
        assert said.exit_code == 1
        assert f"broken at entry {number}" in said.output


class TestDemonstration:
    def test_an_installation_that_is_none_gets_none(self, run: Run):
        said = run("demonstration", "load")
        assert said.exit_code == 1
        assert "Set DEMO=1" in said.output
        assert db.session.scalar(select(Account.id)) is None

    @pytest.mark.changed(demonstration=True)
    def test_it_is_loaded_once(self, run: Run):
        assert run("demonstration", "load", "--organisations", "1").exit_code == 0
        again = run("demonstration", "load", "--organisations", "1")
        assert again.exit_code == 1
        assert "not empty" in again.output

    def test_papers_are_written_into_a_folder(
        self, run: Run, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
    ):
        monkeypatch.setattr("registry.demonstration.paperwork.paper_names", lambda: ("equality",))
        said = run("demonstration", "papers", "--folder", str(tmp_path))
        assert "equality.pdf" in said.output


class TestRunning:
    def test_a_night_says_what_it_did(self, run: Run):
        said = run("night")
        assert said.exit_code == 0
        assert said.output.startswith("0 asked, 0 held, 0 lapsed, 0 reminded")

    def test_what_waits_is_sent(self, run: Run):
        make.a_submitted()
        db.session.commit()
        waiting = len(db.session.scalars(select(Message.id)).all())
        assert run("deliver").output == f"{waiting} sent.\n"

    def test_a_broken_postcode_file_changes_nothing(self, run: Run, tmp_path: Path):
        path = tmp_path / "broken.csv"
        path.write_text("postcode,latitude\nWV1 1AA,here\n")
        said = run("postcodes", "load", str(path))
        assert said.exit_code == 1
        assert "Traceback" not in said.output

    def test_a_port_that_is_taken_is_said_plainly(self, settings: Settings):
        from dataclasses import replace

        from click import ClickException

        with socket.socket() as taken:
            taken.bind(("127.0.0.1", 0))
            taken.listen()
            number = taken.getsockname()[1]
            with pytest.raises(ClickException, match=f"Port {number} is in use"):
                check_port(replace(settings, port=number))
        check_port(replace(settings, port=number))
