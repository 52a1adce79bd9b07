"""What somebody types from a piece of paper."""

import pytest

from registry.assessments.services.begin import REFERENCE_LETTERS, new_reference
from registry.verifying.references import LETTERS, reference_typed


@pytest.mark.parametrize(
    "typed",
    [
        "SAS-7KQ2MX",
        "sas-7kq2mx",
        " sas 7kq 2mx ",
        "SAS7KQ2MX",
        "sas–7kq2mx",
        "7kq2mx",
        "7KQ-2MX.",
        "https://safe-and-sound.example/verify/sas-7kq2mx/",
        "safe-and-sound.example/verify/SAS-7KQ2MX",
        "ＳＡＳ－７ＫＱ２ＭＸ",
        "SAS-7K02MX",
        "sas-7ko2mx",
    ],
)
def test_what_is_meant_is_understood(typed):
    assert reference_typed(typed) == "SAS-7KQ2MX"


def test_a_one_and_an_i_are_an_l():
    assert reference_typed("SAS-A1BCID") == reference_typed("sas-albcld") == "SAS-ALBCLD"


@pytest.mark.parametrize(
    "typed",
    ["", " ", "SAS-", "SAS-7KQ2M", "SAS-7KQ2MXX", "certificate", "7KQ2M%", "'; --", "\x00" * 9,
     "SAS-7KQ2MÉ", "SAS-٧KQ2MX", "x" * 5000, "/"],
)  # fmt: skip
def test_anything_else_is_no_reference(typed):
    assert reference_typed(typed) is None


def test_every_reference_that_is_given_is_understood():
    assert LETTERS == REFERENCE_LETTERS
    for _ in range(200):
        given = new_reference()
        assert reference_typed(given) == reference_typed(given.lower().replace("-", " ")) == given
