"""What can go wrong, in words for the person it happens to.

Each error carries the HTTP status that it answers with and a sentence that says what to do.
The sentence is shown as it stands, so it never names another person's record.
"""


class DomainError(Exception):
    """Something a person asked for that the register will not do."""

    status = 400
    sentence = "We could not do that."

    def __init__(self, sentence: str | None = None) -> None:
        super().__init__(sentence or self.sentence)
        if sentence:
            self.sentence = sentence


class NotFound(DomainError):
    """There is no such thing, or it is not this person's: the answer is the same."""

    status = 404
    sentence = "This page is not here."


class NotYours(DomainError):
    """The person is signed in, and this act is for somebody else."""

    status = 403
    sentence = "You cannot do this with your account."


class NotAllowedNow(DomainError):
    """The step is not in the lifecycle table from here, or something it needs does not hold."""

    status = 409
    sentence = "This cannot be done now. Go back and look at the page again."


class StaleVersion(DomainError):
    """Somebody changed the record since this person read it."""

    status = 409
    sentence = "Somebody changed this since you opened it. Go back, read it again, then decide."


class BadInput(DomainError):
    """What was sent cannot be used. The sentence says what to send instead."""

    status = 422
    sentence = "Check what you typed and try again."


class TooManyTries(DomainError):
    """Too many tries from one place or on one account. `retry_after` is in seconds."""

    status = 429
    sentence = "There were too many tries. Wait 5 minutes, then try again."

    def __init__(self, retry_after: int, sentence: str | None = None) -> None:
        super().__init__(sentence)
        self.retry_after = retry_after


class Unavailable(DomainError):
    """The register cannot write or read just now. Nothing was changed."""

    status = 503
    sentence = "The service is not working just now. Try again in a few minutes."
