"""People: who they are, what they may do, and the web sessions they have open."""

from datetime import datetime

from flask_login import UserMixin
from sqlalchemy import (
    BigInteger,
    Boolean,
    CheckConstraint,
    ForeignKey,
    Index,
    Integer,
    LargeBinary,
    String,
    func,
    text,
)
from sqlalchemy.orm import Mapped, mapped_column, relationship

from registry.database import UtcDateTime, check_constraint, db
from registry.messages.services import BY_POST

STAFF_ROLES = ("reviewer", "senior", "appeal_officer", "administrator", "auditor")
TOKEN_PURPOSES = ("confirm_email", "reset_password", "change_email")


class Account(UserMixin, db.Model):
    """One person. An account may belong to several organisations, to the council, or to both."""

    __tablename__ = "account"
    __table_args__ = (Index("ux_account_email", func.lower("email"), unique=True),)

    id: Mapped[int] = mapped_column(primary_key=True)
    email: Mapped[str] = mapped_column(String(254))
    name: Mapped[str] = mapped_column(String(200))
    password_hash: Mapped[str] = mapped_column(String(200))
    email_confirmed_at: Mapped[datetime | None] = mapped_column(UtcDateTime)
    disabled: Mapped[bool] = mapped_column(Boolean, default=False)
    created_at: Mapped[datetime] = mapped_column(UtcDateTime)
    # The history still names the account; nobody can tell any more whose it was.
    erased_at: Mapped[datetime | None] = mapped_column(UtcDateTime)

    role_rows: Mapped[list["AccountRole"]] = relationship(
        lazy="selectin", cascade="all, delete-orphan", order_by="AccountRole.role"
    )

    @property
    def roles(self) -> frozenset[str]:
        """The council roles that this person holds; empty for people of clubs."""
        return frozenset(row.role for row in self.role_rows)

    @property
    def is_by_post(self) -> bool:
        """Whether this person has no email address, and gets letters."""
        return self.email.endswith(f"@{BY_POST}")

    @property
    def is_staff(self) -> bool:
        """Whether this person works at the council's desk."""
        return bool(self.roles)

    @property
    def is_active(self) -> bool:
        """Flask-Login's word for “may sign in”."""
        return not self.disabled and self.email_confirmed_at is not None


class AccountRole(db.Model):
    """One council role of one account (domain B.8)."""

    __tablename__ = "account_role"
    __table_args__ = (CheckConstraint(check_constraint("role", STAFF_ROLES), name="role"),)

    account_id: Mapped[int] = mapped_column(
        ForeignKey("account.id", ondelete="CASCADE"), primary_key=True
    )
    role: Mapped[str] = mapped_column(String(20), primary_key=True)


class WebSession(db.Model):
    """A signed-in browser. The cookie holds a random word; only its digest is kept here."""

    __tablename__ = "web_session"

    digest: Mapped[str] = mapped_column(String(64), primary_key=True)
    account_id: Mapped[int] = mapped_column(
        ForeignKey("account.id", ondelete="CASCADE"), index=True
    )
    began_at: Mapped[datetime] = mapped_column(UtcDateTime)
    last_seen_at: Mapped[datetime] = mapped_column(UtcDateTime)
    ended_at: Mapped[datetime | None] = mapped_column(UtcDateTime)
    # Whether a code was given for it. Without one, no browser is signed in as one of the staff.
    with_second_factor: Mapped[bool] = mapped_column(
        Boolean, default=False, server_default=text("false")
    )


class SecondFactor(db.Model):
    """The authenticator app of one account. Its secret is encrypted with the installation's key."""

    __tablename__ = "second_factor"

    account_id: Mapped[int] = mapped_column(
        ForeignKey("account.id", ondelete="CASCADE"), primary_key=True
    )
    secret: Mapped[bytes] = mapped_column(LargeBinary)
    set_at: Mapped[datetime] = mapped_column(UtcDateTime)
    # The half minute of the last code that was taken: neither it nor one before it works again.
    last_step: Mapped[int] = mapped_column(BigInteger, default=0)


class RecoveryCode(db.Model):
    """One code on paper, for somebody whose phone is gone. Only its keyed digest is kept."""

    __tablename__ = "recovery_code"

    id: Mapped[int] = mapped_column(primary_key=True)
    account_id: Mapped[int] = mapped_column(
        ForeignKey("account.id", ondelete="CASCADE"), index=True
    )
    digest: Mapped[str] = mapped_column(String(64), unique=True)
    made_at: Mapped[datetime] = mapped_column(UtcDateTime)
    used_at: Mapped[datetime | None] = mapped_column(UtcDateTime)


class AccountToken(db.Model):
    """A link sent by email: works once, until its time, and only its digest is kept."""

    __tablename__ = "account_token"
    __table_args__ = (CheckConstraint(check_constraint("purpose", TOKEN_PURPOSES), name="purpose"),)

    digest: Mapped[str] = mapped_column(String(64), primary_key=True)
    account_id: Mapped[int] = mapped_column(
        ForeignKey("account.id", ondelete="CASCADE"), index=True
    )
    purpose: Mapped[str] = mapped_column(String(20))
    email: Mapped[str] = mapped_column(String(254), default="")
    made_at: Mapped[datetime] = mapped_column(UtcDateTime)
    expires_at: Mapped[datetime] = mapped_column(UtcDateTime)
    used_at: Mapped[datetime | None] = mapped_column(UtcDateTime)


class Throttle(db.Model):
    """One try that counts against an account or an address (`bucket` is a keyed digest)."""

    __tablename__ = "throttle"
    __table_args__ = (Index("ix_throttle_bucket_at", "bucket", "at"),)

    id: Mapped[int] = mapped_column(Integer, primary_key=True)
    bucket: Mapped[str] = mapped_column(String(80))
    at: Mapped[datetime] = mapped_column(UtcDateTime, index=True)
