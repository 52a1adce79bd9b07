"""What can go wrong with an account, in words for the person it happens to."""

from registry.errors import BadInput, DomainError, NotFound


class WrongPassword(BadInput):
    """The password is wrong, or there is no such account: nobody is told which."""

    sentence = "The email address or the password is not right. Check both and try again"


class BadPassword(BadInput):
    """A password that cannot be chosen. The sentence says what to choose."""


class NotConfirmed(DomainError):
    """The password is right, but nobody has shown that they read this mailbox."""

    status = 409
    sentence = "Confirm your email address first"


class DeadLink(NotFound):
    """A link that was used, is too old, or never was one."""
