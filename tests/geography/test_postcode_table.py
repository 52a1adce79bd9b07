"""The postcode table: what is in it, and what it refuses to take in."""

import gzip
import time
from pathlib import Path

import pytest

from registry.database import db
from registry.errors import BadInput
from registry.geography.models import Postcode, Ward
from registry.geography.places import Point, distance_miles
from registry.geography.queries import find_postcode, search_point, ward_centre
from registry.geography.services import OUR_POSTCODES, load_postcodes

HEADER = "postcode,latitude,longitude,lad_code,lad_name,ward_code,ward_name\n"
CITY = "E08000031,Wolverhampton"
ROWS = (
    f"WV1 1AA,52.588468,-2.114955,{CITY},E05014848,Heath Town\n"
    f"WV1 1AD,52.590468,-2.116955,{CITY},E05014848,Heath Town\n"
    f"WV11 1AA,52.6,-2.07,{CITY},E05014857,Wednesfield South\n"
    "WV1 4ZZ,,,,,,\n"
)


def write(folder: Path, text: str, name: str = "postcodes.csv") -> Path:
    path = folder / name
    path.write_text(text, encoding="utf-8")
    return path


@pytest.mark.usefixtures("app")
class TestPostcodesOfTheCity:
    @pytest.mark.parametrize(
        ("postcode", "ward"),
        [
            ("WV1 1AA", "Heath Town"),
            ("wv11ad", "St Peters"),
            ("WV1 1AF", "St Peters"),
        ],
    )
    def test_a_postcode_of_the_city_has_its_ward(self, postcode: str, ward: str) -> None:
        found = find_postcode(postcode)
        assert found is not None
        assert (found.ward_name, found.authority_name) == (ward, "Wolverhampton")
        assert found.latitude == pytest.approx(52.588, abs=0.01)

    def test_the_city_has_twenty_wards_each_with_a_centre_inside_it(self) -> None:
        wards = db.session.query(Ward).filter_by(authority_code="E08000031").all()
        assert len(wards) == 20
        for ward in wards:
            centre = ward_centre(ward.code)
            assert centre is not None
            assert distance_miles(Point(52.587, -2.128), centre) < 5
            assert ward.postcodes > 100

    def test_an_unknown_postcode_is_none(self) -> None:
        assert find_postcode("WV96 9ZZ") is None
        assert find_postcode("not one") is None
        assert search_point("WV96 9ZZ") is None
        assert search_point("WV96") is None
        assert search_point("'; drop table postcode") is None

    def test_a_known_postcode_without_a_place_is_searched_from_its_neighbours(self) -> None:
        placeless = (
            db.session.query(Postcode)
            .filter(Postcode.latitude.is_(None), Postcode.postcode.startswith("WV"))
            .order_by(Postcode.postcode)
            .first()
        )
        assert placeless is not None
        assert placeless.ward_code == ""
        start = search_point(placeless.postcode)
        assert start is not None
        assert not start.exact
        assert distance_miles(Point(52.587, -2.128), start.point) < 15

    def test_half_a_postcode_is_the_middle_of_its_own_half_only(self) -> None:
        city, wednesfield = search_point("wv1"), search_point("WV11")
        assert city is not None
        assert wednesfield is not None
        assert (city.label, city.exact) == ("WV1", False)
        assert distance_miles(Point(52.587, -2.128), city.point) < 1
        assert 1.5 < distance_miles(city.point, wednesfield.point) < 5

    def test_a_whole_postcode_is_its_own_point(self) -> None:
        start = search_point("wv1 1aa")
        assert start is not None
        assert (start.label, start.exact) == ("WV1 1AA", True)
        assert (start.latitude, start.longitude) == (52.588468, -2.114955)

    def test_an_unknown_ward_has_no_centre(self) -> None:
        assert ward_centre("E00000000") is None
        assert ward_centre("") is None


@pytest.mark.usefixtures("places")
class TestLoading:
    def test_a_small_file_is_loaded(self, tmp_path: Path) -> None:
        assert load_postcodes(write(tmp_path, HEADER + ROWS)) == 4
        centre = ward_centre("E05014848")
        assert centre is not None
        assert centre == pytest.approx(Point(52.589468, -2.115955))
        half = search_point("WV1")
        assert half is not None
        assert half.point == pytest.approx(Point(52.589468, -2.115955))

    def test_more_columns_in_another_order_do_no_harm(self, tmp_path: Path) -> None:
        text = (
            "\ufeffWard_Code,ward_name,quality,lad_code,lad_name,longitude,latitude,POSTCODE\r\n"
            "E05014848,Heath Town,10,E08000031,Wolverhampton,-2.114955,52.588468,WV11AA\r\n"
        )
        assert load_postcodes(write(tmp_path, text)) == 1
        found = find_postcode("WV1 1AA")
        assert found is not None
        assert (found.latitude, found.ward_name) == (52.588468, "Heath Town")

    def test_loading_again_changes_what_moved_and_takes_nothing_away(self, tmp_path: Path) -> None:
        load_postcodes(write(tmp_path, HEADER + ROWS))
        moved = f"WV1 1AA,52.6,-2.1,{CITY},E05014853,St Peters\n"
        assert load_postcodes(write(tmp_path, HEADER + moved)) == 1
        found = find_postcode("WV1 1AA")
        assert found is not None
        assert (found.latitude, found.ward_name) == (52.6, "St Peters")
        assert find_postcode("WV11 1AA") is not None
        assert ward_centre("E05014853") == Point(52.6, -2.1)
        assert ward_centre("E05014848") == pytest.approx(Point(52.590468, -2.116955))

    def test_a_ward_that_lost_its_last_postcode_is_gone(self, tmp_path: Path) -> None:
        load_postcodes(write(tmp_path, HEADER + ROWS))
        moved = f"WV11 1AA,52.6,-2.07,{CITY},E05014848,Heath Town\n"
        load_postcodes(write(tmp_path, HEADER + moved))
        assert ward_centre("E05014857") is None

    @pytest.mark.parametrize(
        ("broken", "said"),
        [
            (b"", "no column called postcode"),
            (b"postcode,lat\nWV1 1AA,52\n", "no column called latitude"),
            (HEADER.encode(), "no postcodes in it"),
            ((HEADER + ROWS + "WV1 2AA,52.5\n").encode(), "Line 6"),
            ((HEADER + ROWS + "nowhere,52.5,-2.1,,,,\n").encode(), "not a postcode"),
            ((HEADER + ROWS + "WV1 2AA,52.5,,,,,\n").encode(), "only one of"),
            ((HEADER + ROWS + "WV1 2AA,north,-2.1,,,,\n").encode(), "Line 6"),
            ((HEADER + ROWS + "WV1 2AA,nan,-2.1,,,,\n").encode(), "not a number of degrees"),
            ((HEADER + ROWS + "WV1 2AA,-2.1,52.5,,,,\n").encode(), "not in Great Britain"),
            ((HEADER + ROWS + "WV1 2AA,0,0,,,,\n").encode(), "not in Great Britain"),
            ((HEADER + ROWS + ROWS).encode(), "is there twice"),
            ((HEADER + "WV1 2AA,,,E0800003145,,,\n").encode(), "not the code of an area"),
            ((HEADER + f"WV1 2AA,,,,{'x' * 200},,\n").encode(), "too long"),
            (HEADER.encode() + b"WV1 2AA,,,,\xff\xfe,,\n", "UTF-8"),
            (gzip.compress((HEADER + ROWS * 1).encode())[:-12], "cut short or damaged"),
            (b"\x1f\x8b\x08 not gzip at all", "damaged"),
            (b"\x89PNG\r\n\x1a\n\x00\x00", ""),
        ],
    )
    def test_a_broken_file_changes_nothing(self, tmp_path: Path, broken: bytes, said: str) -> None:
        load_postcodes(write(tmp_path, HEADER + f"WV2 1AA,52.5,-2.1,{CITY},E05014840,Blakenhall\n"))
        db.session.commit()
        path = tmp_path / "broken.csv"
        path.write_bytes(broken)
        with pytest.raises(BadInput) as refusal:
            load_postcodes(path)
        assert said in refusal.value.sentence
        db.session.commit()
        assert [row.postcode for row in db.session.query(Postcode)] == ["WV21AA"]
        assert [row.code for row in db.session.query(Ward)] == ["E05014840"]

    def test_a_missing_file_is_said(self, tmp_path: Path) -> None:
        with pytest.raises(BadInput, match="cannot be read"):
            load_postcodes(tmp_path / "not-there.csv")

    def test_our_file_has_every_row_and_is_loaded_in_seconds(self) -> None:
        start = time.perf_counter()
        assert load_postcodes(OUR_POSTCODES) == 73_922
        db.session.commit()
        # 1.5 seconds alone on two cores; the room is for a busy machine.
        assert time.perf_counter() - start < 20
        assert db.session.query(Postcode).count() == 73_922
        assert db.session.query(Postcode).filter(Postcode.latitude.is_(None)).count() == 140
