"""What an operator runs: `flask --app wsgi registry …`."""

from flask import Flask
from flask.cli import AppGroup

registry = AppGroup("registry", help="Look after the register.")


def add_commands(app: Flask) -> None:
    """Hang the register's commands on the application."""
    app.cli.add_command(registry)
