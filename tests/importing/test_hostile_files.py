"""Whatever somebody sends: each file gets a report that says what to do, and none is a fault."""

import tracemalloc

import pytest
from flask import Flask
from sqlalchemy import func, select

from registry.database import db
from registry.errors import BadInput
from registry.importing.models import ImportRow
from registry.importing.queries import rows_with_sentences
from registry.importing.reading import BrokenFile, csv_rows
from registry.importing.reporting import sentences
from registry.organisations.models import Organisation
from tests.importing.hostile import HOSTILE, a_bomb
from tests.importing.runs import CHOIR, HEADING, JUDO, a_file, begin, go_on, read, row, take_in


@pytest.mark.parametrize(
    ("name", "content", "becomes", "says"),
    [one[1:] for one in HOSTILE],
    ids=[one[0] for one in HOSTILE],
)
def test_each_gets_the_right_report(
    app: Flask, name: str, content: bytes, becomes: str, says: str
) -> None:
    if becomes == "refused":
        with pytest.raises(BadInput) as refused:
            begin(content, name=name)
        assert says in refused.value.sentence
        assert len(refused.value.sentence) < 400
        return
    run = go_on(begin(content, name=name))
    if becomes == "stopped":
        assert run.state == "failed"
        assert says in run.sentence
        return
    assert run.state == "ready", run.sentence
    told = [one for found in rows_with_sentences(run.id) for one in sentences(found)]
    assert any(says in one for one in (*run.notes, *told)), (run.notes, told)
    assert bool(run.count("mistake")) is (becomes == "mistake")
    assert not db.session.scalar(select(func.count()).select_from(Organisation))


def test_a_mistake_names_its_row_and_its_column(app: Flask) -> None:
    run = read(a_file(JUDO, row(CHOIR, minimum_age="five")))
    found = list(rows_with_sentences(run.id))
    assert [(one.number, list(sentences(one))) for one in found] == [
        (3, ["Column H (minimum_age) is not an age in years: “five”."])
    ]


@pytest.mark.parametrize("ends", ["\n", "\r\n", "\r"])
@pytest.mark.parametrize("mark", [b"", b"\xef\xbb\xbf"])
@pytest.mark.parametrize("divider", [",", ";", "\t"])
def test_a_file_may_come_from_any_spreadsheet(
    app: Flask, ends: str, mark: bytes, divider: str
) -> None:
    rows = (HEADING, tuple(cell.replace(";", " and") for cell in JUDO))
    said = ends.join(divider.join(cells) for cells in rows)
    run = read(mark + said.encode())
    assert (run.state, run.counts["new"]) == ("ready", 1)
    kept = db.session.scalar(select(ImportRow))
    assert kept and kept.facts["sessions"][0]["days"] == [0, 3]


def test_what_looks_like_html_or_like_a_formula_is_words_on_the_page(app: Flask) -> None:
    name = "5 < 8 & “Judo” 'club'"
    take_in(a_file(row(organisation_name=name)))
    assert db.session.scalar(select(Organisation.name)) == name


def test_a_line_without_end_is_given_up_before_it_is_read(tmp_path) -> None:
    """Memory stays flat: a gigabyte on one line is not taken into memory to be refused."""
    path = tmp_path / "line.csv"
    with path.open("wb") as file:
        file.write(b"name,club\n")
        file.seek(1_000_000_000)
        file.write(b"x")
    tracemalloc.start()
    with pytest.raises(BrokenFile, match="letters"):
        list(csv_rows.rows(path, "utf-8"))
    assert tracemalloc.get_traced_memory()[1] < 5_000_000
    tracemalloc.stop()


def test_a_bomb_is_not_unpacked(app: Flask) -> None:
    content = a_bomb()
    tracemalloc.start()
    with pytest.raises(BadInput, match="unpack"):
        begin(content, name="a.xlsx")
    assert tracemalloc.get_traced_memory()[1] < 20_000_000
    tracemalloc.stop()
