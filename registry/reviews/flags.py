"""The flags of a case (domain A.7) in a reviewer's words. No flag ever refuses."""

from collections.abc import Iterable

FLAGS = {
    "ofsted_check": "Under 8s, over 2 hours, no Ofsted number",
    "school_check": "Many hours in school time",
    "overnight": "Nights away",
    "personal_care": "Personal care",
    "one_to_one": "One to one",
    "home_venue": "A home",
    "dbs_gap": "DBS level below the role",
}


def in_plain_words(flags: Iterable[str]) -> list[tuple[str, str]]:
    """Each flag with what a reviewer reads."""
    return [(flag, FLAGS.get(flag, flag)) for flag in flags]
