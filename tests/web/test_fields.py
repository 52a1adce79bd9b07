"""Every kind of question: what it reads, what it refuses and in which words, how it is drawn."""

import re
from collections.abc import Callable, Iterator
from datetime import date, time
from io import BytesIO
from typing import Any

import pytest
from flask import Flask, render_template_string
from hypothesis import given
from hypothesis import settings as hypothesis_settings
from hypothesis import strategies as st
from werkzeug.datastructures import FileStorage, MultiDict
from wtforms import Form as PlainForm

from registry.config import Settings
from registry.web import fields
from registry.web.forms import Form, Needed, NotInFuture, NotInPast, SameAs
from registry.web.presentation import prepare_templates
from tests.inspection import elements, labels_of, parse

TEMPLATE = """<!doctype html><html lang="en-GB"><head><title>T</title></head><body>
{% from "components/error_summary.html" import error_summary %}
{% from "components/field.html" import field %}
{{ error_summary(form) }}
<form>{% for question in form %}{{ field(question, **opts) }}{% endfor %}</form></body></html>"""

Ask = Callable[..., PlainForm]


@pytest.fixture(scope="module")
def drawing() -> Flask:
    """Just enough of an application to draw a field: no database, no views."""
    app = Flask("drawing", template_folder=None, static_folder=None)
    app.extensions["settings"] = Settings(environment="test")
    app.config["SECRET_KEY"] = "for drawing only"
    prepare_templates(app, "templates")
    return app


@pytest.fixture
def asked(drawing: Flask) -> Iterator[None]:
    """A page is being made."""
    with drawing.test_request_context("/", method="POST"):
        yield


def answered(sent: Any = None, /, data: dict[str, Any] | None = None, **questions: Any) -> Form:
    """A form of these questions, with what was sent already checked."""
    form_class = type("Asked", (Form,), questions)
    formdata = None if sent is None else MultiDict(sent)
    form: Form = form_class(formdata=formdata, data=data, meta={"csrf": False})
    if sent is not None:
        form.validate()
    return form


def drawn(form: Form, **opts: Any) -> str:
    """The form as HTML that a strict reader accepts."""
    html = render_template_string(TEMPLATE, form=form, opts=opts)
    parse(html)
    return html


EVERY_KIND: dict[str, Any] = {
    "name": fields.StringField("Name"),
    "email": fields.EmailField("Email"),
    "secret": fields.PasswordField("Password"),
    "about": fields.TextAreaField("About", count=True),
    "people": fields.IntegerField("People"),
    "checked": fields.DateField("Checked"),
    "start": fields.TimeField("Start"),
    "price": fields.MoneyField("Price"),
    "steps": fields.RadiosField("Steps", choices=[("yes", "Yes"), ("no", "No", "Not yet")]),
    "paid": fields.YesNoField("Paid"),
    "kinds": fields.CheckboxesField(
        "Kinds", choices=[("a", "Sport"), ("b", "Music")], none=("none", "None of these")
    ),
    "place": fields.SelectField("Place", choices={"Halls": [("h", "Hall")]}),
    "paper": fields.FileField("Paper"),
    "papers": fields.FilesField("Papers"),
    "promise": fields.ConfirmField("It is true"),
}


# Text


def test_text_loses_the_spaces_round_it(asked: None) -> None:
    form = answered({"q": "  Low Hill  "}, q=fields.StringField("Name"))
    assert form.q.data == "Low Hill"


def test_a_line_of_text_stays_one_line(asked: None) -> None:
    form = answered({"q": "Low\r\nHill"}, q=fields.StringField("Name"))
    assert form.q.data == "Low Hill"


def test_lines_keep_one_kind_of_end(asked: None) -> None:
    form = answered({"q": "one\r\ntwo\rthree"}, q=fields.TextAreaField("About"))
    assert form.q.data == "one\ntwo\nthree"


@pytest.mark.parametrize("kind", [fields.StringField, fields.TextAreaField, fields.EmailField])
def test_a_nul_is_a_form_error_and_is_not_shown_again(asked: None, kind: Any) -> None:
    form = answered({"q": "Low\x00Hill"}, q=kind("Name"))
    assert "a character that we cannot keep" in form.q.errors[0]
    assert "\x00" not in drawn(form)


def test_too_long_a_text_says_how_long_it_is(asked: None) -> None:
    form = answered(
        {"q": "x" * 30}, q=fields.StringField("Name", max_length=20, subject="The name")
    )
    assert form.q.errors == ["The name must be 20 characters or fewer. You have 30"]
    assert "x" * 30 in drawn(form)


def test_nothing_typed_is_asked_for_in_its_own_words(asked: None) -> None:
    form = answered({"q": "  "}, q=fields.StringField("Name", [Needed("Enter the name")]))
    assert form.q.errors == ["Enter the name"]


def test_markup_that_was_typed_is_shown_as_text(asked: None) -> None:
    form = answered(
        {"q": '"><script>x</script>', "n": "<b>"},
        q=fields.StringField("Name"),
        n=fields.IntegerField("Number"),
    )
    html = drawn(form)
    assert "<script>" not in html
    assert "<b>" not in html


@pytest.mark.parametrize(
    "typed", ["name", "name@", "@example.org", "a b@example.org", "a@example", "a@b@example.org"]
)
def test_an_email_address_must_look_like_one(asked: None, typed: str) -> None:
    form = answered({"q": typed}, q=fields.EmailField("Email"))
    assert form.q.errors[0].startswith("The email address must")


def test_an_email_address_of_an_example_is_let_be(asked: None) -> None:
    form = answered({"q": "Dawn@Kingfisher.EXAMPLE"}, q=fields.EmailField("Email"))
    assert not form.q.errors
    assert form.q.data == "Dawn@kingfisher.example"


def test_a_password_keeps_its_spaces_and_never_comes_back(asked: None) -> None:
    form = answered({"q": "  a secret phrase "}, q=fields.PasswordField("Password"))
    assert form.q.data == "  a secret phrase "
    assert "secret phrase" not in drawn(form)


def test_two_passwords_must_be_the_same(asked: None) -> None:
    form = answered(
        {"one": "a", "two": "b"},
        one=fields.PasswordField("Password"),
        two=fields.PasswordField("Again", [SameAs("one", "Type the same password twice")]),
    )
    assert form.two.errors == ["Type the same password twice"]


# Numbers and money


@pytest.mark.parametrize(
    ("typed", "number"), [("0", 0), (" 12 ", 12), ("1,000", 1000), ("007", 7), ("", None)]
)
def test_a_number_is_read(asked: None, typed: str, number: int | None) -> None:
    form = answered({"q": typed}, q=fields.IntegerField("Number"))
    assert form.q.data == number
    assert not form.q.errors


@pytest.mark.parametrize("typed", ["²", "٣", "a few", "1.5", "1e3", "+4", "0x10", "1\x002", "½"])
def test_what_is_not_digits_is_no_number(asked: None, typed: str) -> None:
    form = answered({"q": typed}, q=fields.IntegerField("Number", subject="The number of helpers"))
    assert form.q.errors[0].startswith(
        "The number of helpers must be a whole number in digits, like 12. You put “"
    )
    assert form.q.data is None


def test_thirty_digits_are_too_many(asked: None) -> None:
    form = answered({"q": "9" * 30}, q=fields.IntegerField("Number", maximum=500))
    assert form.q.errors == [f"The number must be 500 or less. You put {'9' * 30}"]


def test_less_than_nothing_is_too_few(asked: None) -> None:
    form = answered({"q": "-3"}, q=fields.IntegerField("Number"))
    assert form.q.errors == ["The number must be 0 or more. You put -3"]


@pytest.mark.parametrize(
    ("typed", "pence"),
    [("3.50", 350), ("£3.5", 350), ("3", 300), ("0", 0), ("1,200.00", 120_000), ("", None)],
)
def test_pounds_are_kept_as_pence(asked: None, typed: str, pence: int | None) -> None:
    form = answered({"q": typed}, q=fields.MoneyField("Price", maximum=1_000_000))
    assert form.q.data == pence
    assert not form.q.errors


@pytest.mark.parametrize("typed", ["3.505", "free", "-1", "3,5o", "٣", "9" * 40])
def test_what_is_not_pounds_says_how_to_type_it(asked: None, typed: str) -> None:
    form = answered({"q": typed}, q=fields.MoneyField("Price"))
    assert form.q.errors[0].startswith("The price must be")


@pytest.mark.parametrize(("pence", "typed"), [(350, "3.50"), (300, "3"), (5, "0.05")])
def test_kept_pence_are_shown_as_pounds(asked: None, pence: int, typed: str) -> None:
    form = answered(data={"q": pence}, q=fields.MoneyField("Price"))
    assert form.q.typed == typed


# Dates and times


def sent_date(day: str, month: str, year: str) -> dict[str, str]:
    """A date as three inputs send it."""
    return {"q-day": day, "q-month": month, "q-year": year}


@pytest.mark.parametrize(
    ("parts", "day"),
    [
        (("27", "3", "2026"), date(2026, 3, 27)),
        ((" 02", "03 ", "2026"), date(2026, 3, 2)),
        (("2", "Nov", "2027"), date(2027, 11, 2)),
        (("2", "september", "2027"), date(2027, 9, 2)),
        (("2", "Sept.", "2027"), date(2027, 9, 2)),
        (("29", "2", "2028"), date(2028, 2, 29)),
        (("", "", ""), None),
    ],
)
def test_a_date_is_read(asked: None, parts: tuple[str, str, str], day: date | None) -> None:
    form = answered(sent_date(*parts), q=fields.DateField("When"))
    assert form.q.data == day
    assert not form.q.errors


@pytest.mark.parametrize(
    ("parts", "said", "first"),
    [
        (("", "3", "2026"), "The date must have a day", "q-day"),
        (("2", "", ""), "The date must have a month and a year", "q-month"),
        (("31", "2", "2026"), "The date must be a real date, like 27 3 2026. You put", "q-day"),
        (("²", "2", "2026"), "The date must be a real date, like 27 3 2026. You put", "q-day"),
        (("1", "13", "2026"), "The date must have a month from 1 to 12. You put", "q-month"),
        (("1", "Ju", "2026"), "The date must have a month from 1 to 12. You put", "q-month"),
        (("1", "2", "26"), "The date must have a year in 4 digits, like 2026. You put", "q-year"),
        (("1", "2", "9999"), "The date must have a year in 4 digits, like 2026. You put", "q-year"),
        (("1" * 5000, "2", "2026"), "The date must be a real date, like 27 3 2026.", "q-day"),
    ],
)
def test_a_wrong_date_says_what_to_put_and_leads_to_the_part_to_mend(
    asked: None, parts: tuple[str, str, str], said: str, first: str
) -> None:
    form = answered(sent_date(*parts), q=fields.DateField("When"))
    assert form.q.errors[0].startswith(said)
    assert form.error_links()[0]["href"] == f"#{first}"
    assert f'id="{first}"' in drawn(form)


def test_the_parts_of_a_wrong_date_are_shown_as_typed(asked: None) -> None:
    html = drawn(answered(sent_date("31", "Feb", "2026"), q=fields.DateField("When")))
    assert re.findall(r'name="q-\w+" type="text" value="(\w+)"', html) == ["31", "Feb", "2026"]


def test_a_missing_date_leads_to_the_day(asked: None) -> None:
    form = answered({}, q=fields.DateField("When", [Needed("Enter the date")]))
    assert form.error_links() == [{"text": "Enter the date", "href": "#q-day"}]


def test_only_the_part_to_mend_is_marked(asked: None) -> None:
    html = drawn(answered(sent_date("1", "2", "26"), q=fields.DateField("When")))
    marked = re.findall(r'class="[^"]*govuk-input--error[^"]*" id="([\w-]+)"', html)
    assert marked == ["q-year"]


@pytest.mark.parametrize(
    ("rule", "typed", "said"),
    [
        (NotInFuture(), ("1", "1", "2190"), "must be today or before. You put 1 January 2190"),
        (NotInPast(), ("1", "1", "1990"), "must be today or after. You put 1 January 1990"),
    ],
)
def test_a_date_on_the_wrong_side_of_today_is_told_so(
    asked: None, rule: Any, typed: tuple[str, str, str], said: str
) -> None:
    form = answered(sent_date(*typed), q=fields.DateField("When", [rule], subject="The review"))
    assert form.q.errors == [f"The review {said}"]


def test_a_kept_date_is_shown_in_its_parts(asked: None) -> None:
    html = drawn(answered(data={"q": date(2026, 11, 2)}, q=fields.DateField("When")))
    assert re.findall(r'name="q-\w+" type="text" value="(\w+)"', html) == ["2", "11", "2026"]


@pytest.mark.parametrize(
    "sent",
    [
        {},
        {"q": "2026-11-22"},
        {"q-day": "1"},
        [("q-day", "1"), ("q-day", "2"), ("q-month", "3"), ("q-year", "2026")],
        {"q-day": FileStorage(BytesIO(b"x"), filename="x.pdf")},
        {"q-day": "\x00", "q-month": "\x00", "q-year": "\x00"},
    ],
)
def test_no_shape_of_a_date_is_a_fault(asked: None, sent: Any) -> None:
    drawn(answered(sent, q=fields.DateField("When")))


@pytest.mark.parametrize(
    ("typed", "moment"),
    [
        ("16:30", time(16, 30)),
        ("16.30", time(16, 30)),
        ("1630", time(16, 30)),
        ("4.30pm", time(16, 30)),
        ("4:30 PM", time(16, 30)),
        ("4 p.m.", time(16)),
        ("4pm", time(16)),
        ("12pm", time(12)),
        ("12am", time(0)),
        ("noon", time(12)),
        ("Midday", time(12)),
        ("midnight", time(0)),
        ("09:15", time(9, 15)),
        ("", None),
    ],
)
def test_a_time_is_read_as_people_write_it(asked: None, typed: str, moment: time | None) -> None:
    form = answered({"q": typed}, q=fields.TimeField("Start"))
    assert form.q.data == moment
    assert not form.q.errors


@pytest.mark.parametrize("typed", ["25:00", "4.75pm", "13pm", "soon", "²pm", "0pm", "4:30:00"])
def test_what_is_no_time_says_how_to_type_one(asked: None, typed: str) -> None:
    form = answered({"q": typed}, q=fields.TimeField("Start"))
    assert form.q.errors == [f"The time must be a time, like 4.30pm or 16:30. You put “{typed}”"]


def test_a_bare_half_past_four_is_asked_again(asked: None) -> None:
    form = answered({"q": "4.30"}, q=fields.TimeField("Start"))
    assert form.q.errors == ["The time must say am or pm, like 4.30pm"]


def test_a_kept_time_is_shown_as_people_say_it(asked: None) -> None:
    form = answered(data={"q": time(16, 30)}, q=fields.TimeField("Start"))
    assert form.q.typed == "4.30pm"


# Choices


def test_a_choice_that_is_not_on_the_page_is_refused(asked: None) -> None:
    form = answered({"q": "maybe"}, q=fields.RadiosField("Q", choices=[("yes", "Yes")]))
    assert form.q.errors == ["Choose one of the answers on the page"]
    assert form.q.data is None


def test_yes_and_no_are_true_and_false(asked: None) -> None:
    assert answered({"q": "yes"}, q=fields.YesNoField("Q")).q.data is True
    assert answered({"q": "no"}, q=fields.YesNoField("Q")).q.data is False
    assert answered({}, q=fields.YesNoField("Q")).q.data is None


def test_no_answers_the_question_just_as_yes_does(asked: None) -> None:
    form = answered({"q": "no"}, q=fields.YesNoField("Q", [Needed("Choose yes or no")]))
    assert not form.q.errors


def test_a_kept_no_is_shown_as_chosen(asked: None) -> None:
    html = drawn(answered(data={"q": False}, q=fields.YesNoField("Q")))
    assert re.search(r'value="no" checked', html)
    assert 'value="yes" checked' not in html


def test_ticks_are_read_once_and_in_the_order_of_the_page(asked: None) -> None:
    sent = [("q", "b"), ("q", "a"), ("q", "b")]
    form = answered(sent, q=fields.CheckboxesField("Q", choices=[("a", "A"), ("b", "B")]))
    assert form.q.data == ["a", "b"]


def test_none_of_these_stands_alone(asked: None) -> None:
    kind = fields.CheckboxesField("Q", choices=[("a", "A")], none=("none", "None of these"))
    form = answered([("q", "a"), ("q", "none")], q=kind)
    assert form.q.errors == ["Choose from the list, or choose “None of these”, not both"]
    assert drawn(form).count(" checked") == 2


def test_a_list_keeps_its_groups(asked: None) -> None:
    choices = {"Homes": [("h", "A home")], "Halls": [("x", "Hired hall"), ("y", "School")]}
    html = drawn(answered(data={"q": "y"}, q=fields.SelectField("Q", choices=choices)))
    assert re.findall(r'optgroup label="(\w+)"', html) == ["Homes", "Halls"]
    assert '<option value="y" selected>' in html


def test_choices_may_be_numbers_in_the_data(asked: None) -> None:
    kind = fields.SelectField("Q", choices=[(1, "One"), (2, "Two")], coerce=int)
    assert answered({"q": "2"}, q=kind).q.data == 2
    assert '<option value="2" selected>' in drawn(answered(data={"q": 2}, q=kind))


def test_a_promise_must_be_ticked(asked: None) -> None:
    kind = fields.ConfirmField("It is true", [Needed("Tick to say that it is true")])
    assert answered({}, q=kind).q.errors == ["Tick to say that it is true"]
    assert answered({"q": "yes"}, q=kind).q.data is True


# Files


def test_an_input_left_empty_is_no_file(asked: None) -> None:
    empty = FileStorage(BytesIO(b""), filename="")
    form = answered({"q": empty}, q=fields.FileField("Paper", [Needed("Choose a file")]))
    assert form.q.errors == ["Choose a file"]


def test_text_under_a_files_name_is_no_file(asked: None) -> None:
    assert answered({"q": "x.pdf"}, q=fields.FileField("Paper")).q.data is None


def test_several_files_are_read(asked: None) -> None:
    sent = [("q", FileStorage(BytesIO(b"x"), filename=name)) for name in ("a.pdf", "b.pdf")]
    form = answered(sent, q=fields.FilesField("Papers"))
    assert [file.filename for file in form.q.data] == ["a.pdf", "b.pdf"]
    assert form.has_file


# Every kind


def test_no_input_is_marked_required(asked: None) -> None:
    needed = {
        name: type(unbound.field_class.__name__, (unbound.field_class,), {})(
            *unbound.args, **{**unbound.kwargs, "validators": [Needed("Answer this")]}
        )
        for name, unbound in EVERY_KIND.items()
    }
    assert "required" not in drawn(answered({}, **needed))


@pytest.mark.parametrize("name", EVERY_KIND)
def test_every_error_leads_to_an_input_with_a_label(asked: None, name: str) -> None:
    form = answered({}, **{name: EVERY_KIND[name]})
    form.add_error(name, "Put this right")
    root = parse(drawn(form))
    (link,) = form.error_links()
    target = next(e for e in root.iter() if e.get("id") == link["href"][1:])
    assert target.tag in ("input", "select", "textarea")
    assert labels_of(root)[target]


@pytest.mark.parametrize("name", EVERY_KIND)
def test_every_kind_says_its_hint_and_its_error_to_a_screen_reader(asked: None, name: str) -> None:
    form = answered({}, **{name: EVERY_KIND[name]})
    form.add_error(name, "Put this right")
    root = parse(drawn(form, hint="As people know it"))
    ids = {e.get("id") for e in root.iter()}
    said = [e.get("aria-describedby", "").split() for e in root.iter() if e.get("aria-describedby")]
    assert any({f"{name}-hint", f"{name}-error"} <= set(described) for described in said)
    assert all(described_id in ids for described in said for described_id in described)


def test_a_question_may_be_the_heading_of_its_page(asked: None) -> None:
    for name in ("name", "checked", "steps", "place", "about"):
        root = parse(drawn(answered(**{name: EVERY_KIND[name]}), heading=True))
        assert len(elements(root, "h1")) == 1, name


def test_errors_of_the_whole_form_come_first_and_lead_nowhere(asked: None) -> None:
    form = answered({}, q=fields.StringField("Q", [Needed("Enter it")]))
    form.add_error(None, "Something else is wrong")
    assert form.error_links() == [
        {"text": "Something else is wrong"},
        {"text": "Enter it", "href": "#q"},
    ]
    assert "There are 2 things to put right" in drawn(form)


def test_an_answer_that_cannot_be_read_gets_one_message(asked: None) -> None:
    form = answered({"q": "abc"}, q=fields.IntegerField("Q", [Needed("Enter a number")]))
    assert len(form.q.errors) == 1


NAMES = st.sampled_from(
    [*EVERY_KIND, "checked-day", "checked-month", "checked-year", "checked-day-0", "kinds-0"]
)
TEXTS = st.one_of(
    st.text(max_size=40),
    st.sampled_from(["²", "9" * 30, "\x00", "29", "2", "2026", "4.30pm", "yes", "none", "-1", "£"]),
)
SENT = st.lists(
    st.tuples(
        NAMES, st.one_of(TEXTS, st.builds(lambda: FileStorage(BytesIO(b"x"), filename="x.pdf")))
    ),
    max_size=25,
)


@given(sent=SENT)
@hypothesis_settings(deadline=None)
def test_no_post_of_any_shape_is_a_fault(drawing: Flask, sent: list[tuple[str, Any]]) -> None:
    with drawing.test_request_context("/", method="POST"):
        form = answered(sent, **EVERY_KIND)
        drawn(form)


def test_json_in_place_of_a_form_is_an_empty_form(drawing: Flask) -> None:
    with drawing.test_request_context("/", method="POST", json=[1, 2]):
        form = type("Asked", (Form,), {"q": fields.StringField("Q")})(meta={"csrf": False})
        assert form.q.data == ""
