"""The people of a demonstration: the council's, and those of the clubs.

All share the one password that the sign-in page shows, so it is hashed once.
"""

from registry import clock
from registry.accounts.demonstration_people import DEMONSTRATION_PASSWORD, DEMONSTRATION_PEOPLE
from registry.accounts.models import Account
from registry.accounts.passwords import hash_of
from registry.accounts.queries import account_by_email
from registry.accounts.services.roles import give_role, make_account

NAMES = {
    "reviewer@example.org": "Jo Bennett",
    "reviewer2@example.org": "Imran Siddiqui",
    "senior@example.org": "Carol Ashby",
    "senior2@example.org": "Dele Ogunleye",
    "appeals@example.org": "Ruth Mason",
    "admin@example.org": "Priya Nair",
    "auditor@example.org": "Gwyn Parry",
}


class People:
    """Makes accounts as they are needed, and finds them again."""

    def __init__(self) -> None:
        self._password_hash = hash_of(DEMONSTRATION_PASSWORD)
        self._known: dict[str, Account] = {}

    def make_staff(self) -> None:
        """Everybody of the council."""
        for person in DEMONSTRATION_PEOPLE:
            if person.roles:
                account = self.known(person.email, NAMES[person.email])
                for role in person.roles:
                    give_role(account, role)

    def known(self, email: str, name: str) -> Account:
        """The account with this address; made now if nobody has it."""
        if email in self._known:
            return self._known[email]
        account = account_by_email(email)
        if account is None:
            account = make_account(email, name)
            account.password_hash = self._password_hash
            account.email_confirmed_at = clock.now()
        self._known[email] = account
        return account

    def of_the_council(self, email: str) -> Account:
        """One of the staff."""
        return self.known(email, NAMES[email])
