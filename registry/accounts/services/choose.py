"""Whether a password may be chosen here, by this person."""

from registry.accounts.errors import BadPassword
from registry.accounts.password_choice import problem_with
from registry.config import settings


def check_choice(password: str, email: str, name: str) -> None:
    """Raise BadPassword for one that is too short, or that an outsider would try."""
    ours = settings()
    local_part, _, domain = email.partition("@")
    known = (ours.scheme_name, ours.council_name, ours.place_name, local_part, domain, name)
    if problem := problem_with(password, known, lenient=ours.demonstration):
        raise BadPassword(problem)
