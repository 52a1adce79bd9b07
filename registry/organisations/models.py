"""Who runs activities for children, where, when and for whom. Working records, never public.

The public sees cards (registry.directory), built from what was approved.
"""

from datetime import date, datetime, time
from typing import Any

from sqlalchemy import (
    Boolean,
    CheckConstraint,
    Date,
    Float,
    ForeignKey,
    Index,
    Integer,
    String,
    Text,
    Time,
    UniqueConstraint,
    text,
)
from sqlalchemy.orm import Mapped, mapped_column, relationship

from registry.accounts.models import Account
from registry.database import JsonDocument, UtcDateTime, check_constraint, db
from registry.organisations.belonging import Belonging
from registry.organisations.mail_domains import PUBLIC_MAIL_DOMAINS, email_domain
from registry.timetable.recurrence import PATTERNS
from registry.timetable.terms import SEASONS

MEMBER_ROLES = ("owner", "member")
ASSISTED_BY = ("paper", "telephone")
PLACES = ("open", "hidden", "hidden_area", "online")
ACTIVITY_STATES = ("draft", "waiting", "live", "paused", "ended")
PLACE_KINDS = ("venues", "online", "various")
AGES_SAID = ("years", "months", "school")
PRICE_KINDS = ("free", "session", "term", "course", "membership", "donation", "haf")
PRICE_PERIODS = ("month", "term", "year")
TRIALS = ("free", "paid", "no")
PARENT_STAYS = ("yes", "no", "optional")
MARK_ANSWERS = ("yes", "ask", "no")
BOOKING_KINDS = ("link", "phone", "email", "turn_up")
YES_NO = ("yes", "no")


class Organisation(db.Model):
    """A club, group or person on the register (Open Referral: organization)."""

    __tablename__ = "organisation"

    id: Mapped[int] = mapped_column(primary_key=True)
    slug: Mapped[str] = mapped_column(String(120), unique=True)
    name: Mapped[str] = mapped_column(String(200))
    description: Mapped[str] = mapped_column(Text, default="")
    website: Mapped[str] = mapped_column(String(300), default="")
    phone: Mapped[str] = mapped_column(String(40), default="")
    email: Mapped[str] = mapped_column(String(254), default="")
    phone_is_public: Mapped[bool] = mapped_column(Boolean, default=False)
    email_is_public: Mapped[bool] = mapped_column(Boolean, default=False)
    website_is_public: Mapped[bool] = mapped_column(Boolean, default=False)
    closed_at: Mapped[datetime | None] = mapped_column(UtcDateTime)
    merged_into_id: Mapped[int | None] = mapped_column(
        ForeignKey("organisation.id", name="fk_organisation_merged_into_id_organisation")
    )
    contact_confirmed_on: Mapped[date | None] = mapped_column(Date)
    created_at: Mapped[datetime] = mapped_column(UtcDateTime)
    version: Mapped[int] = mapped_column(Integer, default=1)

    members: Mapped[list["Membership"]] = relationship(
        back_populates="organisation", order_by="Membership.id"
    )
    venues: Mapped[list["Venue"]] = relationship(back_populates="organisation", order_by="Venue.id")
    activities: Mapped[list["Activity"]] = relationship(
        back_populates="organisation", order_by="Activity.id"
    )

    declared_links: Mapped[list["DeclaredLink"]] = relationship()
    # Who has a link is asked of every organisation in every list, so these come along at once.
    assistances: Mapped[list["Assistance"]] = relationship(
        order_by="Assistance.id", lazy="selectin"
    )

    @property
    def organisation_id(self) -> int:
        """Its own id, under the name by which permissions ask every record."""
        return self.id

    @property
    def owner_ids(self) -> frozenset[int]:
        """The accounts that own it."""
        return frozenset(m.account_id for m in self.members if m.role == "owner")

    @property
    def member_ids(self) -> frozenset[int]:
        """Every account that belongs to it, owners included."""
        return frozenset(m.account_id for m in self.members)

    @property
    def public_phone(self) -> str:
        """Its phone number if the public may have it."""
        return self.phone if self.phone_is_public else ""

    @property
    def public_email(self) -> str:
        """Its email address if the public may have it."""
        return self.email if self.email_is_public else ""

    @property
    def public_website(self) -> str:
        """Its website if the public may have it."""
        return self.website if self.website_is_public else ""

    @property
    def has_public_contact(self) -> bool:
        """Whether families can see a way to reach it."""
        return bool(self.public_phone or self.public_email or self.public_website)

    @property
    def linked_people(self) -> frozenset[int]:
        """Accounts that must never review it: its own people, staff who declared a link, and
        staff who are just entering something for it."""
        declared = {link.account_id for link in self.declared_links}
        return self.member_ids | declared | self.assisting_ids

    @property
    def assisting_ids(self) -> frozenset[int]:
        """People of the council who enter for it now what it says on paper or by telephone."""
        return frozenset(one.account_id for one in self.assistances if one.ended_at is None)

    @property
    def assisted_ids(self) -> frozenset[int]:
        """People of the council who enter for it, or once did."""
        return frozenset(one.account_id for one in self.assistances)

    @property
    def linked_domains(self) -> frozenset[str]:
        """Email domains of its people: staff of the same domain are linked (domain B.8)."""
        return frozenset(
            domain
            for member in self.members
            if (domain := email_domain(member.account.email)) not in PUBLIC_MAIL_DOMAINS
        )


class DeclaredLink(db.Model):
    """A link to an organisation that a member of staff told us of."""

    __tablename__ = "declared_link"

    account_id: Mapped[int] = mapped_column(ForeignKey("account.id"), primary_key=True)
    organisation_id: Mapped[int] = mapped_column(
        ForeignKey("organisation.id"), primary_key=True, index=True
    )
    declared_at: Mapped[datetime] = mapped_column(UtcDateTime)


class Assistance(db.Model):
    """A time in which somebody of the council enters for a club what it cannot enter itself."""

    __tablename__ = "assistance"
    __table_args__ = (
        CheckConstraint(check_constraint("how", ASSISTED_BY), name="how"),
        Index(
            "ux_assistance_one_open",
            "organisation_id",
            "account_id",
            unique=True,
            sqlite_where=text("ended_at IS NULL"),
            postgresql_where=text("ended_at IS NULL"),
        ),
    )

    id: Mapped[int] = mapped_column(primary_key=True)
    organisation_id: Mapped[int] = mapped_column(ForeignKey("organisation.id"), index=True)
    account_id: Mapped[int] = mapped_column(ForeignKey("account.id"), index=True)
    how: Mapped[str] = mapped_column(String(10))
    began_at: Mapped[datetime] = mapped_column(UtcDateTime)
    ended_at: Mapped[datetime | None] = mapped_column(UtcDateTime)

    account: Mapped[Account] = relationship(lazy="joined")


class Membership(db.Model):
    """A person of an organisation: an owner, or a member who helps."""

    __tablename__ = "membership"
    __table_args__ = (
        UniqueConstraint("organisation_id", "account_id"),
        CheckConstraint(check_constraint("role", MEMBER_ROLES), name="role"),
    )

    id: Mapped[int] = mapped_column(primary_key=True)
    organisation_id: Mapped[int] = mapped_column(ForeignKey("organisation.id"))
    account_id: Mapped[int] = mapped_column(ForeignKey("account.id"), index=True)
    role: Mapped[str] = mapped_column(String(10))
    since: Mapped[datetime] = mapped_column(UtcDateTime)

    organisation: Mapped[Organisation] = relationship(back_populates="members")
    account: Mapped[Account] = relationship(lazy="joined")


class Venue(Belonging, db.Model):
    """A place where activities happen (Open Referral: location).

    `privacy` says how much of it may be public: `open` (all of it), `hidden` (its ward),
    `hidden_area` (the city only, as for refuges), `online` (no place at all).
    """

    __tablename__ = "venue"
    __table_args__ = (CheckConstraint(check_constraint("privacy", PLACES), name="privacy"),)

    id: Mapped[int] = mapped_column(primary_key=True)
    organisation_id: Mapped[int] = mapped_column(ForeignKey("organisation.id"), index=True)
    name: Mapped[str] = mapped_column(String(200))
    address: Mapped[str] = mapped_column(Text, default="")
    postcode: Mapped[str] = mapped_column(String(10), default="")
    privacy: Mapped[str] = mapped_column(String(12), default="open")
    latitude: Mapped[float | None] = mapped_column(Float)
    longitude: Mapped[float | None] = mapped_column(Float)
    ward_code: Mapped[str] = mapped_column(String(9), default="")
    ward_name: Mapped[str] = mapped_column(String(100), default="")
    authority_code: Mapped[str] = mapped_column(String(9), default="")
    authority_name: Mapped[str] = mapped_column(String(100), default="")
    version: Mapped[int] = mapped_column(Integer, default=1)

    organisation: Mapped[Organisation] = relationship(back_populates="venues")


class Activity(Belonging, db.Model):
    """Something a child can go to (Open Referral: service).

    Ages are months: “5 to 11” is 60 to 143, and `ages_said` is how the club says them. Money is
    whole pence. It happens at one or more places of its club, or online, or at various places
    (`place_area` says where about). `picture` names the two sizes of it that are in force, by
    their digests, with its words (registry.organisations.pictures). `about` holds the profile
    answers of the activity (domain A.6.0), as the criteria name them. What was not answered yet
    is null and never a guess: nobody said that it is free. It is a draft until nothing is
    missing, then live, which makes it public only where its organisation is listed. It is
    waiting while the council has not accepted its risk check, or a new flag of it.
    """

    __tablename__ = "activity"
    __table_args__ = (
        CheckConstraint(check_constraint("state", ACTIVITY_STATES), name="state"),
        CheckConstraint(check_constraint("price_kind", PRICE_KINDS), name="price_kind"),
        CheckConstraint(check_constraint("parent_stays", PARENT_STAYS), name="parent_stays"),
        CheckConstraint(check_constraint("booking_kind", BOOKING_KINDS), name="booking_kind"),
        CheckConstraint(check_constraint("ages_said", AGES_SAID), name="ages_said"),
        CheckConstraint(check_constraint("place_kind", PLACE_KINDS), name="place_kind"),
        CheckConstraint(check_constraint("price_period", PRICE_PERIODS), name="price_period"),
        CheckConstraint(check_constraint("trial", TRIALS), name="trial"),
        CheckConstraint(check_constraint("waiting_list", YES_NO), name="waiting_list"),
        CheckConstraint("min_months <= max_months", name="ages"),
    )

    id: Mapped[int] = mapped_column(primary_key=True)
    organisation_id: Mapped[int] = mapped_column(ForeignKey("organisation.id"), index=True)
    slug: Mapped[str] = mapped_column(String(120), unique=True)
    name: Mapped[str] = mapped_column(String(200))
    summary: Mapped[str] = mapped_column(String(300), default="")
    description: Mapped[str] = mapped_column(Text, default="")
    bring: Mapped[str] = mapped_column(String(300), default="")
    state: Mapped[str] = mapped_column(String(10), default="draft")
    min_months: Mapped[int] = mapped_column(Integer)
    max_months: Mapped[int] = mapped_column(Integer)
    ages_said: Mapped[str] = mapped_column(String(6), default="years")
    parent_stays: Mapped[str | None] = mapped_column(String(10))
    place_kind: Mapped[str] = mapped_column(String(7), default="venues")
    place_area: Mapped[str] = mapped_column(String(200), default="")
    price_kind: Mapped[str | None] = mapped_column(String(10))
    price_pence: Mapped[int] = mapped_column(Integer, default=0)
    price_period: Mapped[str | None] = mapped_column(String(5))
    price_note: Mapped[str] = mapped_column(String(200), default="")
    trial: Mapped[str | None] = mapped_column(String(4))
    trial_pence: Mapped[int] = mapped_column(Integer, default=0)
    booking_kind: Mapped[str | None] = mapped_column(String(10))
    booking_link: Mapped[str] = mapped_column(String(300), default="")
    booking_note: Mapped[str] = mapped_column(String(300), default="")
    waiting_list: Mapped[str | None] = mapped_column(String(3))
    languages: Mapped[list[str]] = mapped_column(JsonDocument, default=list)
    picture: Mapped[dict[str, Any] | None] = mapped_column(JsonDocument)
    about: Mapped[dict[str, Any]] = mapped_column(JsonDocument, default=dict)
    last_on: Mapped[date | None] = mapped_column(Date)
    version: Mapped[int] = mapped_column(Integer, default=1)

    organisation: Mapped[Organisation] = relationship(back_populates="activities")
    happens_at: Mapped[list["ActivityVenue"]] = relationship(
        cascade="all, delete-orphan", order_by="ActivityVenue.position"
    )
    sessions: Mapped[list["Session"]] = relationship(
        cascade="all, delete-orphan", order_by="Session.id"
    )
    categories: Mapped[list["ActivityCategory"]] = relationship(
        cascade="all, delete-orphan", order_by="ActivityCategory.position"
    )
    marks: Mapped[list["ActivityMark"]] = relationship(
        cascade="all, delete-orphan", order_by="ActivityMark.code"
    )

    @property
    def venues(self) -> list[Venue]:
        """The places of its club where it happens, the main one first."""
        return [one.venue for one in self.happens_at]

    @property
    def venue(self) -> Venue | None:
        """The main place of its club where it happens; none for one that is online."""
        return self.happens_at[0].venue if self.happens_at else None


class ActivityVenue(db.Model):
    """A place where an activity happens; position 0 is the main one."""

    __tablename__ = "activity_venue"
    __table_args__ = (UniqueConstraint("activity_id", "venue_id"),)

    activity_id: Mapped[int] = mapped_column(
        ForeignKey("activity.id", ondelete="CASCADE"), primary_key=True
    )
    position: Mapped[int] = mapped_column(Integer, primary_key=True)
    venue_id: Mapped[int] = mapped_column(ForeignKey("venue.id"), index=True)

    venue: Mapped[Venue] = relationship(lazy="joined")


class ActivityCategory(db.Model):
    """A category of an activity; position 0 is the main one, up to three more follow."""

    __tablename__ = "activity_category"
    __table_args__ = (
        CheckConstraint("position BETWEEN 0 AND 3", name="position"),
        UniqueConstraint("activity_id", "code"),
    )

    activity_id: Mapped[int] = mapped_column(
        ForeignKey("activity.id", ondelete="CASCADE"), primary_key=True
    )
    position: Mapped[int] = mapped_column(Integer, primary_key=True)
    code: Mapped[str] = mapped_column(String(60))


class ActivityMark(db.Model):
    """What the club says of one kind of support or access: yes, ask us, or no."""

    __tablename__ = "activity_mark"
    __table_args__ = (CheckConstraint(check_constraint("answer", MARK_ANSWERS), name="answer"),)

    activity_id: Mapped[int] = mapped_column(
        ForeignKey("activity.id", ondelete="CASCADE"), primary_key=True
    )
    code: Mapped[str] = mapped_column(String(40), primary_key=True)
    answer: Mapped[str] = mapped_column(String(5))
    note: Mapped[str] = mapped_column(String(200), default="")


class Session(db.Model):
    """When an activity happens: a recurrence, not one date (Open Referral: schedule).

    registry.timetable says what each pattern means; a session is kept there, and on cards, as
    the plain JSON of registry.organisations.facts. `key` names it in addresses and in calendar
    files, and stays. `off` and `extra` are the single days that differ from the rule.
    """

    __tablename__ = "session"
    __table_args__ = (
        CheckConstraint(check_constraint("pattern", PATTERNS), name="pattern"),
        CheckConstraint("starts < ends", name="times"),
        CheckConstraint(check_constraint("season", SEASONS), name="season"),
        CheckConstraint("nth BETWEEN -1 AND 4", name="nth"),
        UniqueConstraint("activity_id", "key"),
    )

    id: Mapped[int] = mapped_column(primary_key=True)
    activity_id: Mapped[int] = mapped_column(ForeignKey("activity.id", ondelete="CASCADE"))
    key: Mapped[str] = mapped_column(String(12))
    pattern: Mapped[str] = mapped_column(String(12), default="weekly")
    days: Mapped[list[int]] = mapped_column(JsonDocument, default=list)
    starts: Mapped[time] = mapped_column(Time)
    ends: Mapped[time] = mapped_column(Time)
    season: Mapped[str] = mapped_column(String(10), default="term")
    anchor: Mapped[date | None] = mapped_column(Date)
    nth: Mapped[int] = mapped_column(Integer, default=0)
    dates: Mapped[list[str]] = mapped_column(JsonDocument, default=list)
    runs: Mapped[list[list[str]]] = mapped_column(JsonDocument, default=list)
    off: Mapped[list[dict[str, str]]] = mapped_column(JsonDocument, default=list)
    extra: Mapped[list[dict[str, str]]] = mapped_column(JsonDocument, default=list)
