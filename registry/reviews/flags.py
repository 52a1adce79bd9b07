"""The flags of a case (domain A.7): what each means and what follows. No flag ever refuses."""

from collections.abc import Iterable
from dataclasses import dataclass


@dataclass(frozen=True)
class Flag:
    """One thing that a reviewer must notice: in a few words, what it means, what follows."""

    key: str
    words: str
    meaning: str
    effect: str

    @property
    def stops(self) -> bool:
        """Whether it stops an approval until a senior clears it."""
        return self.key in ("ofsted_check", "school_check")


_SHOWN = "Nothing follows by itself. Look at it with the questions it belongs to."
_SIGNS = (
    "Look at the extra rules the club has for it. A senior signs where it is new to this club’s "
    "listing or the rules ask for two people."
)
_STOPS = "It stops an approval until a senior clears it with a reason."
_WORDS_READY = "Send it back with the words that stand beside the paper."
_BESIDE = "Look at the paper yourself. If it holds what it should not, use the wrong-file page."

FLAGS = {
    flag.key: flag
    for flag in (
        Flag(
            "ofsted_check",
            "Under 8s, over 2 hours, no Ofsted number",
            "Children under 8 stay more than 2 hours a day, and the club gave no Ofsted number.",
            f"{_STOPS} A number does it, or the written exemption the club relies on. The early "
            "years team is asked: the case stands on the desk’s front page for them.",
        ),
        Flag(
            "school_check",
            "Many hours in school time",
            "Five children or more come for many hours in school time. It may be a school that "
            "is not registered.",
            f"{_STOPS} The education team is asked: the case stands on the desk’s front page for "
            "them.",
        ),
        Flag("overnight", "Nights away", "An activity has nights away.", _SIGNS),
        Flag(
            "personal_care",
            "Personal care",
            "Adults help with toilet, washing or dressing.",
            _SIGNS,
        ),
        Flag(
            "one_to_one",
            "One to one",
            "An adult is alone with one child.",
            f"{_SIGNS} Two people are needed where a child may be under 16.",
        ),
        Flag(
            "dup_hit",
            "May be the same club as another",
            "A strong match with another record. Seniors see which, and why.",
            "A senior signs. It is never refused by itself: a new owner may be honest.",
        ),
        Flag(
            "home_venue",
            "A home",
            "Children come to somebody’s home.",
            "The address is hidden from families. Look at the plan for fire and the rules for "
            "being alone with a child.",
        ),
        Flag(
            "dbs_gap",
            "DBS level below the role",
            "The club names a lower DBS check than its roles seem to need.",
            _SHOWN,
        ),
        Flag(
            "policy_name_mismatch",
            "Another club’s name in a paper",
            "A paper names another club. It may be copied.",
            _WORDS_READY,
        ),
        Flag(
            "old_template",
            "Old words in a paper",
            "A paper names what is gone, such as the CRB, the ISA or an old guide.",
            _WORDS_READY,
        ),
        Flag(
            "filled_form_upload",
            "May be a filled-in form",
            "A paper may be filled in with somebody’s details. The club said that it looked.",
            _BESIDE,
        ),
        Flag(
            "dbs_upload",
            "May be a DBS certificate",
            "A paper may be a DBS certificate. The club said that it looked.",
            _BESIDE,
        ),
        Flag(
            "backdated",
            "Plan checked before they lapsed, told after",
            "The club now names a check of its plan from before the day it lapsed, which it had "
            "not named by then.",
            "Ask for minutes or a sign-off with that date.",
        ),
    )
}


def explained(keys: Iterable[str]) -> list[Flag]:
    """Each flag with what it means and what follows."""
    return [FLAGS.get(key) or Flag(key, key, "", _SHOWN) for key in keys]


def in_plain_words(keys: Iterable[str]) -> list[tuple[str, str]]:
    """Each flag with what a reviewer reads of it in a list."""
    return [(flag.key, flag.words) for flag in explained(keys)]
