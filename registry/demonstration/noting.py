"""Notes on a case that somebody reads: what a reviewer keeps for the council alone."""

from registry.accounts.models import Account
from registry.assessments import services
from registry.assessments.models import Assessment
from registry.reviews.notes import notes_on

ASKED = "Rang the owner about the date on page 2. A new copy comes this week."
CAME = "Rang the owner about the date on page 2. The new copy came; the date is right."
ON_THE_CASE = "Their hall has new owners since May. Ask about the fire plan next year."


def note_down(case: Assessment, holder: Account) -> None:
    """A note on one question."""
    services.write_note(case, holder, ASKED, "sg_review_date")


def note_again(case: Assessment, holder: Account) -> None:
    """The same note changed, and one on the whole case."""
    (first,) = notes_on([case.id])
    services.amend_note(first, case, holder, CAME, number=first.number)
    services.write_note(case, holder, ON_THE_CASE)
