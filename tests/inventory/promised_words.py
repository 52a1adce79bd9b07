"""Promise 3: nothing public calls a club safe, approved or the like.

What we say in public is read as a parent reads it: the words of a page, its title and description,
what a screen reader says of a picture, and what is written for machines. The sentences and phrases
below are taken out first; no word of `NEVER_SAID` may be left. Read by `test_pages.py`, which opens
every page there is anyway, and by `test_promised_words.py` for files and emails.
"""

import re
from collections.abc import Iterator
from xml.etree.ElementTree import Element

from tests.inspection import text_of

NEVER_SAID = re.compile(
    r"\b(?:un)?(safe(?:r|st|ly)?|approv(?:ed|es?|al|ing)|recommend(?:ed|s|ing|ations?)?"
    r"|certif(?:y|ied|ies|icates?|ication)|accredit(?:ed|s|ation)?|vett(?:ed|ing)|trust(?:ed|worthy))\b",
    re.IGNORECASE,
)
# The fixed sentences of domain C.3, word for word, and how a notice is titled.
FIXED = (
    "This club told us how it keeps children safe.",
    "This is not a promise that the club is safe.",
    "Not listed does not mean unsafe",
)
# A phrase → why it may stand in public. None of them says anything good of one club.
ALLOWED = {
    "Safe and Sound": "the scheme’s name",
    "safe-and-sound": "the scheme’s name in an address",
    "keep children safe": "what anybody should do; it says of no club that it does",
    "keeping children safe": "the same",
    "how it keeps children safe": "what a club tells us, as in the fixed sentence",
    "Keeping safe": "the title of a page of advice, about children",
    # Papers. None of them is about a club, and we say that we never want most of them.
    "DBS certificate": "a paper of the law about one person",
    "show you their certificate": "the same, on the page about DBS checks",
    "show a certificate": "of a course, in a question to clubs",
    "send us a certificate": "never to be sent, in a question to clubs",
    "never a certificate": "the same",
    "never certificates": "the same",
    "A certificate is very private": "the same",
    "The certificate without bank details": "of an insurance, in a question to clubs",
    "The certificate, without bank details": "the same",
    "do not say “approved by the council”, “recommended” or “the council says we are safe”": (
        "what clubs are asked never to say"
    ),
    # What clubs are asked, in the words of others.
    "safer recruitment": "the second criterion in its own words: how people are chosen",
    "standards: safe activities": "the title of a standard of the NSPCC",
    "DBS details safe and private": "how papers are locked away, in a question to clubs",
}
_SAID_ELSEWHERE = ("alt", "title", "aria-label", "placeholder", "content", "summary")


def overpromised(text: str) -> list[str]:
    """Each word that promises too much, with the words about it; empty where nothing does."""
    left = " ".join(text.split())
    for allowed in (*FIXED, *ALLOWED):
        left = re.sub(rf"(?<!\w){re.escape(allowed)}", "…", left, flags=re.IGNORECASE)
    return [
        left[max(0, found.start() - 40) : found.end() + 40].strip()
        for found in NEVER_SAID.finditer(left)
    ]


def said_on_page(root: Element) -> str:
    """All that a page says: to a reader, to a screen reader, and to a machine."""
    return "\n".join(_said(root))


def _said(root: Element) -> Iterator[str]:
    yield text_of(root)
    for element in root.iter():
        yield from (element.get(name, "") for name in _SAID_ELSEWHERE)
        if element.tag == "script" and element.get("type") == "application/ld+json":
            yield "".join(element.itertext())
