"""The second factor: an authenticator app, and codes on paper for the day it is gone.

Nobody who works for the council is signed in without one. People of clubs may switch it on.
"""

from collections.abc import Callable
from typing import NoReturn

from sqlalchemy import delete, update

from registry import clock
from registry.accounts import codes, throttling
from registry.accounts.errors import UsedCode, WrongCode
from registry.accounts.models import Account, RecoveryCode, SecondFactor
from registry.accounts.queries import recovery_codes_left, second_factor_of
from registry.accounts.services.sign_in import check_password
from registry.accounts.web_sessions import end_all_web_sessions
from registry.audit.services import record, record_security
from registry.database import db, short_transaction
from registry.errors import NotAllowedNow, TooManyTries
from registry.messages.services import queue

SET, REMOVED, CODE_USED = (
    "account/second-factor-set",
    "account/second-factor-removed",
    "account/recovery-code-used",
)


def set_up(account: Account, secret: str, typed: str, address: str = "") -> list[str]:
    """Keep an app whose first code was typed. Returns the recovery codes, to be shown once.

    Raises WrongCode, TooManyTries, and NotAllowedNow where there is one already.
    """
    given = codes.squeezed(typed)
    steps = _tried(account, address, lambda: codes.steps_with(secret, given, clock.now()))
    if second_factor_of(account) is not None:
        raise NotAllowedNow("You have set this up already. Sign in with the code of your app.")
    made = keep_secret(account, secret, last_step=steps[-1])
    record_security("second_factor_set", account.id, address)
    _tell(account, SET)
    return made


def keep_secret(account: Account, secret: str, last_step: int = 0) -> list[str]:
    """Give an account this app, with new recovery codes."""
    db.session.add(
        SecondFactor(
            account_id=account.id,
            secret=codes.sealed(secret),
            set_at=clock.now(),
            last_step=last_step,
        )
    )
    db.session.flush()
    return _new_codes(account)


def check_code(account: Account, typed: str, address: str = "") -> None:
    """Take the code of the app, or one from paper: either works once.

    Call it before anything is written. Raises WrongCode, UsedCode, TooManyTries.
    """
    given = codes.squeezed(typed)
    if len(given) == codes.RECOVERY_DIGITS:
        _tried(account, address, lambda: _take_recovery_code(account, given))
        record_security("recovery_code_used", account.id, address)
        _tell(account, CODE_USED, left=str(recovery_codes_left(account)))
    else:
        _tried(account, address, lambda: _take_code(account, given))


def complete_sign_in(account: Account, typed: str, address: str = "") -> None:
    """The second half of signing in. Whoever calls it begins the web session."""
    check_code(account, typed, address)
    record_security("signed_in", account.id, address)


def make_recovery_codes(account: Account, typed: str, address: str = "") -> list[str]:
    """Ten new codes for somebody who has the app at hand; those before work no more.

    Raises WrongCode, UsedCode, TooManyTries.
    """
    check_code(account, typed, address)
    record_security("recovery_codes_made", account.id, address)
    return _new_codes(account)


def switch_off(account: Account, password: str, address: str = "") -> None:
    """Let a person of a club sign in with the password alone again.

    Raises WrongPassword, TooManyTries, and NotAllowedNow for the council's people.
    """
    if account.is_staff:
        raise NotAllowedNow("Everybody who works for the council signs in with a code.")
    check_password(account, account.email, password, address)
    _forget(account)
    record_security("second_factor_switched_off", account.id, address)
    _tell(account, REMOVED, by="")


def reset_second_factor(account: Account, actor: Account | None) -> None:
    """For somebody who has neither phone nor recovery codes: they set it up anew.

    Every web session of theirs ends. The entry says who did it; they are told by email.
    """
    _forget(account)
    end_all_web_sessions(account)
    record("second_factor_reset", account, actor)
    _tell(account, REMOVED, by="the council")


def forget_second_factor(account: Account) -> None:
    """Its person goes for good."""
    _forget(account)


def _tried(account: Account, address: str, find: Callable[[], list[int]]) -> list[int]:
    """Count a try against the account, then look; a good one does not count."""
    account_id, who = account.id, str(account.id)
    try:
        tries = [
            throttling.count(limit, account=who)
            for limit in (
                throttling.SECOND_FACTOR_TRIES,
                throttling.SECOND_FACTOR_TRIES_A_DAY,
            )
        ]
    except TooManyTries:
        with short_transaction() as transaction:
            record_security("second_factor_throttled", account_id, address, session=transaction)
        raise
    try:
        found = find()
    except UsedCode:
        _failed(account_id, address, UsedCode())
    if not found:
        _failed(account_id, address, WrongCode())
    for one in tries:
        throttling.take_back(one)
    return found


def _failed(account_id: int, address: str, why: WrongCode) -> NoReturn:
    """Written in a transaction of its own, because the answer rolls back."""
    with short_transaction() as transaction:
        record_security("second_factor_failed", account_id, address, session=transaction)
    raise why


def _take_code(account: Account, given: str) -> list[int]:
    kept = second_factor_of(account)
    secret = codes.opened(kept.secret) if kept else None
    if secret is None:
        return []
    steps = codes.steps_with(secret, given, clock.now())
    if not steps:
        return []
    # Of two who send the same code at once, one is told no.
    taken = db.session.scalars(
        update(SecondFactor)
        .where(SecondFactor.account_id == account.id, SecondFactor.last_step < steps[-1])
        .values(last_step=steps[-1])
        .returning(SecondFactor.account_id)
        .execution_options(synchronize_session=False)
    ).all()
    if not taken:
        raise UsedCode()
    return steps


def _take_recovery_code(account: Account, given: str) -> list[int]:
    return list(
        db.session.scalars(
            update(RecoveryCode)
            .where(
                RecoveryCode.account_id == account.id,
                RecoveryCode.digest == codes.digest_of_recovery_code(account.id, given),
                RecoveryCode.used_at.is_(None),
            )
            .values(used_at=clock.now())
            .returning(RecoveryCode.id)
            .execution_options(synchronize_session=False)
        )
    )


def _new_codes(account: Account) -> list[str]:
    """Ten codes in place of those before. Only their digests are kept."""
    db.session.execute(delete(RecoveryCode).where(RecoveryCode.account_id == account.id))
    made: dict[str, None] = {}
    while len(made) < codes.RECOVERY_CODES:
        made[codes.new_recovery_code()] = None
    db.session.add_all(
        RecoveryCode(
            account_id=account.id,
            digest=codes.digest_of_recovery_code(account.id, code),
            made_at=clock.now(),
        )
        for code in made
    )
    return [codes.in_groups(code) for code in made]


def _forget(account: Account) -> None:
    for table in (RecoveryCode, SecondFactor):
        db.session.execute(delete(table).where(table.account_id == account.id))


def _tell(account: Account, template: str, **more: str) -> None:
    """An email about the second factor, so that nobody changes it unseen."""
    now = clock.now()
    local = clock.local(now)
    queue(
        template,
        account.email,
        {
            "name": account.name,
            "changed_on": local.date().isoformat(),
            "changed_time": f"{local:%H:%M}",
            **more,
        },
        f"{template}:{account.id}:{now.isoformat()}",
    )
