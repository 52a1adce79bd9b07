"""One page in one state, and the world in which it is met."""

from collections.abc import Callable, Mapping
from dataclasses import dataclass, field
from typing import Any

from registry.accounts.models import Account
from registry.assessments.models import Assessment
from registry.organisations.models import Organisation
from tests import factories as make
from tests.journeys.story import Window

Act = Callable[[Window], None]


@dataclass(frozen=True)
class Row:
    """One page in one state.

    `shows` is the address of what is seen in the end, where doing something led elsewhere.
    `is_alike` says that another row has the same parts, with other words in them.
    """

    name: str
    who: str
    address: str
    then: Act | None = None
    status: int = 200
    shows: str = ""
    is_alike: bool = False

    @property
    def shown_at(self) -> str:
        """The address of the page that is seen."""
        return self.shows or self.address

    def visit(self, window: Window, names: Mapping[str, Any]) -> None:
        """Open it, and do what is done there."""
        window.open(self.address.format(**names))
        if self.then:
            self.then(window)


@dataclass
class World:
    """Who is there (a name → their email address), and the names that addresses have."""

    people: dict[str, str] = field(default_factory=dict)
    names: dict[str, Any] = field(default_factory=dict)

    def person(self, who: str, account: Account) -> None:
        """Somebody with an account."""
        self.people[who] = account.email

    def club(self, name: str, organisation: Organisation) -> None:
        """A club, whose owner is called as the club is."""
        self.person(name, make.owner_of(organisation))
        self.names[name] = organisation.id
        for thing, found in (
            ("venue", organisation.venues),
            ("activity", organisation.activities),
            ("session", organisation.activities[0].sessions if organisation.activities else []),
        ):
            if found:
                self.names[f"{name}_{thing}"] = getattr(found[0], "key", found[0].id)

    def case(self, name: str, assessment: Assessment) -> None:
        """A club with a case."""
        self.club(name, assessment.organisation)
        self.names[f"{name}_case"] = assessment.id


def press(button: str, **values: Any) -> Act:
    """Fill in some fields and press a button."""

    def act(window: Window) -> None:
        window.fill(values)
        window.press(button)

    return act


def times(most: int, act: Act) -> Act:
    """The same again and again."""

    def many(window: Window) -> None:
        for _ in range(most):
            act(window)

    return many
