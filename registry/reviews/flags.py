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
    "policy_name_mismatch": "Another club’s name in a paper",
    "old_template": "Old words in a paper",
    "filled_form_upload": "May be a filled-in form",
    "dbs_upload": "May be a DBS certificate",
}


def in_plain_words(flags: Iterable[str]) -> list[tuple[str, str]]:
    """Each flag with what a reviewer reads."""
    return [(flag, FLAGS.get(flag, flag)) for flag in flags]
