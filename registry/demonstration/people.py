"""The people of a demonstration: the council's, and those of the clubs.

All share the one password that the sign-in page shows, so it is hashed once. The council's people
share the secret of an authenticator app, too.
"""

from registry import clock
from registry.accounts.demonstration_people import (
    DEMONSTRATION_PASSWORD,
    DEMONSTRATION_PEOPLE,
    DEMONSTRATION_SECRET,
)
from registry.accounts.models import Account
from registry.accounts.passwords import hash_of
from registry.accounts.queries import account_by_email, second_factor_of
from registry.accounts.services.roles import give_role, make_account
from registry.accounts.services.second_factor import keep_secret

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
        share_the_secret()

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


def share_the_secret() -> None:
    """Give the app to those of the council's people who have none, as in a demonstration that was
    loaded before anybody was asked for a code."""
    for person in DEMONSTRATION_PEOPLE:
        account = account_by_email(person.email) if person.roles else None
        if account is not None and second_factor_of(account) is None:
            keep_secret(account, DEMONSTRATION_SECRET)
