"""Reading Code-Point Open: where its grid is, and what of a zip is refused. No database."""

import io
import zipfile
from pathlib import Path

import pytest

from registry.geography import code_point, grid
from registry.geography.code_list import read_names
from registry.geography.code_point import is_code_point, read_code_point
from registry.geography.grid import to_degrees
from registry.geography.places import Point, distance_miles
from registry.geography.postcode_file import BadPostcodeFile, PostcodeRow
from tests.geography.code_point import (
    CITY,
    HEATH_TOWN,
    SCOTLAND,
    WALES,
    code_list,
    line,
    write_zip,
)

METRES = 1_609.344


def rows_of(path: Path, names=(), countries=()) -> list[PostcodeRow]:
    return [row for batch in read_code_point(path, dict(names), countries) for row in batch.rows]


class TestTheGrid:
    @pytest.mark.parametrize(
        ("easting", "northing", "latitude", "longitude"),
        [
            # Postcodes whose degrees the Office for National Statistics gives.
            (406_523, 286_448, 52.475924, -1.905392),
            (406_875, 286_393, 52.475425, -1.900211),
            # The example of Ordnance Survey's guide to its grid, turned to degrees of GPS.
            (651_409.903, 313_177.270, 52.657979, 1.716038),
        ],
    )
    def test_a_point_is_within_five_metres(self, easting, northing, latitude, longitude):
        (found,) = to_degrees([easting], [northing])
        assert distance_miles(Point(latitude, longitude), Point(*found)) * METRES < 5

    def test_nothing_is_fetched_for_it(self, monkeypatch: pytest.MonkeyPatch):
        from pyproj import network

        network.set_network_enabled(True)
        grid._transformer.cache_clear()
        to_degrees([400_000], [300_000])
        assert not network.is_network_enabled()


class TestReading:
    def test_every_area_is_read_with_the_names_that_are_known(self, tmp_path: Path):
        zipped = write_zip(
            tmp_path / "codepo_gb.zip",
            {"wv": line("WV1 1AA") + line("WV1 1AD"), "AB": line("AB101AB", country=SCOTLAND)},
        )
        assert is_code_point(zipped)
        found = rows_of(zipped, {HEATH_TOWN: "Heath Town", CITY: "Wolverhampton"})
        assert [row.postcode for row in found] == ["AB101AB", "WV11AA", "WV11AD"]
        last = found[-1]
        assert (last.ward_code, last.ward_name) == (HEATH_TOWN, "Heath Town")
        assert (last.authority_code, last.authority_name) == (CITY, "Wolverhampton")
        assert last.latitude == pytest.approx(52.5862, abs=0.001)
        assert last.longitude == pytest.approx(-2.1258, abs=0.001)

    def test_the_folder_around_it_may_have_a_name(self, tmp_path: Path):
        zipped = write_zip(tmp_path / "z.zip", {"codepo_gb/Data/CSV/wv.csv": line("WV1 1AA")})
        assert len(rows_of(zipped)) == 1

    def test_what_has_no_point_is_left_out_and_counted(self, tmp_path: Path):
        text = line("WV1 1AA") + line("WV1 1AD", 0, 0, quality=90, authority="", ward="")
        zipped = write_zip(tmp_path / "z.zip", {"wv": text})
        (batch,) = read_code_point(zipped, {})
        assert ([row.postcode for row in batch.rows], batch.left_out) == (["WV11AA"], 1)

    def test_all_of_great_britain_stays_unless_somebody_says_which(self, tmp_path: Path):
        areas = {
            "ab": line("AB101AB", country=SCOTLAND),
            "cf": line("CF101AA", country=WALES),
            "wv": line("WV1 1AA"),
        }
        zipped = write_zip(tmp_path / "z.zip", areas)
        assert len(rows_of(zipped)) == 3
        found = rows_of(zipped, countries=[SCOTLAND, WALES])
        assert [row.postcode for row in found] == ["AB101AB", "CF101AA"]

    def test_rows_come_some_at_a_time_with_how_much_was_read(self, tmp_path: Path, monkeypatch):
        monkeypatch.setattr(code_point, "ROWS_AT_ONCE", 2)
        text = "".join(line(f"WV1 {one}AA") for one in range(5))
        zipped = write_zip(tmp_path / "z.zip", {"wv": text})
        batches = list(read_code_point(zipped, {}))
        assert [len(batch.rows) for batch in batches] == [2, 2, 1]
        shares = [batch.share for batch in batches]
        assert shares == sorted(shares)
        assert shares[-1] == 1

    @pytest.mark.parametrize(
        ("text", "said"),
        [
            ("", "no postcodes in it"),
            (line("WV1 1AA") + '"WV1 1AD",10,3915', "Line 2 of Data/CSV/wv.csv: it has 3 columns"),
            ("postcode,lat,lng\r\n", "it has 3 columns, not 10"),
            (line("nowhere"), "“nowhere” is not a postcode"),
            (line("WS1 1AA"), "WS1 1AA is not in the area WV"),
            (line("WV1 1AA", 391_575, 1_300_001), "“1300001” is not on the grid"),
            (line("WV1 1AA", 700_001), "“700001” is not on the grid"),
            (line("WV1 1AA", -5), "“-5” is not on the grid"),
            (line("WV1 1AA", "²"), "“²” is not on the grid"),
            (line("WV1 1AA", 0, 0), "WV1 1AA has no easting or northing"),
            (line("WV1 1AA", "", ""), "WV1 1AA has no easting or northing"),
            (line("WV1 1AA", quality=15), "“15” is not a quality"),
            (line("WV1 1AA", quality="good"), "“good” is not a quality"),
            (line("WV1 1AA", ward="Heath Town"), "“Heath Town” is not the code of an area"),
            ('"WV1 1AA', "not a CSV file"),
            (b"\xff\xfe", "not text"),
            ("x" * 20_000, "a line that is far too long"),
        ],
    )
    def test_what_is_wrong_with_a_file_is_said(self, tmp_path: Path, text, said: str):
        zipped = write_zip(tmp_path / "z.zip", {"wv": text})
        with pytest.raises(BadPostcodeFile) as refusal:
            rows_of(zipped)
        assert said in str(refusal.value)


class TestTheZip:
    def refusal(self, path: Path) -> str:
        with pytest.raises(BadPostcodeFile) as refusal:
            rows_of(path)
        return str(refusal.value)

    def test_a_cut_one(self, tmp_path: Path):
        whole = write_zip(tmp_path / "whole.zip", {"wv": line("WV1 1AA") * 50}).read_bytes()
        for end in (3, 30, len(whole) // 2, len(whole) - 10):
            cut = tmp_path / "cut.zip"
            cut.write_bytes(whole[:end])
            assert "cut.zip is cut short or damaged" in self.refusal(cut)

    def test_a_damaged_one(self, tmp_path: Path):
        path = write_zip(tmp_path / "z.zip", {"wv": line("WV1 1AA")})
        with zipfile.ZipFile(path) as archive:
            offset = archive.getinfo("Data/CSV/wv.csv").header_offset
        bent = bytearray(path.read_bytes())
        bent[offset + 60] ^= 255
        path.write_bytes(bent)
        assert "damaged" in self.refusal(path) or "not" in self.refusal(path)

    def test_another_zip(self, tmp_path: Path):
        path = write_zip(tmp_path / "z.zip", {"word/document.xml": "<x/>"})
        assert "is not Code-Point Open: it has no files in Data/CSV" in self.refusal(path)

    @pytest.mark.parametrize(
        "name", ["../Data/CSV/wv.csv", "/Data/CSV/wv.csv", "..\\Data\\CSV\\wv.csv", "C:/Data/CSV"]
    )
    def test_a_path_that_leads_elsewhere_is_followed_nowhere(self, tmp_path: Path, name: str):
        path = write_zip(tmp_path / "z.zip", {name: line("WV1 1AA")})
        said = self.refusal(path)
        assert "leads elsewhere" in said or "no files in Data/CSV" in said
        assert [one.name for one in tmp_path.iterdir()] == ["z.zip"]

    def test_an_area_that_is_there_twice(self, tmp_path: Path):
        path = write_zip(tmp_path / "z.zip", {"wv": line("WV1 1AA"), "WV": line("WV1 1AD")})
        assert "two files for WV" in self.refusal(path)

    def test_one_that_grows_without_end(self, tmp_path: Path, monkeypatch):
        monkeypatch.setattr(code_point, "_MOST_BYTES", 1_000)
        path = write_zip(tmp_path / "z.zip", {"wv": line("WV1 1AA") * 100})
        assert "far more than all of Great Britain" in self.refusal(path)

    def test_one_that_says_it_is_small(self, tmp_path: Path):
        # The size that the zip says is all that is ever read of a file.
        path = write_zip(tmp_path / "z.zip", {"wv": line("WV1 1AA") * 1_000})
        size = len(line("WV1 1AA").encode()) * 1_000
        lying = path.read_bytes().replace(size.to_bytes(4, "little"), (500).to_bytes(4, "little"))
        path.write_bytes(lying)
        assert self.refusal(path)

    def test_one_with_a_password(self, tmp_path: Path):
        path = write_zip(tmp_path / "z.zip", {"wv": line("WV1 1AA")})
        locked = bytearray(path.read_bytes())
        entry = locked.rindex(b"PK\x01\x02")
        locked[entry + 8] |= 1
        path.write_bytes(locked)
        assert "password" in self.refusal(path)


class TestNames:
    def test_the_list_of_codes_gives_the_names_without_what_they_are(self, tmp_path: Path):
        names = {
            HEATH_TOWN: "Heath Town Ward",
            CITY: "Wolverhampton District (B)",
            "E10000011": "East Sussex County",
            "E06000047": "County Durham (UA)",
        }
        path = write_zip(tmp_path / "z.zip", {"wv": line("WV1 1AA")}, names)
        assert read_names(path) == {
            HEATH_TOWN: "Heath Town",
            CITY: "Wolverhampton",
            "E10000011": "East Sussex",
            "E06000047": "County Durham",
        }

    @pytest.mark.parametrize("broken", [b"", b"PK\x03\x04", b"name,code", code_list({})[:-50]])
    def test_no_names_are_no_mistake(self, tmp_path: Path, broken: bytes):
        path = write_zip(tmp_path / "z.zip", {"wv": line("WV1 1AA"), "Doc/Codelist.xlsx": broken})
        assert read_names(path) == {}
        assert len(rows_of(path)) == 1

    def test_a_list_that_grows_without_end_is_not_opened(self, tmp_path: Path, monkeypatch):
        from registry.geography import code_list as reader

        swollen = io.BytesIO()
        with zipfile.ZipFile(swollen, "w", zipfile.ZIP_DEFLATED) as book:
            book.writestr("xl/worksheets/sheet1.xml", bytes(2_000_000))
        monkeypatch.setattr(reader, "_LARGEST_UNPACKED", 1_000_000)
        path = write_zip(
            tmp_path / "z.zip", {"wv": line("WV1 1AA"), "Doc/Codelist.xlsx": swollen.getvalue()}
        )
        assert read_names(path) == {}
