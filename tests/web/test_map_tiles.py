"""Pictures of a map from another host: only where the council has set one, and only from there."""

from dataclasses import replace

import pytest

from registry.config import Settings, SettingsError
from registry.web.requests import headers_for

COUNCIL = "https://tiles.example.gov.uk/{z}/{x}/{y}.png"


def pictures_allowed(address: str = "", **changes: str) -> str:
    """What the policy of an installation with these tiles says of pictures."""
    policy = headers_for(replace(Settings(), map_tiles_url=address, **changes))[
        "Content-Security-Policy"
    ]
    return next(part for part in policy.split("; ") if part.startswith("img-src"))


def problems_with(address: str, attribution: str = "© The council") -> list[str]:
    """What is said of these settings."""
    try:
        Settings.from_environment(
            {"MAP_TILES_URL": address, "MAP_TILES_ATTRIBUTION": attribution, "DATA_DIR": "."}
        )
    except SettingsError as error:
        return error.problems
    return []


def test_by_default_every_picture_comes_from_here() -> None:
    assert pictures_allowed() == "img-src 'self' data:"


def test_a_tile_server_is_the_one_host_that_is_added() -> None:
    assert pictures_allowed(COUNCIL) == "img-src 'self' data: https://tiles.example.gov.uk"
    assert pictures_allowed("https://t.example:8443/a/{z}/{x}/{y}?key=1").endswith(
        " https://t.example:8443"
    )
    others = headers_for(replace(Settings(), map_tiles_url=COUNCIL))["Content-Security-Policy"]
    assert others.count("https:") == 1


def test_a_path_of_our_own_adds_no_host() -> None:
    assert problems_with("/tiles/{z}/{x}/{y}.png") == []
    assert pictures_allowed("/tiles/{z}/{x}/{y}.png") == "img-src 'self' data:"


def test_both_settings_are_read_and_one_needs_the_other() -> None:
    read = Settings.from_environment(
        {"MAP_TILES_URL": COUNCIL, "MAP_TILES_ATTRIBUTION": "© The council", "DATA_DIR": "."}
    )
    assert (read.map_tiles_url, read.map_tiles_attribution) == (COUNCIL, "© The council")
    assert problems_with(COUNCIL, "") == ["MAP_TILES_ATTRIBUTION is missing: MAP_TILES_URL is set."]


@pytest.mark.parametrize(
    "address",
    [
        "http://tiles.example.gov.uk/{z}/{x}/{y}.png",
        "//tiles.example.gov.uk/{z}/{x}/{y}.png",
        "https://tiles.example.gov.uk/{z}/{x}.png",
        "https://{s}.example.gov.uk/{z}/{x}/{y}.png",
        "https://*/{z}/{x}/{y}.png",
        "https://tiles.example.gov.uk; script-src https:/{z}/{x}/{y}.png",
        "https://a.example b.example/{z}/{x}/{y}.png",
        "https://user@tiles.example/{z}/{x}/{y}.png",
        "tiles",
    ],
)
def test_an_address_that_could_widen_the_policy_is_refused(address: str) -> None:
    assert problems_with(address) == [
        "MAP_TILES_URL must be an address such as https://tiles.example.gov.uk/{z}/{x}/{y}.png."
    ]
