"""Who signs what: one table (domain G2). Pure. `docs/for-seniors.md` shows the same table.

The rule that a person's finding may differ from what the rules suggest, with a reason, is the only
leave there is: nobody signs alone for two.
"""

from dataclasses import dataclass

__all__ = ["WHO_SIGNS", "WHY_TWO", "Signing"]


@dataclass(frozen=True)
class Signing:
    """One row: what is done, who begins it, and who signs it, if anybody."""

    what: str
    first: str
    second: str = ""
    when: str = ""


WHO_SIGNS: tuple[Signing, ...] = (
    Signing("send questions back", "the holder, or a senior"),
    Signing("approve", "the holder"),
    Signing(
        "approve",
        "the holder recommends",
        "a senior who did not recommend",
        "nights away, personal care, one adult alone with a child under 16, a strong match, "
        "after a revocation, or under a hold",
    ),
    Signing("refuse", "the holder recommends", "a senior who did not recommend"),
    Signing("extend on one question", "a reviewer"),
    Signing("suspend", "one senior, at once", "another senior", "within 5 working days"),
    Signing("lift a suspension", "a senior proposes", "another senior"),
    Signing("revoke", "a senior proposes", "another senior", "after the club's time to reply"),
    Signing("set a quiet hold", "a senior proposes", "another senior"),
    Signing(
        "merge two records",
        "an administrator or a senior proposes",
        "a senior who did not propose",
    ),
    Signing("decide an appeal", "an appeal officer who had no part"),
)

# Why an approval needs a second person, in words for a senior. A reviewer reads no reason.
WHY_TWO: dict[str, str] = {
    "overnight": "Nights away",
    "personal_care": "Personal care",
    "one_to_one": "One adult alone with a child under 16",
    "strong_match": "A strong match with another record",
    "revoked_before": "It was revoked before",
    "first_approval": "A first approval",
    "hold": "A hold",
}
