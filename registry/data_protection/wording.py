"""How a wrong file and a request are said, at the desk and to a club. Pure."""

REASONS = {
    "filled_form": "A form that somebody filled in",
    "dbs_certificate": "A DBS certificate",
    "other_person": "Details of a person who is not part of this",
    "other": "Something else that we may not keep",
}
_TO_THE_CLUB = {
    "filled_form": "It is a form that somebody filled in. Send a blank one instead.",
    "dbs_certificate": "It is a DBS certificate. We may not keep those. Leave it out.",
    "other_person": "It has the details of a person in it. Send it again without them.",
    "other": "It has things in it that we may not keep. Send it again without them.",
}
KINDS = {
    "access": "To see what we hold",
    "complaint": "A complaint about how we use personal data",
    "rectification": "To have something put right",
    "objection": "An objection",
}


def reason_for_the_club(reason: str) -> str:
    """What the club reads: what was wrong, and what to send instead."""
    return _TO_THE_CLUB[reason]
