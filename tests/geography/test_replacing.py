"""A whole country of postcodes is put in while people search; what is broken changes nothing."""

import os
import signal
import subprocess
import sys
from pathlib import Path
from textwrap import dedent

import pytest
from flask import Flask
from sqlalchemy import inspect, text

from registry.cards.queries import register_version
from registry.config import Settings
from registry.database import db
from registry.errors import BadInput
from registry.geography import postcode_file, replacing
from registry.geography.models import Ward
from registry.geography.places import Point
from registry.geography.queries import find_postcode, search_point, ward_centre
from registry.geography.replacing import BESIDE, replace_postcodes
from registry.geography.services import load_postcodes
from tests.geography.code_point import CITY, HEATH_TOWN, SCOTLAND, ST_PETERS, line, write_zip
from tests.geography.test_postcode_table import HEADER, ROWS, write

pytestmark = pytest.mark.usefixtures("places")


@pytest.fixture(autouse=True)
def known(places: Flask, tmp_path: Path) -> None:
    """Four postcodes of the city are there already."""
    load_postcodes(write(tmp_path, HEADER + ROWS, "known.csv"))
    db.session.commit()


def tables() -> set[str]:
    found = set(inspect(db.session.connection()).get_table_names())
    db.session.rollback()
    return found


def everything() -> list[tuple[object, ...]]:
    rows = db.session.execute(text("SELECT * FROM postcode ORDER BY postcode")).all()
    wards = db.session.execute(text("SELECT * FROM ward ORDER BY code")).all()
    db.session.rollback()
    return [tuple(row) for row in (*rows, *wards)]


class TestLoading:
    def test_a_zip_brings_new_ones_moves_old_ones_and_takes_none_away(self, tmp_path: Path):
        zipped = write_zip(
            tmp_path / "codepo_gb.zip",
            {
                "wv": line("WV1 1AA", 391_575, 298_715) + line("WV1 9ZZ", 0, 0, quality=90),
                "ab": line("AB101AB", 394_251, 806_376, country=SCOTLAND, ward="S13002842"),
            },
        )
        done = replace_postcodes(zipped)
        assert (done.loaded, done.left_out, done.kept, done.wards_without_name) == (2, 1, 3, 1)
        moved = find_postcode("WV1 1AA")
        assert moved is not None
        assert (moved.latitude, moved.longitude) == pytest.approx((52.586174, -2.125783))
        # The zip says codes alone: the names are those that we knew.
        assert (moved.ward_name, moved.authority_name) == ("Heath Town", "Wolverhampton")
        assert find_postcode("AB10 1AB") is not None
        assert find_postcode("WV1 9ZZ") is None
        assert find_postcode("WV11 1AA") is not None
        assert find_postcode("WV1 4ZZ").latitude is None

    def test_half_a_postcode_and_a_ward_have_their_new_middle(self, tmp_path: Path):
        text = line("WV1 1AA") + line("WV1 1AD") + line("WV114AA", 395_000, 300_000)
        replace_postcodes(write_zip(tmp_path / "z.zip", {"wv": text}))
        half = search_point("WV1")
        assert half is not None
        assert half.point == pytest.approx(Point(52.586174, -2.125783), abs=1e-5)
        north = [find_postcode(one).latitude for one in ("WV1 1AA", "WV1 1AD", "WV11 4AA")]
        assert ward_centre(HEATH_TOWN).latitude == pytest.approx(sum(north) / 3)
        assert db.session.get_one(Ward, HEATH_TOWN).postcodes == 3

    def test_the_list_of_names_in_the_zip_counts_before_what_we_knew(self, tmp_path: Path):
        names = {HEATH_TOWN: "Heath Town & Park Ward", ST_PETERS: "St Peter’s Ward"}
        text = line("WV1 1AA") + line("WV1 1AF", ward=ST_PETERS)
        assert replace_postcodes(write_zip(tmp_path / "z.zip", {"wv": text}, names)).loaded == 2
        assert find_postcode("WV1 1AA").ward_name == "Heath Town & Park"
        assert find_postcode("WV1 1AF").ward_name == "St Peter’s"

    def test_one_country_alone(self, tmp_path: Path):
        areas = {"wv": line("WV1 1AF"), "ab": line("AB101AB", country=SCOTLAND)}
        assert replace_postcodes(write_zip(tmp_path / "z.zip", areas), [SCOTLAND]).loaded == 1
        assert find_postcode("AB10 1AB") is not None
        assert find_postcode("WV1 1AF") is None

    def test_our_own_csv_goes_the_same_way(self, tmp_path: Path):
        moved = f"WV1 1AA,52.6,-2.1,{CITY},Wolverhampton,{ST_PETERS},St Peters\n"
        done = replace_postcodes(write(tmp_path, HEADER + moved))
        assert (done.loaded, done.left_out, done.kept) == (1, 0, 3)
        assert find_postcode("WV1 1AA").ward_name == "St Peters"

    def test_loading_again_changes_nothing(self, tmp_path: Path):
        zipped = write_zip(tmp_path / "z.zip", {"wv": line("WV1 1AA") + line("WV1 1AF")})
        replace_postcodes(zipped)
        before = everything()
        assert replace_postcodes(zipped).kept == 3
        assert everything() == before

    def test_the_new_table_is_like_the_old_one(self, tmp_path: Path):
        def shape():
            asked = inspect(db.session.connection())
            columns = [(one["name"], str(one["type"]), one["nullable"]) for one in
                       asked.get_columns("postcode")]  # fmt: skip
            found = columns, asked.get_pk_constraint("postcode"), asked.get_indexes("postcode")
            db.session.rollback()
            return found

        before = shape()
        replace_postcodes(write_zip(tmp_path / "z.zip", {"wv": line("WV1 1AA")}))
        assert shape() == before
        assert not [name for name in tables() if name.startswith(BESIDE)]

    def test_whoever_waits_sees_how_far_it_is(self, tmp_path: Path, monkeypatch):
        monkeypatch.setattr(postcode_file, "ROWS_AT_ONCE", 2)
        seen: list[float] = []
        replace_postcodes(write(tmp_path, HEADER + ROWS), progress=seen.append)
        assert len(seen) == 2
        assert seen[-1] == 1


class TestMeanwhile:
    def test_readers_read_the_old_ones_until_the_new_ones_are_all_there(
        self, tmp_path: Path, monkeypatch
    ):
        monkeypatch.setattr("registry.geography.code_point.ROWS_AT_ONCE", 1)
        seen: list[tuple[float, str | None]] = []

        def look(_: float) -> None:
            with db.engine.connect().execution_options(reading=True) as other:
                found = other.execute(
                    text("SELECT latitude FROM postcode WHERE postcode = 'WV11AA'")
                ).scalar_one()
                new = other.execute(
                    text("SELECT ward_name FROM postcode WHERE postcode = 'WV11AF'")
                ).scalar()
            seen.append((found, new))

        areas = {"wv": line("WV1 1AF") + line("WV1 1AA") + line("WV1 1AG")}
        replace_postcodes(write_zip(tmp_path / "z.zip", areas), progress=look)
        assert seen == [(52.588468, None)] * 4
        look(1)
        assert seen[-1][0] != 52.588468

    def test_somebody_else_can_save_meanwhile(self, tmp_path: Path):
        def save(_: float) -> None:
            with db.engine.begin() as other:
                other.execute(text("UPDATE register_version SET version = version + 1"))

        before = register_version()
        db.session.rollback()
        replace_postcodes(write_zip(tmp_path / "z.zip", {"wv": line("WV1 1AA")}), progress=save)
        assert register_version() == before + 1

    def test_of_two_that_load_at_once_the_second_counts(self, tmp_path: Path):
        first = write_zip(tmp_path / "first.zip", {"wv": line("WV1 1AF")})
        second = write_zip(tmp_path / "second.zip", {"wv": line("WV1 1AG")})
        with pytest.raises(BadInput, match="Somebody else began to load postcodes"):
            replace_postcodes(first, progress=lambda _: replace_postcodes(second) and None)
        assert find_postcode("WV1 1AG") is not None
        assert find_postcode("WV1 1AF") is None


class TestWhatGoesWrong:
    @pytest.mark.parametrize(
        ("areas", "said"),
        [
            ({"wv": line("WV1 1AF") + line("WV1 1AG", 900_000)}, "not on the grid"),
            ({"wv": line("WV1 1AF") + '"WV1 1AG",10'}, "it has 2 columns"),
            ({"wv": line("WV1 1AF") + line("WV1 1AA") + line("WV11AF")}, "WV1 1AF is there twice"),
            ({"wv": line("WV1 1AF"), "ws": "rubbish"}, "Line 1 of Data/CSV/ws.csv"),
            ({"word/document.xml": "<x/>"}, "is not Code-Point Open"),
        ],
    )
    def test_a_broken_zip_changes_nothing(self, tmp_path: Path, monkeypatch, areas, said: str):
        monkeypatch.setattr("registry.geography.code_point.ROWS_AT_ONCE", 1)
        before = everything()
        with pytest.raises(BadInput) as refusal:
            replace_postcodes(write_zip(tmp_path / "z.zip", areas))
        assert said in refusal.value.sentence
        assert refusal.value.sentence.endswith("Nothing was changed.")
        assert everything() == before
        assert not [name for name in tables() if name.startswith(BESIDE)]

    def test_a_broken_csv_changes_nothing(self, tmp_path: Path, monkeypatch):
        monkeypatch.setattr(postcode_file, "ROWS_AT_ONCE", 2)
        before = everything()
        for broken, said in (
            (ROWS + ROWS, "WV1 1AA is there twice"),
            (ROWS + "WV1 2AA,52.5\n", "Line 6"),
            ("", "no postcodes in it"),
            (ROWS + "x" * 20_000, "far too long"),
        ):
            with pytest.raises(BadInput, match=said):
                replace_postcodes(write(tmp_path, HEADER + broken))
        with pytest.raises(BadInput, match="cannot be read"):
            replace_postcodes(tmp_path / "not-there.csv")
        assert everything() == before

    def test_a_stop_by_hand_changes_nothing(self, tmp_path: Path):
        def stop(_: float) -> None:
            raise KeyboardInterrupt

        before = everything()
        with pytest.raises(KeyboardInterrupt):
            replace_postcodes(write_zip(tmp_path / "z.zip", {"wv": line("WV1 1AF")}), progress=stop)
        assert everything() == before
        assert not [name for name in tables() if name.startswith(BESIDE)]

    def test_killed_in_the_middle_it_leaves_the_old_ones_and_the_next_one_tidies(
        self, tmp_path: Path, settings: Settings
    ):
        before = everything()
        zipped = write_zip(tmp_path / "z.zip", {"wv": line("WV1 1AF")})
        db.session.remove()
        db.engine.dispose()
        program = dedent(
            """
            import sys, time
            from pathlib import Path
            from flask import Flask
            from registry.database import db
            from registry.geography.replacing import replace_postcodes

            app = Flask("loading")
            app.config["SQLALCHEMY_DATABASE_URI"] = sys.argv[1]
            db.init_app(app)

            def wait(share):
                print("half way", flush=True)
                time.sleep(60)

            with app.app_context():
                replace_postcodes(Path(sys.argv[2]), progress=wait)
            """
        )
        loading = subprocess.Popen(
            [sys.executable, "-c", program, settings.database_url, str(zipped)],
            stdout=subprocess.PIPE,
            text=True,
            env={**os.environ, "PYTHONPATH": str(Path.cwd())},
        )
        assert loading.stdout is not None
        with loading:
            assert loading.stdout.readline() == "half way\n"
            loading.send_signal(signal.SIGKILL)
        assert everything() == before
        assert [name for name in tables() if name.startswith(BESIDE)]
        assert replace_postcodes(zipped).loaded == 1
        assert find_postcode("WV1 1AF") is not None
        assert not [name for name in tables() if name.startswith(BESIDE)]

    def test_who_reads_for_too_long_is_not_waited_for_for_ever(
        self, tmp_path: Path, monkeypatch, settings: Settings
    ):
        if not settings.database_url.startswith("postgresql"):
            pytest.skip("readers of SQLite are in nobody's way")
        monkeypatch.setattr(replacing, "_PATIENCE", "200ms")
        before = everything()
        with db.engine.connect() as reader:
            reader.execute(text("SELECT count(*) FROM postcode"))
            with pytest.raises(BadInput, match="being read for too long"):
                replace_postcodes(write_zip(tmp_path / "z.zip", {"wv": line("WV1 1AF")}))
        assert everything() == before
