"""What can go wrong with an account, in words for the person it happens to."""

from registry.errors import BadInput, DomainError, NotFound


class WrongPassword(BadInput):
    """The password is wrong, or there is no such account: nobody is told which."""

    sentence = "The email address or the password is not right. Check both and try again"


class WrongCode(BadInput):
    """Neither the code that the app shows now nor a recovery code that is left."""

    sentence = "This code is not right. Type the one that the app shows now"


class UsedCode(WrongCode):
    """A code that was taken already: it might have been read over somebody's shoulder."""

    sentence = "This code was used already. Wait for the next one in the app, and type that"


class BadPassword(BadInput):
    """A password that cannot be chosen. The sentence says what to choose."""


class NotConfirmed(DomainError):
    """The password is right, but nobody has shown that they read this mailbox."""

    status = 409
    sentence = "Confirm your email address first"


class DeadLink(NotFound):
    """A link that was used, is too old, or never was one."""
