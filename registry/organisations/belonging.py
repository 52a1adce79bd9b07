"""What belongs to an organisation is for its people: permissions ask it as they ask theirs."""

from typing import TYPE_CHECKING, Any


class Belonging:
    """The people of its organisation, for a record that has one, or may have one."""

    if TYPE_CHECKING:
        organisation: Any

    @property
    def belongs_to(self) -> Any:
        """Whose people these are: the organisation itself, or a record of it."""
        return self.organisation

    @property
    def owner_ids(self) -> frozenset[int]:
        """The owners of its organisation."""
        return self.belongs_to.owner_ids if self.belongs_to else frozenset()

    @property
    def member_ids(self) -> frozenset[int]:
        """Everybody of its organisation."""
        return self.belongs_to.member_ids if self.belongs_to else frozenset()

    @property
    def assisting_ids(self) -> frozenset[int]:
        """People of the council who enter something for its organisation now."""
        return self.belongs_to.assisting_ids if self.belongs_to else frozenset()

    @property
    def linked_people(self) -> frozenset[int]:
        """Accounts with a link to its organisation: they may not review it."""
        return self.belongs_to.linked_people if self.belongs_to else frozenset()

    @property
    def linked_domains(self) -> frozenset[str]:
        """Email domains of its organisation's people, who may not review it."""
        return self.belongs_to.linked_domains if self.belongs_to else frozenset()
