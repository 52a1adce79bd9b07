"""The words in a public address."""

import re

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from registry.organisations.slugs import LONGEST, free_slug, slug_of


@pytest.mark.parametrize(
    ("name", "slug"),
    [
        ("Kingfisher Dance Project", "kingfisher-dance-project"),
        ("  Łukasz & Zoë’s   Club!! ", "lukasz-and-zoes-club"),
        ("St. Mary's 1st (Scouts)", "st-marys-1st-scouts"),
        ("ਗੁਰਦੁਆਰਾ", "club"),
        ("ਗੁਰਦੁਆਰਾ Punjabi school", "punjabi-school"),
        ("New", "club"),
        ("2026", "club"),
        ("../../etc", "etc"),
        ("", "club"),
        ("---", "club"),
    ],
)
def test_names_become_plain_words(name, slug):
    assert slug_of(name, "club") == slug


@settings(deadline=None, suppress_health_check=[HealthCheck.too_slow])
@given(st.text(max_size=300))
def test_any_name_makes_a_plain_slug_of_fair_length(name):
    slug = slug_of(name, "club")
    assert re.fullmatch(r"[a-z0-9]+(-[a-z0-9]+)*", slug)
    assert len(slug) <= LONGEST


def test_the_first_that_nobody_has():
    assert free_slug("dance", []) == "dance"
    assert free_slug("dance", ["dance", "dance-3"]) == "dance-2"
    assert free_slug("dance", ["dance", "dance-2", "dance-academy"]) == "dance-3"
