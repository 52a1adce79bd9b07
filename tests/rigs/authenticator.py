"""The authenticator app in the pocket of everybody in the tests who has one."""

from flask import current_app
from sqlalchemy import select, update

from registry import clock
from registry.accounts.codes import STEPS_ASIDE, code_at, opened, step_at
from registry.accounts.models import Account, SecondFactor
from registry.accounts.services.second_factor import keep_secret
from registry.database import db

SECRET = "KRSXG5DJNZTSA53J"


def give_app(account: Account) -> None:
    """Set it up without its pages, for tests that are about something else."""
    keep_secret(account, SECRET)


def code_for(email: str) -> str:
    """A code that works now for somebody's account, whatever was taken before.

    An app shows two codes a minute; a test waits for none, and has the last one forgotten.
    """
    with db.engine.connect().execution_options(reading=True) as connection:
        found = connection.execute(
            select(SecondFactor.account_id, SecondFactor.secret, SecondFactor.last_step)
            .join(Account, Account.id == SecondFactor.account_id)
            .where(Account.email == email.lower())
        ).one()
    account_id, kept, last = found
    secret = opened(kept)
    assert secret, f"the secret of {email} was kept with another key"
    this = step_at(clock.now())
    step = next((one for one in (this, this + STEPS_ASIDE) if one > last), None)
    if step is None:
        step = this
        _forget_the_last(account_id)
    return code_at(secret, step)


def code_of(secret: str) -> str:
    """What an app with this key shows now."""
    return code_at(secret.replace(" ", ""), step_at(clock.now()))


def _forget_the_last(account_id: int) -> None:
    forget = update(SecondFactor).where(SecondFactor.account_id == account_id).values(last_step=0)
    db.session.commit()
    with current_app.app_context():
        db.session.execute(forget)
        db.session.commit()
