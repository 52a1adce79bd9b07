"""Promise 3: nothing public calls a club safe, approved or the like.

Reads the templates and the texts that the public, parents and clubs see. The scheme's name and
the fixed sentences of domain C.3 are the only exceptions, listed here word for word.
"""

import re
from pathlib import Path

import pytest

ROOT = Path(__file__).resolve().parents[2]
TEMPLATES = ROOT / "templates"
PUBLIC = [
    *sorted((TEMPLATES / "directory").rglob("*.html")),
    *sorted((TEMPLATES / "information").rglob("*.html")),
    *sorted((TEMPLATES / "errors").rglob("*.html")),
    *sorted((TEMPLATES / "components").rglob("*.html")),
    TEMPLATES / "layouts" / "public.html",
    TEMPLATES / "layouts" / "_foot.html",
    *sorted((TEMPLATES / "emails" / "club").rglob("*.txt")),
    *sorted((TEMPLATES / "emails" / "account").rglob("*.txt")),
]
WORDS = re.compile(
    r"\b(safe|safer|approved?|recommend(?:ed|s)?|certif(?:ied|icate)|accredited|vetted|trusted)\b",
    re.IGNORECASE,
)
ALLOWED = (
    "safe and sound",
    "safe-and-sound",
    "safe_and_sound",
    "how it keeps children safe",
    "not a promise that the club is safe",
    "not listed does not mean unsafe",
    "keep children safe",
    "keeping children safe",
    "keeps children safe",
    # DBS certificates are a document of the law, and we say that we never want one.
    "dbs certificate",
)


def said_in(file: Path) -> str:
    """The words of a template, without its comments, its code and what is allowed."""
    text = file.read_text()
    for code in (r"\{#.*?#\}", r"\{%.*?%\}", r"\{\{.*?\}\}", r"<svg.*?</svg>", r"<[^>]*>"):
        text = re.sub(code, " ", text, flags=re.DOTALL)
    text = " ".join(text.split()).lower()
    for allowed in ALLOWED:
        text = text.replace(allowed, " ")
    return text


@pytest.mark.parametrize("file", PUBLIC, ids=lambda f: f.relative_to(TEMPLATES).as_posix())
def test_no_public_template_gives_false_assurance(file: Path) -> None:
    assert WORDS.findall(said_in(file)) == []


def test_the_fixed_sentences_stand_word_for_word() -> None:
    box = " ".join((TEMPLATES / "components" / "safe_and_sound_box.html").read_text().split())
    for sentence in (
        "This club told us how it keeps children safe.",
        "We did not watch the club or check each adult.",
        "This is not a promise that the club is safe.",
        "Always ask your own questions.",
    ):
        assert sentence in box


def test_the_page_without_a_hit_says_that_not_listed_does_not_mean_unsafe() -> None:
    texts = " ".join(
        " ".join(f.read_text().split()) for f in (TEMPLATES / "directory").rglob("*.html")
    )
    assert "Not listed does not mean unsafe" in texts
