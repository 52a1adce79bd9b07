"""Loading taxonomies from a file: whole or not at all, told in plain words, each version kept."""

from pathlib import Path

import pytest
from sqlalchemy import select

from registry.audit.models import Entry
from registry.cards.queries import register_version
from registry.database import db
from registry.errors import NotFound
from registry.lists.models import KeptListVersion
from registry.taxonomies import term_file
from registry.taxonomies.queries import taxonomies, taxonomy, terms_of
from registry.taxonomies.services import load_taxonomies, remove_taxonomy
from registry.taxonomies.term_file import BadTaxonomyFile, read_taxonomies
from tests.taxonomies.test_taxonomies import card

HEADER = "taxonomy,id,name,description,parent,uri,ours\n"
SERVICES = HEADER + (
    "LGA services,,LGA services,What councils do,,http://id.esd.org.uk/list/services,\n"
    "LGA services,youth,Young people,,,,youth\n"
    "LGA services,football,Football clubs,Playing football,youth,https://example.org/f,"
    "sport.football;step_free\n"
)


def write(folder: Path, text: str | bytes, name: str = "terms.csv") -> Path:
    path = folder / name
    path.write_bytes(text if isinstance(text, bytes) else text.encode())
    return path


def read(folder: Path, text: str | bytes):
    codes = frozenset({"youth", "sport.football", "step_free"})
    return read_taxonomies(write(folder, text), codes, frozenset({"ages"}))


class TestReading:
    def test_a_file_is_read_whole(self, tmp_path: Path):
        (one,) = read(tmp_path, SERVICES)
        assert (one.key, one.name, one.description) == (
            "lga-services",
            "LGA services",
            "What councils do",
        )
        assert one.uri == "http://id.esd.org.uk/list/services"
        youth, football = one.terms
        assert football.uri == "https://example.org/f"
        assert football.ours == ("sport.football", "step_free")
        assert list(one.above(football)) == [youth]

    def test_columns_may_be_fewer_more_and_in_another_order(self, tmp_path: Path):
        text = "\ufeffName,colour,ID,Taxonomy\r\nSwimming,blue,swim,Ours and theirs\r\n\r\n"
        (one,) = read(tmp_path, text)
        assert [(term.code, term.name) for term in one.terms] == [("swim", "Swimming")]

    def test_the_short_way_to_write_an_address_of_the_lga_is_known(self, tmp_path: Path):
        (one,) = read(tmp_path, HEADER + "T,a,Care at home,,,esdServiceType:242,\n")
        assert one.terms[0].uri == "http://id.esd.org.uk/service/242"

    @pytest.mark.parametrize(
        ("broken", "said"),
        [
            ("", "no column called taxonomy"),
            ("taxonomy,id\nT,a\n", "no column called name"),
            ("taxonomy,id,name,ID\nT,a,A,b\n", "two columns called id"),
            (HEADER, "no terms in it"),
            (HEADER + "T,,T,only itself,,,\n", "“T” has no terms"),
            (HEADER + "T,a,A\n", "Line 2 has 3 columns, not 7"),
            (HEADER + ",a,A,,,,\n", "Line 2: it says no taxonomy"),
            (HEADER + "T,a,,,,,\n", "Line 2: it has no name"),
            (HEADER + "T,a,A,,,,\nT,a,B,,,,\n", "Line 3: the id “a” is on line 2 already"),
            (HEADER + "T,a,A,,b,,\n", "there is no “b” in “T” for its parent"),
            (HEADER + "T,a,A,,b,,\nT,b,B,,a,,\n", "Line 2: “a” is above itself"),
            (HEADER + "T,a,A,,a,,\n", "Line 2: “a” is above itself"),
            (HEADER + "T,a,A,,,example.org,\n", "is not a web address"),
            (HEADER + "T,a,A,,,javascript:alert(1),\n", "is not a web address"),
            (HEADER + "T,a,A,,,https://[x,\n", "is not a web address"),
            (HEADER + "T,a,A,,,https://me@example.org/,\n", "is not a web address"),
            (HEADER + "T,a,A,,,https://x.uk/ü,\n", "is not a web address"),
            (
                HEADER + "T,a,A,,,https://x.uk/,\nT,b,B,,,https://x.uk/,\n",
                "Line 3: the address https://x.uk/ is on line 2 already",
            ),
            (HEADER + "T,a,A,,,,hurling\n", "nothing of ours has the code “hurling”"),
            (HEADER + "T,,T,,,,youth\nT,a,A,,,,\n", "tells of the taxonomy itself"),
            (HEADER + "Ages,a,A,,,,\n", "is one of our own"),
            (HEADER + "…,a,A,,,,\n", "no letter or number"),
            (HEADER + "T,a,A,,,,\nt,b,B,,,,\n", "too much alike"),
            (HEADER + f"T,a,{'x' * 201},,,,\n", "longer than 200 characters"),
            (HEADER + "T,a,A\x00,,,,\n", "nobody can read"),
            (HEADER + 'T,a,"A,,,,\n', "not a CSV file"),
            (HEADER.encode() + b"T,a,\xff\xfe,,,,\n", "not a text file in UTF-8"),
            (b"PK\x03\x04" + bytes(100), "no column called taxonomy"),
        ],
    )
    def test_what_is_wrong_is_said_with_its_line(
        self, tmp_path: Path, broken: str | bytes, said: str
    ):
        with pytest.raises(BadTaxonomyFile) as refusal:
            read(tmp_path, broken)
        assert said in refusal.value.sentence
        assert refusal.value.sentence.startswith("terms.csv was not loaded. Nothing was changed.")

    def test_everything_is_said_at_once_up_to_twenty(self, tmp_path: Path):
        with pytest.raises(BadTaxonomyFile) as refusal:
            read(tmp_path, HEADER + "T,,,,,,\n" * 30)
        assert len(refusal.value.problems) == 30
        assert len(refusal.value.sentence.splitlines()) == 22
        assert refusal.value.sentence.endswith("And 10 more.")

    def test_a_file_without_end_is_not_read_to_its_end(self, tmp_path: Path, monkeypatch):
        monkeypatch.setattr(term_file, "MOST_LINES", 3)
        lines = "".join(f"T,{number},A,,,,\n" for number in range(9))
        with pytest.raises(BadTaxonomyFile, match="more than 3 lines"):
            read(tmp_path, HEADER + lines)
        monkeypatch.setattr(term_file, "LARGEST_FILE", 10)
        with pytest.raises(BadTaxonomyFile, match="larger than 20 MB"):
            read(tmp_path, HEADER + lines)

    def test_a_missing_file_is_said(self, tmp_path: Path):
        with pytest.raises(BadTaxonomyFile, match="cannot be read"):
            read_taxonomies(tmp_path / "not-there.csv", frozenset(), frozenset())


@pytest.mark.usefixtures("app")
class TestLoading:
    def test_our_cards_lead_to_what_was_loaded(self, tmp_path: Path):
        before = register_version()
        (done,) = load_taxonomies(write(tmp_path, SERVICES))
        assert (done.terms, done.new, done.changed, done.gone, done.led_from) == (2, 2, 0, 0, 3)
        assert register_version() > before
        assert [one.name for one in taxonomies()][-2:] == [
            "DfE family hub categories",
            "LGA services",
        ]
        found = [one.name for one in terms_of(card("sport.football"))]
        assert found[-2:] == ["Young people", "Football clubs"]
        written = db.session.scalars(select(Entry).where(Entry.action == "load_taxonomy")).all()
        assert [one.details for one in written] == [{"code": "lga-services", "version": 1}]

    def test_loading_again_changes_nothing(self, tmp_path: Path):
        load_taxonomies(write(tmp_path, SERVICES))
        before = register_version()
        (done,) = load_taxonomies(write(tmp_path, SERVICES))
        assert (done.new, done.changed, done.gone, done.is_kept) == (0, 0, 0, False)
        assert register_version() == before
        assert db.session.query(KeptListVersion).count() == 1

    def test_a_newer_file_is_a_newer_version_and_the_older_stays(self, tmp_path: Path):
        load_taxonomies(write(tmp_path, SERVICES))
        newer = SERVICES.replace("Young people", "Youth").replace(",football,", ",soccer,")
        (done,) = load_taxonomies(write(tmp_path, newer))
        assert (done.terms, done.new, done.changed, done.gone) == (2, 1, 1, 1)
        found = taxonomy("lga-services")
        assert found is not None
        assert (found.number, [one.code for one in found.terms]) == (2, ["youth", "soccer"])
        kept = db.session.get_one(KeptListVersion, ("taxonomy.lga-services", 1))
        assert [one["code"] for one in kept.items] == ["", "youth", "football"]

    def test_one_wrong_line_changes_none_of_the_file(self, tmp_path: Path):
        with pytest.raises(BadTaxonomyFile):
            load_taxonomies(write(tmp_path, SERVICES + "Other,a,,,,,\n"))
        assert taxonomy("lga-services") is None
        assert db.session.query(KeptListVersion).count() == 0

    def test_what_came_along_can_be_replaced_removed_and_brought_back(self, tmp_path: Path):
        key = "dfe-family-hub-categories"
        shorter = HEADER + "DfE family hub categories,sports,Sports,,,,sport\n"
        load_taxonomies(write(tmp_path, shorter))
        found = [one.name for one in terms_of(card("sport.football")) if one.taxonomy == key]
        assert found == ["Sports"]
        assert remove_taxonomy(key).number == 1
        assert taxonomy(key) is None
        with pytest.raises(NotFound):
            remove_taxonomy(key)
        load_taxonomies(write(tmp_path, shorter))
        assert taxonomy(key).number == 3

    def test_ours_are_not_removed(self):
        with pytest.raises(NotFound):
            remove_taxonomy("activities")
