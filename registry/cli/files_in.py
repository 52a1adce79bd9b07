"""Commands that take in what others publish: postcodes and taxonomies."""

from pathlib import Path

import click

from registry.cards.services import raise_version
from registry.cli.plainly import PlainGroup
from registry.database import db
from registry.geography.code_point import COUNTRIES
from registry.geography.replacing import replace_postcodes
from registry.taxonomies.queries import taxonomies as every_taxonomy
from registry.taxonomies.services import Loaded, load_taxonomies, remove_taxonomy
from registry.web.formats import plural

postcodes = PlainGroup("postcodes", help="Where postcodes are.")
taxonomies = PlainGroup("taxonomies", help="The terms that others know our kinds by.")

_FILE = click.Path(exists=True, dir_okay=False, path_type=Path)
_STEPS = 1_000


@postcodes.command("load")
@click.argument("file", type=_FILE)
@click.option(
    "--country",
    "countries",
    multiple=True,
    type=click.Choice(list(COUNTRIES)),
    help="of a Code-Point Open zip, take this one alone; may be given more than once",
)
def load_postcode_file(file: Path, countries: tuple[str, ...]) -> None:
    """Load postcodes from our CSV, or from a Code-Point Open zip as Ordnance Survey gives it.

    People go on searching and saving meanwhile. A broken file changes nothing.
    """
    codes = [COUNTRIES[country] for country in countries]
    with click.progressbar(length=_STEPS, label="Postcodes") as bar:
        done = replace_postcodes(
            file, codes, lambda share: bar.update(int(share * _STEPS) - bar.pos)
        )
    raise_version()
    db.session.commit()
    click.echo(f"{done.loaded:,} postcodes loaded.")
    if done.left_out:
        click.echo(f"{done.left_out:,} without a place were left out.")
    if done.kept:
        click.echo(f"{done.kept:,} that the file does not name stay as they were.")
    if done.wards_without_name:
        wards = plural(done.wards_without_name, "ward has", "wards have")
        click.echo(f"{wards} no name: neither the file nor the old postcodes say it.")


@taxonomies.command("load")
@click.argument("file", type=_FILE)
@click.option("--dry-run", is_flag=True, help="say what it would do, and change nothing")
def load_taxonomy_file(file: Path, dry_run: bool) -> None:
    """Load taxonomies from a CSV: all of the file, or nothing and every line that is wrong."""
    for one in load_taxonomies(file):
        click.echo(_told(one))
    if dry_run:
        db.session.rollback()
        click.echo("Nothing was changed.")
    db.session.commit()


@taxonomies.command("list")
def list_taxonomies() -> None:
    """Say which taxonomies there are, each with the key to remove it by."""
    for one in every_taxonomy():
        kind = "ours" if one.is_ours else f"version {one.number}" if one.number else "came along"
        click.echo(f"{one.key:30} {one.name}: {plural(len(one.terms), 'term', 'terms')}, {kind}")


@taxonomies.command("remove")
@click.argument("key")
def remove_one_taxonomy(key: str) -> None:
    """Publish a taxonomy no more. Its versions stay, and a file brings it back."""
    gone = remove_taxonomy(key)
    db.session.commit()
    click.echo(f"{gone.name} is published no more.")


def _told(one: Loaded) -> str:
    terms = plural(one.terms, "term", "terms")
    if not one.is_kept:
        return f"{one.name}: {terms}, all as before."
    return (
        f"{one.name}: {terms} ({one.new:,} new, {one.changed:,} changed, {one.gone:,} gone). "
        f"{plural(one.led_from, 'code of ours leads', 'codes of ours lead')} to it."
    )
