"""What things are called in feeds. Made beside the cards, because they are looked up by it too."""

from registry.cards.identifiers import identifier, identifier_in

__all__ = ["identifier", "identifier_in"]
