"""The numbers as a page shows them: which stands in for which, and what is not yet certain.

Pure. The rows come from the contacts table or, where that is away or empty, from our content.
"""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass, replace
from datetime import date


@dataclass(frozen=True)
class HelpContact:
    """One number. `doubt` is empty, or says that the council has not confirmed it."""

    key: str
    label: str
    value: str
    note: str = ""
    is_national: bool = False
    verified_on: date | None = None
    doubt: str = ""


@dataclass(frozen=True, eq=False)
class HelpContacts:
    """Every number that a page may show, by name. Two of them are never alike: the same rows make
    one of these, so what is drawn of it can be kept with it."""

    danger: HelpContact
    child: HelpContact
    nights: HelpContact
    allegation: HelpContact
    adult_care: HelpContact
    advice: HelpContact
    childline: HelpContact
    whistleblowing: HelpContact
    police: HelpContact
    home: HelpContact
    slavery: HelpContact
    ideas: HelpContact
    family: HelpContact
    form_help: HelpContact

    @property
    def in_texts(self) -> dict[str, str]:
        """The numbers that a text of the criteria leaves room for, such as {mash}."""
        return {
            "mash": self.child.value,
            "mash_night": self.nights.value,
            "lado": self.allegation.value,
            "nspcc": self.advice.value,  # the line for parents, not the one for staff
        }

    @property
    def checked_on(self) -> date | None:
        """The oldest day on which one of the confirmed numbers was checked."""
        days = [contact.verified_on for contact in self.all if contact.verified_on]
        return min(days, default=None)

    @property
    def all(self) -> tuple[HelpContact, ...]:
        """Each of them."""
        return (
            self.danger,
            self.child,
            self.nights,
            self.allegation,
            self.adult_care,
            self.advice,
            self.childline,
            self.whistleblowing,
            self.police,
            self.home,
            self.slavery,
            self.ideas,
            self.family,
        )

    @property
    def in_help(self) -> dict[str, HelpContact]:
        """The numbers that a page of advice leaves room for, such as {mash} or {childline}."""
        return {
            **{one.key: one for one in self.all},
            "mash": self.child,
            "mash_night": self.nights,
            "lado": self.allegation,
            "nspcc": self.advice,
        }


def arranged(rows: Iterable[HelpContact], council_name: str, council_phone: str) -> HelpContacts:
    """Put rows in their places. The safeguarding team stands in where a number is not known."""
    known: Mapping[str, HelpContact] = {row.key: _doubted(row, council_name) for row in rows}
    child = known["child"]
    switchboard = HelpContact("form_help", "Help with this form", council_phone)
    return HelpContacts(
        danger=known["danger"],
        child=child,
        nights=known["nights"],
        allegation=_or_instead(known["allegation"], child),
        adult_care=_or_instead(known["adult_care"], switchboard),
        advice=known["advice"],
        childline=known["childline"],
        whistleblowing=known["whistleblowing"],
        police=known["police"],
        home=known["home"],
        slavery=known["slavery"],
        ideas=known["ideas"],
        family=known["family"],
        form_help=replace(switchboard, note=f"{council_name}. Ask about this list"),
    )


def _doubted(contact: HelpContact, council_name: str) -> HelpContact:
    if contact.verified_on or not contact.value:
        return contact
    return replace(contact, doubt=f"Not yet confirmed by {council_name}.")


def _or_instead(contact: HelpContact, other: HelpContact) -> HelpContact:
    """The contact, or its words with another's number."""
    if contact.value:
        return contact
    return replace(contact, value=other.value, verified_on=other.verified_on, doubt=other.doubt)
