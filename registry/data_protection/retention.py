"""What is kept, how long, from when, and why (domain D). Policy as data, with its dates. Pure.

`docs/retention.md` shows the same table; a test holds them equal. A thing is kept through its
last day and goes from the day after.
"""

from dataclasses import dataclass
from datetime import date

from registry.criteria.dates import add_months

__all__ = ["RULES", "Rule", "is_over", "rule"]


@dataclass(frozen=True)
class Rule:
    """One line of the policy.

    `months` count from the day that `since` names. `then` says what becomes of it: `erased` by
    the night, `review` by a person, or `elsewhere`: erased by its own room, and counted here.
    """

    key: str
    what: str
    since: str
    months: int
    then: str
    why: str
    days: int = 0

    @property
    def how_long(self) -> str:
        """The time in words."""
        if self.days:
            return f"{self.days} days" if self.days > 1 else "1 day"
        years, months = divmod(self.months, 12)
        if months:
            return f"{self.months} months"
        return f"{self.months} months" if years == 1 else f"{years} years"


YEARS = 12
RULES = (
    Rule(
        "drafts", "Answers and papers that were begun and never sent",
        "they were put aside, after 6 months without a change", 3, "erased",
        "The club may open it again for 3 months. Nobody read it, so nothing rests on it.",
    ),
    Rule(
        "papers", "Papers that a club sent as evidence",
        "no open or standing case shows them any more", 1 * YEARS, "erased",
        "A reviewer may have to look back at what was replaced. A decision keeps the digest.",
    ),
    Rule(
        "cases", "What was sent, found and decided, with its changes and its edition",
        "the listing ended, or the case where there was none", 6 * YEARS, "erased",
        "Claims and complaints can be brought for 6 years. The number of the case stays.",
    ),
    Rule(
        "references", "Cases with a suspension or a revocation, and quiet holds",
        "they ended", 6 * YEARS, "review",
        "A person looks whether the reference is still needed. The LADO and the MASH hold the "
        "case itself.",
    ),
    Rule(
        "closed_clubs", "The contacts, people and places of a club that closed",
        "it closed", 6 * YEARS, "erased",
        "They answer questions about its time on the list. Its name was public and stays.",
    ),
    Rule(
        "concerns", "The words of a concern",
        "it was handed over", 0, "elsewhere",
        "The register is no case system. The reference stays for 6 years.", days=30,
    ),
    Rule(
        "messages", "Emails and letters that were sent, or given up",
        "they were sent, or given up", 1 * YEARS, "erased",
        "Somebody may ask what they were told, and when. The history keeps that it was told.",
    ),
    Rule(
        "requests", "What people asked about their data, and breaches",
        "they were settled", 6 * YEARS, "erased",
        "The council must be able to show how it answered. The digest of a wrong file stays.",
    ),
    Rule(
        "exports", "Copies of the whole register that somebody asked for",
        "they were made", 0, "elsewhere",
        "Long enough to take it away. Who asked for it and why is kept for 12 months.", days=1,
    ),
    Rule(
        "sign_ins", "Sign-ins, and what else is kept beside the history",
        "the day itself", 1 * YEARS, "elsewhere",
        "To see who was in when an account was taken over.",
    ),
    Rule(
        "history", "The history: numbers, names of fields, digests",
        "the end of the year", 6 * YEARS, "review",
        "An administrator seals whole years. The last digest stays as the new beginning.",
    ),
    Rule(
        "invitations", "Invitations that nobody used",
        "the link ended", 0, "elsewhere", "They hold an address and nothing else.", days=30,
    ),
    Rule(
        "imports", "The file and the rows of an import",
        "it began", 0, "elsewhere",
        "They hold contacts of clubs. Which record came from where stays.", days=30,
    ),
    Rule(
        "web_sessions", "Web sessions, and links of emails",
        "they ended", 0, "elsewhere", "To see what was open when something went wrong.", days=30,
    ),
    Rule(
        "looks", "How often a listing was looked at, by the week",
        "that week", 2 * YEARS, "elsewhere",
        "The club sees whether families find it. Nobody knows who looked.",
    ),
    Rule(
        "missed_words", "Words that found nothing, and the digests of others",
        "the last day on which they found nothing", 0, "elsewhere",
        "To see what families look for. A word is kept only after three days; before that there "
        "is a digest of it.", days=90,
    ),
    Rule(
        "shelf", "Forms that could not be saved just then",
        "they were put there", 0, "elsewhere", "Only to be taken up again.", days=1,
    ),
)  # fmt: skip


def rule(key: str) -> Rule:
    """The line with this key."""
    return next(one for one in RULES if one.key == key)


def is_over(key: str, since: date, today: date) -> bool:
    """Whether what began its time on that day goes today: the last day itself is still kept."""
    one = rule(key)
    if one.days:
        return (today - since).days > one.days
    return today > add_months(since, one.months)
