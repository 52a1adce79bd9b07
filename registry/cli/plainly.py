"""Commands that say in a sentence what went wrong, and not in a traceback."""

from typing import Any

import click
from flask.cli import AppGroup
from sqlalchemy.exc import OperationalError

from registry.demonstration.marking import WrongDatabase
from registry.demonstration.paperwork import NoPdfHere
from registry.errors import DomainError


class PlainGroup(AppGroup):
    """A group of commands for people. What they did wrong is told to them plainly."""

    def invoke(self, ctx: click.Context) -> Any:
        """Run the command."""
        try:
            return super().invoke(ctx)
        except (DomainError, WrongDatabase, NoPdfHere) as problem:
            raise click.ClickException(str(problem)) from problem
        except OperationalError as problem:
            raise click.ClickException(
                f"The database cannot be used: {problem.orig}. Is DATABASE_URL right, and was "
                "`flask --app wsgi registry migrate` run?"
            ) from problem
