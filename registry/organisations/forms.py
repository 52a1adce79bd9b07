"""What a club is asked about itself, its places and its activities."""

from collections.abc import Iterable, Mapping
from dataclasses import replace
from functools import cache
from types import MappingProxyType
from typing import Any

from wtforms.validators import ValidationError

from registry.config import settings
from registry.criteria.content import Part
from registry.criteria.loading import current_edition
from registry.geography.places import normalise_postcode
from registry.organisations import categories as taxonomy
from registry.organisations.ages import OLDEST_WITH_SEND, months_from, oldest_allowed, years_from
from registry.organisations.gaps import PRICED
from registry.organisations.models import Activity, Organisation, Venue
from registry.organisations.reach import phone_number, web_address
from registry.organisations.services.activities import codes_of, marks_of
from registry.web.fields import (
    CheckboxesField,
    ConfirmField,
    EmailField,
    HiddenField,
    IntegerField,
    MoneyField,
    RadiosField,
    SelectField,
    StringField,
    TextAreaField,
    TimeField,
)
from registry.web.formats import DAY_NAMES
from registry.web.forms import Form, Needed
from registry.web.readings import UnreadableError, shown

SHOW_IT = "Show it to the public"


class LinkField(StringField):
    """A web address."""

    default_subject = "The web address"

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        """Long enough for a booking page."""
        given = {"max_length": 300, "inputmode": "url", "spellcheck": False}
        super().__init__(*args, **{**given, "autocapitalize": "none", **kwargs})

    def read(self, typed: str) -> Any:
        """The whole address, with its https."""
        text = super().read(typed)
        try:
            return web_address(text)
        except ValueError:
            raise UnreadableError(
                f"{self.subject} must look like www.example.org. You put “{shown(text)}”"
            ) from None


class PhoneField(StringField):
    """A telephone number."""

    default_subject = "The phone number"

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        """Asks a phone for its number keys."""
        given = {"max_length": 40, "inputmode": "tel", "autocomplete": "tel", "width": "20"}
        super().__init__(*args, **{**given, **kwargs})

    def read(self, typed: str) -> Any:
        """The number as people here write it."""
        text = super().read(typed)
        try:
            return phone_number(text)
        except ValueError:
            raise UnreadableError(
                f"{self.subject} must be a whole number, like 01632 960 123. "
                f"You put “{shown(text)}”"
            ) from None


class VersionedForm(Form):
    """A form over a record that somebody else may be changing at the same time."""

    version = HiddenField()

    @property
    def seen_version(self) -> int:
        """The version that this person read. What cannot be read was never a version."""
        word = str(self.version.data or "")
        return int(word) if word.isascii() and word.isdecimal() and len(word) < 10 else 0

    @classmethod
    def over(cls, record: Any, sent: Any) -> "VersionedForm":
        """The form filled with what was sent, else with what is kept."""
        return cls(sent, data={"version": record.version, **cls.kept(record)})

    @classmethod
    def kept(cls, record: Any) -> dict[str, Any]:
        """What the record says, by the name of each field."""
        raise NotImplementedError

    def told(self) -> dict[str, Any]:
        """What was typed, as the service takes it."""
        raise NotImplementedError

    def others(self, now: "VersionedForm") -> list[dict[str, str]]:
        """Each answer that differs from what the record says now: its label and both values."""
        return [
            {"label": field.label.text, "now": said(now[field.name]), "yours": said(field)}
            for field in self
            if field.name not in ("version", self.meta.csrf_field_name)
            and (field.data or None) != (now[field.name].data or None)
        ]


def said(field: Any) -> str:
    """An answer in words, for a page that shows two of them side by side."""
    if isinstance(field, ConfirmField):
        return "Yes" if field.data else "No"
    if hasattr(field, "choices"):
        labels = {choice.value: choice.label for choice in field.choices}
        return ", ".join(labels.get(value, "") for value in field.chosen) or "Nothing"
    return field.typed or "Nothing"


class OrganisationForm(VersionedForm):
    """Who an organisation is, and which ways to reach it are public."""

    name = StringField(
        "What is your organisation called?",
        [Needed("Enter the name of your organisation")],
        hint="The name that families know. If you work alone, it can be your own name.",
        subject="The name",
        autocomplete="organization",
    )
    description = TextAreaField(
        "What do you do?",
        hint="A few sentences for families. You can write this later.",
        subject="What you do",
        max_length=2000,
        rows=4,
    )
    website = LinkField("Website (if you have one)")
    website_is_public = ConfirmField(SHOW_IT)
    phone = PhoneField("Phone number (if you have one)")
    phone_is_public = ConfirmField(SHOW_IT)
    email = EmailField("Email address (if you have one)")
    email_is_public = ConfirmField(SHOW_IT)

    def validate(self, extra_validators: Any = None) -> bool:
        """Nothing can be shown that is not there."""
        good = bool(super().validate(extra_validators))
        for name, thing in (
            ("website", "website"),
            ("phone", "phone number"),
            ("email", "email address"),
        ):
            field = self[name]
            if self[f"{name}_is_public"].data and not field.data and not field.errors:
                self.add_error(name, f"Enter the {thing}, or do not tick “{SHOW_IT}”")
                good = False
        return good

    @classmethod
    def kept(cls, record: Organisation) -> dict[str, Any]:
        """What the organisation says of itself."""
        return {name: getattr(record, name) for name in cls._names()}

    def told(self) -> dict[str, Any]:
        """What was typed; a box that is not ticked is no."""
        return {
            name: bool(self[name].data) if name.endswith("_is_public") else self[name].data
            for name in self._names()
        }

    @staticmethod
    def _names() -> tuple[str, ...]:
        ways = ("website", "phone", "email")
        return ("name", "description", *ways, *(f"{way}_is_public" for way in ways))


def privacy_choices() -> list[tuple[str, str, str]]:
    """How much of a place families may see, in the words of this council's place."""
    city = settings().place_name
    return [
        ("open", "All of it", "Families see the name, the address and the postcode."),
        (
            "hidden",
            "Only the area",
            "For somebody’s home, or a place that must not be found. Families see the ward, "
            "and never the name, the address or the postcode.",
        ),
        (
            "hidden_area",
            f"Only “{city}”",
            "For a refuge. Families see the city and nothing nearer.",
        ),
        ("online", "It is online", "There is no place to go to."),
    ]


class VenueForm(VersionedForm):
    """A place, and how much of it may be public."""

    name = StringField(
        "What is the place called?",
        [Needed("Enter a name for the place")],
        hint="For example, Foundry Lane Hall.",
        subject="The name",
        max_length=120,
    )
    privacy = RadiosField(
        "How much of it may families see?",
        [Needed("Choose how much families may see")],
        choices=privacy_choices,
    )
    address = TextAreaField(
        "Address, without the postcode",
        hint="One line for each part.",
        subject="The address",
        max_length=400,
        rows=3,
    )
    postcode = StringField(
        "Postcode",
        hint="For example, WV1 1AA. It puts the place on the map.",
        subject="The postcode",
        max_length=20,
        width="10",
        autocomplete="postal-code",
        spellcheck=False,
    )

    def validate_postcode(self, field: Any) -> None:
        """It must look like a postcode; whether we know it is another matter."""
        if field.data and not normalise_postcode(field.data):
            raise ValidationError(
                f"The postcode must be a whole one, like WV1 1AA. You put “{shown(field.data)}”"
            )

    def validate_address(self, field: Any) -> None:
        """A place that families may see must be a place that they can find."""
        if self.privacy.data == "open" and not field.data and not self.postcode.data:
            raise ValidationError("Enter the address or the postcode")

    @classmethod
    def kept(cls, record: Venue) -> dict[str, Any]:
        """What the club says of the place."""
        return {n: getattr(record, n) for n in ("name", "privacy", "address", "postcode")}

    def told(self) -> dict[str, Any]:
        """What was typed."""
        return {n: self[n].data for n in ("name", "privacy", "address", "postcode")}


CATEGORY_CHOICES = {
    first.label: [(sub.code, sub.label) for sub in first.subs] for first in taxonomy.categories()
}
TOO_OLD = (
    "The oldest age must be 18 or less. It can be up to 25 only where the kind of activity is "
    "for young people with special needs (SEND)"
)


class _Kinds(VersionedForm):
    """The name of an activity and what kind it is."""

    name = StringField(
        "What is the activity called?",
        [Needed("Enter the name of the activity")],
        hint="For example, Street Dance Juniors.",
        subject="The name",
        max_length=120,
    )
    summary = TextAreaField(
        "Say what it is in a sentence or two",
        [Needed("Say what it is in a sentence or two")],
        hint="Families see this in a list. For example: Learn street dance with friends.",
        subject="This",
        max_length=200,
        rows=2,
        count=True,
    )
    category = SelectField(
        "What kind of activity is it?",
        [Needed("Choose what kind of activity it is")],
        hint="Choose the one that fits best.",
        choices=CATEGORY_CHOICES,
    )


class NewActivityForm(_Kinds):
    """The first page about an activity: enough to know it by."""

    youngest = IntegerField(
        "Youngest age",
        [Needed("Enter the youngest age")],
        hint="In years. Put 0 for babies.",
        subject="The youngest age",
        maximum=OLDEST_WITH_SEND,
        width="2",
    )
    oldest = IntegerField(
        "Oldest age",
        [Needed("Enter the oldest age")],
        hint="Children of this age can still come.",
        subject="The oldest age",
        maximum=OLDEST_WITH_SEND,
        width="2",
    )

    def validate_oldest(self, field: Any) -> None:
        """In order, and not above what this kind of activity goes up to."""
        check_ages(self.youngest.data, field.data, [self.category.data or ""])

    def told(self) -> dict[str, Any]:
        """What was typed, ages in months."""
        min_months, max_months = months_from(self.youngest.data, self.oldest.data)
        return {
            "name": self.name.data,
            "summary": self.summary.data,
            "categories": [self.category.data],
            "min_months": min_months,
            "max_months": max_months,
        }


class WhatForm(_Kinds):
    """What an activity is."""

    description = TextAreaField(
        "Tell families more",
        hint="What do children do? What is it like the first time?",
        subject="This",
        rows=6,
    )
    second = SelectField(
        "Another kind (if it fits)", choices=CATEGORY_CHOICES, empty="No other kind"
    )
    third = SelectField(
        "A third kind (if it fits)", choices=CATEGORY_CHOICES, empty="No other kind"
    )
    fourth = SelectField(
        "A fourth kind (if it fits)", choices=CATEGORY_CHOICES, empty="No other kind"
    )
    max_months: int = 0

    @classmethod
    def over(cls, record: Any, sent: Any) -> "WhatForm":
        """Knows how old the children of this activity are."""
        form = cls(sent, data={"version": record.version, **cls.kept(record)})
        form.max_months = record.max_months
        return form

    def codes(self) -> list[str]:
        """The kinds chosen, the main one first."""
        chosen = (self.category, self.second, self.third, self.fourth)
        return [field.data for field in chosen if field.data]

    def validate(self, extra_validators: Any = None) -> bool:
        """Each kind once, and no kind that the ages do not fit."""
        good = bool(super().validate(extra_validators))
        codes = self.codes()
        for name in ("second", "third", "fourth"):
            if self[name].data and codes.count(self[name].data) > 1 and good:
                self.add_error(name, "You have chosen this kind already. Choose another, or none")
                good = False
        oldest = years_from(0, self.max_months)[1]
        if good and oldest > oldest_allowed(codes):
            self.add_error(
                "category",
                f"These kinds go up to age {oldest_allowed(codes)}, and your activity goes up to "
                f"age {oldest}. Change the ages first",
            )
            good = False
        return good

    @classmethod
    def kept(cls, record: Activity) -> dict[str, Any]:
        """What the activity says it is."""
        codes = [*codes_of(record), "", "", "", ""]
        return {
            "name": record.name,
            "summary": record.summary,
            "description": record.description,
            "category": codes[0],
            "second": codes[1],
            "third": codes[2],
            "fourth": codes[3],
        }

    def told(self) -> dict[str, Any]:
        """What was typed."""
        return {
            "name": self.name.data,
            "summary": self.summary.data,
            "description": self.description.data,
            "categories": self.codes(),
        }


class WhoForm(VersionedForm):
    """Who can come."""

    youngest = IntegerField(
        "Youngest age",
        [Needed("Enter the youngest age")],
        hint="In years. Put 0 for babies.",
        subject="The youngest age",
        maximum=OLDEST_WITH_SEND,
        width="2",
    )
    oldest = IntegerField(
        "Oldest age",
        [Needed("Enter the oldest age")],
        hint="Children of this age can still come.",
        subject="The oldest age",
        maximum=OLDEST_WITH_SEND,
        width="2",
    )
    parent_stays = RadiosField(
        "Does a parent or carer stay?",
        [Needed("Say if a parent or carer stays")],
        choices=[
            ("no", "No", "You look after the children."),
            ("optional", "They may", "Some stay and some do not."),
            ("yes", "Yes, always", "Each child comes with a grown-up."),
        ],
    )
    languages = StringField(
        "Which languages do you speak with families?",
        hint="With commas between them. For example: English, Panjabi, Polish.",
        subject="The languages",
    )
    codes: tuple[str, ...] = ()

    @classmethod
    def over(cls, record: Any, sent: Any) -> "WhoForm":
        """Knows what kind of activity it is."""
        form = cls(sent, data={"version": record.version, **cls.kept(record)})
        form.codes = tuple(codes_of(record))
        return form

    def validate_oldest(self, field: Any) -> None:
        """In order, and not above what this kind of activity goes up to."""
        check_ages(self.youngest.data, field.data, self.codes)

    @classmethod
    def kept(cls, record: Activity) -> dict[str, Any]:
        """Who can come, in years."""
        youngest, oldest = years_from(record.min_months, record.max_months)
        return {
            "youngest": youngest,
            "oldest": oldest,
            "parent_stays": record.parent_stays,
            "languages": record.languages,
        }

    def told(self) -> dict[str, Any]:
        """What was typed, ages in months."""
        min_months, max_months = months_from(self.youngest.data, self.oldest.data)
        words = [word.strip() for word in self.languages.data.split(",")]
        return {
            "min_months": min_months,
            "max_months": max_months,
            "parent_stays": self.parent_stays.data,
            "languages": ", ".join(filter(None, words)),
        }


def check_ages(youngest: int | None, oldest: int | None, codes: Iterable[str]) -> None:
    """Say what is wrong with two ages, if both can be read."""
    if youngest is None or oldest is None:
        return
    if oldest < youngest:
        raise ValidationError(
            f"The oldest age must be {youngest} or more, because the youngest is {youngest}"
        )
    if oldest > oldest_allowed(codes):
        raise ValidationError(TOO_OLD)


class SessionForm(Form):
    """When an activity happens each week."""

    day = SelectField(
        "Day",
        [Needed("Choose the day")],
        choices=[(str(number), name) for number, name in enumerate(DAY_NAMES)],
        coerce=int,
        empty="Choose a day",
    )
    starts = TimeField(
        "Starts at",
        [Needed("Enter when it starts")],
        hint="For example, 4.30pm",
        subject="The start",
    )
    ends = TimeField(
        "Ends at", [Needed("Enter when it ends")], hint="For example, 5.30pm", subject="The end"
    )
    season = RadiosField(
        "Which part of the year?",
        [Needed("Choose which part of the year")],
        choices=[
            ("term", "In term time"),
            ("holidays", "In school holidays"),
            ("all_year", "All year"),
        ],
    )

    def validate_ends(self, field: Any) -> None:
        """A session ends on the day on which it starts."""
        if field.data and self.starts.data and field.data <= self.starts.data:
            raise ValidationError(
                f"The end must be later than the start, on the same day. "
                f"You put {self.starts.typed} to {field.typed}"
            )

    def told(self) -> dict[str, Any]:
        """What was typed."""
        return {n: self[n].data for n in ("day", "starts", "ends", "season")}


class WhereForm(VersionedForm):
    """At which of the club's places an activity happens."""

    venue = RadiosField("Where does it happen?", [Needed("Choose where it happens")], coerce=int)
    venues: Mapping[int, Venue] = MappingProxyType({})

    @classmethod
    def over(cls, record: Any, sent: Any) -> "WhereForm":
        """Offers the places of this activity's organisation, before what was sent is read."""
        places = list(record.organisation.venues)
        field = RadiosField(
            "Where does it happen?",
            [Needed("Choose where it happens")],
            coerce=int,
            choices=[(str(one.id), one.name, _place_hint(one)) for one in places],
        )
        offering = type("WhereForm", (cls,), {"venue": field})
        form: WhereForm = offering(sent, data={"version": record.version, **cls.kept(record)})
        form.venues = {one.id: one for one in places}
        return form

    @classmethod
    def kept(cls, record: Activity) -> dict[str, Any]:
        """Where it happens now; the only place there is, where there is but one."""
        places = record.organisation.venues
        return {"venue": record.venue_id or (places[0].id if len(places) == 1 else None)}

    def told(self) -> dict[str, Any]:
        """The place itself."""
        return {"venue": self.venues[self.venue.data]}


def _place_hint(venue: Venue) -> str:
    if venue.privacy == "online":
        return ""
    lines = [line.strip() for line in venue.address.splitlines() if line.strip()]
    return ", ".join([*lines, venue.postcode] if venue.postcode else lines)


class CostForm(VersionedForm):
    """What an activity costs."""

    price_kind = RadiosField(
        "What does it cost?",
        [Needed("Choose what it costs")],
        choices=[
            ("free", "It is free"),
            ("session", "A price for each session"),
            ("term", "A price for a term or a course"),
            ("donation", "Families pay what they can"),
            ("haf", "Free with a code", "For holiday activities and food (HAF)."),
        ],
    )
    price = MoneyField(
        "How much?",
        hint="In pounds and pence, like 3.50. Leave this empty if it is free.",
        maximum=500_000,
    )
    price_note = StringField(
        "Anything else about the cost?",
        hint="For example: brothers and sisters £2.50. Ask us if money is tight.",
        subject="This",
        max_length=150,
    )

    def validate_price(self, field: Any) -> None:
        """A price where there is one to pay, and none where there is not."""
        if self.price_kind.data in PRICED and not field.data:
            raise ValidationError("Enter the price, or choose “It is free”")
        if self.price_kind.data in ("free", "haf") and field.data:
            raise ValidationError("You chose free. Take the price away, or choose another answer")

    @classmethod
    def kept(cls, record: Activity) -> dict[str, Any]:
        """What it costs now."""
        return {
            "price_kind": record.price_kind,
            "price": record.price_pence or None,
            "price_note": record.price_note,
        }

    def told(self) -> dict[str, Any]:
        """What was typed, in pence."""
        return {
            "price_kind": self.price_kind.data,
            "price_pence": self.price.data or 0,
            "price_note": self.price_note.data,
        }


class BookingForm(VersionedForm):
    """How families book, and what children bring."""

    booking_kind = RadiosField(
        "How do families book?",
        [Needed("Choose how families book")],
        choices=[
            ("turn_up", "They just turn up"),
            ("link", "Online"),
            ("phone", "By phone"),
            ("email", "By email"),
        ],
    )
    booking_link = LinkField("The web page where they book", hint="Only if they book online.")
    booking_note = StringField(
        "Anything to know before they book?",
        hint="For example: the first time is free. There is a waiting list.",
        subject="This",
        max_length=250,
    )
    bring = StringField(
        "What should children bring?",
        hint="For example: trainers and a drink.",
        subject="This",
        max_length=250,
    )

    @classmethod
    def over(cls, record: Any, sent: Any) -> "BookingForm":
        """Says which phone number and which address families would see."""
        form = cls(sent, data={"version": record.version, **cls.kept(record)})
        organisation = record.organisation
        seen = {
            "phone": _seen("phone number", organisation.phone, organisation.public_phone),
            "email": _seen("email address", organisation.email, organisation.public_email),
        }
        form.booking_kind.choices = [
            replace(choice, hint=seen.get(choice.value, choice.hint))
            for choice in form.booking_kind.choices
        ]
        return form

    def validate_booking_link(self, field: Any) -> None:
        """A page to book on, where they book online."""
        if self.booking_kind.data == "link" and not field.data:
            raise ValidationError("Enter the web page where families book")

    @classmethod
    def kept(cls, record: Activity) -> dict[str, Any]:
        """How families book now."""
        names = ("booking_kind", "booking_link", "booking_note", "bring")
        return {name: getattr(record, name) for name in names}

    def told(self) -> dict[str, Any]:
        """What was typed."""
        names = ("booking_kind", "booking_link", "booking_note", "bring")
        return {name: self[name].data for name in names}


def _seen(thing: str, kept: str, public: str) -> str:
    """What families would see of a way to reach the club."""
    if public:
        return f"Families see {public}"
    return f"Your {thing} is not public yet" if kept else f"You have given us no {thing} yet"


class _SupportForm(VersionedForm):
    """Support and access: each point yes, ask us, no, or not said."""

    @classmethod
    def kept(cls, record: Activity) -> dict[str, Any]:
        """What was answered; the rest is not said."""
        answered = marks_of(record)
        answers = {f"mark_{code}": answer for code, (answer, _) in answered.items()}
        return answers | {f"note_{code}": note for code, (_, note) in answered.items()}

    def told(self) -> dict[str, Any]:
        """Only what was answered. A note about nothing is not kept."""
        return {
            "marks": {
                one.code: (self[f"mark_{one.code}"].data, self[f"note_{one.code}"].data)
                for one in taxonomy.marks()
                if self[f"mark_{one.code}"].data
            }
        }

    def groups(self) -> dict[str, list[tuple[Any, Any]]]:
        """The questions under their headings, each with its note."""
        found: dict[str, list[tuple[Any, Any]]] = {group: [] for group in taxonomy.GROUPS}
        for one in taxonomy.marks():
            found[one.group].append((self[f"mark_{one.code}"], self[f"note_{one.code}"]))
        return found


@cache
def support_form() -> type[_SupportForm]:
    """The form over every mark of the content."""
    fields: dict[str, Any] = {}
    for one in taxonomy.marks():
        fields[f"mark_{one.code}"] = SelectField(
            one.label,
            hint=one.hint,
            choices=[("yes", "Yes"), ("ask", "Ask us"), ("no", "No")],
            empty="Not said",
        )
        fields[f"note_{one.code}"] = StringField(
            f"A few words about: {one.label}", subject="This", max_length=150
        )
    return type("SupportForm", (_SupportForm,), fields)


class _SafetyForm(VersionedForm):
    """The profile questions of an activity, as the edition asks them."""

    @classmethod
    def over(cls, record: Any, sent: Any) -> "_SafetyForm":
        """Asks about long stays only where children under 8 come."""
        form = cls(sent, data={"version": record.version, **cls.kept(record)})
        if record.min_months >= 8 * 12:
            del form["p_ages__long_stay"]
        form.about = dict(record.about)
        return form

    @classmethod
    def kept(cls, record: Activity) -> dict[str, Any]:
        """The profile answers of the activity, part by part."""
        return {
            f"{key}__{part}": value
            for key, parts in record.about.items()
            if isinstance(parts, Mapping)
            for part, value in parts.items()
        }

    def told(self) -> dict[str, Any]:
        """The profile answers, those that this form does not ask left as they were."""
        about = {key: dict(parts) for key, parts in self.about.items()}
        for name, field in self._fields.items():
            key, _, part = name.partition("__")
            if part:
                about.setdefault(key, {})[part] = field.data
        return {"about": about}

    def questions(self) -> list[Any]:
        """The questions, in the order of the edition."""
        return [field for name, field in self._fields.items() if "__" in name]


@cache
def safety_form() -> type[_SafetyForm]:
    """The form over the activity's profile questions of the newest edition."""
    fields: dict[str, Any] = {}
    for question in current_edition().profile_of("activity"):
        for part in question.parts:
            if part.type in ("yn", "multi"):
                text = part.label or question.text
                fields[f"{question.key}__{part.name}"] = _asked(part, text, question.help)
    return type("SafetyForm", (_SafetyForm,), fields)


def _asked(part: Part, text: str, hint: str) -> Any:
    if part.type == "yn":
        return RadiosField(
            text,
            [Needed(f"Choose yes or no: {text}")],
            hint=hint,
            choices=[("yes", "Yes"), ("no", "No")],
            inline=True,
        )
    alone = next(((c.value, c.label) for c in part.choices if c.alone), None)
    return CheckboxesField(
        text,
        [Needed(part.missing or "Tick at least one")],
        hint=hint,
        choices=[(c.value, c.label, c.hint) for c in part.choices if not c.alone],
        none=alone,
    )


def form_of_page(page: str) -> type[VersionedForm]:
    """The form of one page about an activity."""
    if page == "support":
        return support_form()
    if page == "safety":
        return safety_form()
    return {"what": WhatForm, "who": WhoForm, "where": WhereForm, "cost": CostForm,
            "booking": BookingForm}[page]  # fmt: skip


class PlainForm(Form):
    """Nothing to fill in: one button that asks to be sure."""
