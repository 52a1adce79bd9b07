"""Putting the registry together."""

from dataclasses import replace
from pathlib import Path

from flask import Flask
from flask_migrate import Migrate

from registry import clock, tables
from registry.accounts import routes as accounts
from registry.accounts.web_sessions import keep_web_sessions
from registry.administration import routes as administration
from registry.administration.queries import adopted_editions
from registry.administration.read_only import on_top_of_pages, refuse_while_read_only
from registry.appeals import routes as appeals
from registry.assessments import help_pages, public_pages
from registry.assessments import routes as assessments
from registry.assessments.approvals import tell_of_approvals
from registry.assessments.publish import publish
from registry.assessments.traits import compare_with_others
from registry.assisted import routes as assisted
from registry.audit.services import record_refused
from registry.cards.in_step import keep_in_step_with_cards
from registry.cards.queries import register_version_outside
from registry.cards.words.understanding import words_worth_knowing
from registry.changes import routes as change_pages
from registry.changes import services as changes
from registry.cli.commands import add_commands
from registry.concerns import routes as concerns
from registry.config import Settings, kept_secret_key
from registry.council import routes as council
from registry.criteria.loading import also_read, current_edition
from registry.data_protection import routes as data_protection
from registry.database import db
from registry.demonstration.marking import keep_apart
from registry.desk import routes as desk
from registry.directory import routes as directory
from registry.exporting import routes as exporting
from registry.importing import routes as importing
from registry.information import routes as information
from registry.information.help_topics import read_help
from registry.insights import routes as insights
from registry.inspection import routes as inspection
from registry.leaving import routes as leaving
from registry.lists.closure_days import closure_days
from registry.merging import routes as merging
from registry.opendata import routes as opendata
from registry.opendata.openactive.services import keep_in_step
from registry.organisations import routes as organisations
from registry.organisations.arriving import tell_of_arrivals
from registry.organisations.keeping import Keeping, keep_changes_with
from registry.people import routes as people
from registry.ready_words import routes as ready_words
from registry.ready_words.uses import tell_questions
from registry.reviews import routes as reviews
from registry.reviews.services import draw_for_second_reading
from registry.staff import routes as staff
from registry.tallies.handing_over import tell_what_is_near
from registry.telling import routes as telling
from registry.verifying import routes as verifying
from registry.web import health, requests
from registry.web.caching import answer_before
from registry.web.faults import handle_faults
from registry.web.guard import refuse_unguarded, tell_refusals
from registry.web.presentation import prepare_templates
from registry.web.shell import tell_what_is_on_top
from registry.web.static import serve_static
from registry.working_days import close_on

RELEASE = "0.1.0"
ROOT = Path(__file__).resolve().parent.parent
BLUEPRINTS = (
    health.blueprint,
    directory.blueprint,
    information.blueprint,
    public_pages.blueprint,
    help_pages.blueprint,
    accounts.blueprint,
    organisations.blueprint,
    people.blueprint,
    assessments.blueprint,
    desk.blueprint,
    verifying.blueprint,
    leaving.blueprint,
    telling.blueprint,
    change_pages.blueprint,
    data_protection.blueprint,
    assisted.blueprint,
    reviews.blueprint,
    administration.blueprint,
    staff.blueprint,
    inspection.blueprint,
    appeals.blueprint,
    merging.blueprint,
    concerns.blueprint,
    ready_words.blueprint,
    importing.blueprint,
    exporting.blueprint,
    council.blueprint,
    insights.blueprint,
    opendata.blueprint,
)


def create_app(settings: Settings) -> Flask:
    """The application for one installation. Reads nothing but `settings`."""
    app = Flask("registry", root_path=str(ROOT), template_folder=None, static_folder=None)
    settings.data_dir.mkdir(parents=True, exist_ok=True)
    if not settings.secret_key:
        settings = replace(settings, secret_key=kept_secret_key(settings.data_dir))
    app.extensions["settings"] = settings
    app.extensions["release"] = RELEASE
    app.config["SQLALCHEMY_DATABASE_URI"] = settings.database_url
    assert tables, "every table is known before the database is opened"
    db.init_app(app)
    Migrate(app, db, directory=str(ROOT / "migrations"), render_as_batch=True)
    requests.prepare(app, settings)
    prepare_templates(app, str(ROOT / "templates"))
    keep_web_sessions(app)
    tell_refusals(app, record_refused)
    organisations.publish_after_changes(app, publish)
    keep_changes_with(
        app,
        Keeping(
            keep=changes.keep,
            wanted=changes.wanted,
            added=changes.added,
            ended=changes.ended,
            starts_as=changes.starts_as,
            is_read=changes.is_read,
        ),
    )
    tell_questions(app, questions_to_word)
    tell_of_approvals(app, changes.approved, draw_for_second_reading)
    tell_of_arrivals(app, compare_with_others)
    keep_in_step_with_cards(app, keep_in_step)
    close_on(closure_days)
    tell_what_is_near(app, words_worth_knowing)
    refuse_while_read_only(app)
    tell_what_is_on_top(app, on_top_of_pages)
    also_read(adopted_editions, clock.today)
    read_help(app, settings.help_dir)
    app.context_processor(information.shown_on_every_page)
    app.context_processor(council.shown_at_the_desk)
    for blueprint in BLUEPRINTS:
        app.register_blueprint(blueprint)
    handle_faults(app)
    # Pages that everybody may open at any time, and that count nobody.
    answer_before(
        app,
        ("/", "/activities"),
        register_version_outside,
        lambda: requests.headers_of_a_kept_answer(app),
    )
    serve_static(app, parents_rooms=("directory", "information", "verifying"))
    add_commands(app)
    keep_apart(app)
    refuse_unguarded(app)
    return app


def questions_to_word() -> list[tuple[str, str]]:
    """The questions of the current edition that ready-made words can be written for."""
    return [(question.key, question.short) for question in current_edition().questions]
