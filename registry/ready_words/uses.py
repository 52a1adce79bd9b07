"""What ready-made words are used for. Pages ask for the words of one use."""

from collections.abc import Callable, Sequence

from flask import Flask, current_app

__all__ = ["RETURN_ONE", "USES", "tell_questions", "uses"]

RETURN_ONE = "return:"
USES: tuple[tuple[str, str], ...] = (
    ("return", "Send back: any question"),
    ("recommend", "Recommend"),
    ("approve", "Approve"),
    ("refuse", "Refuse"),
    ("send_back", "Send back to the reviewer"),
    ("extend", "Extend"),
    ("suspend", "Suspend"),
    ("lift", "Lift a suspension"),
    ("revoke", "Revoke"),
    ("uphold", "Uphold an appeal"),
    ("concern", "A concern"),
    ("hand_over", "Hand over to the MASH or the LADO"),
    ("letter", "A letter on paper"),
)


def tell_questions(app: Flask, questions: Callable[[], Sequence[tuple[str, str]]]) -> None:
    """Say which questions words can be written for: key and short name of each, when asked."""
    app.extensions["ready_words_questions"] = questions


def uses() -> list[tuple[str, str]]:
    """Every use with its name, the single questions last."""
    questions = current_app.extensions.get("ready_words_questions")
    asked = questions() if questions else ()
    return [*USES, *((RETURN_ONE + key, f"Send back: {short}") for key, short in asked)]
