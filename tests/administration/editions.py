"""An edition 1.1 that asks one thing more, written and adopted as an administrator does."""

import tomllib
from datetime import date
from typing import Any

from registry.administration.models import KeptEdition
from registry.administration.services import editions
from registry.administration.toml_writing import written_as_toml
from tests import factories as make

NEW_KEY = "sg_new_rule"


def with_new_question(text: str) -> str:
    """The same edition with a CORE question more, which a yes answers."""
    written: dict[str, Any] = tomllib.loads(text)
    asked = written["question"]
    like = next(one for one in asked if one["key"] == "sg_policy")
    new = {
        **{name: like[name] for name in ("criterion", "task", "why", "good", "reviewer")},
        "key": NEW_KEY,
        "level": "CORE",
        "short": "Doors",
        "text": "Do you lock the doors while children are there?",
        "help": "So that nobody walks in.",
        "evidence": "Nothing.",
        "met": "The doors are locked.",
        "not_met": "They are not.",
        "basis": "The criterion’s own words.",
        "minutes": 1,
        "rule": {"name": "said"},
        "part": [{"name": "said", "type": "yn", "required": True}],
    }
    return written_as_toml({**written, "question": [*asked, new]})


def adopted(in_force_on: date) -> KeptEdition:
    """Edition 1.1 with the question more, from a day."""
    somebody = make.a_person("Priya Nair", "administrator")
    draft = editions.begin_draft(somebody)
    editions.replace_text(draft, somebody, 1, with_new_question(draft.document))
    editions.adopt(draft, somebody, draft.version, in_force_on)
    return draft
