"""A visitor who reads every page as an inspector would, and acts through links and forms.

    page = visitor.get("/register")
    page = page.form().fill({"Email address": "club@example.org"}).submit("Continue")
    assert page.h1 == "Check your email"

Every HTML answer is inspected before a test sees it, and what `inspection.problems` finds fails
the test. Tokens go along by themselves, because forms are sent as the page wrote them.
"""

import io
import json
import re
from collections.abc import Callable, Iterable, Mapping
from contextvars import Context
from datetime import date
from functools import cached_property
from pathlib import Path
from typing import Any
from urllib.parse import parse_qsl, urlencode, urljoin, urlsplit
from xml.etree.ElementTree import Element

from flask import Flask, got_request_exception
from werkzeug.datastructures import FileStorage, Headers, MultiDict
from werkzeug.test import TestResponse

from tests.inspection import (
    NotHtml,
    controls,
    elements,
    kind_of,
    labels_of,
    parse,
    problems,
    text_of,
    words,
)
from tests.rigs.authenticator import code_for, code_of

# What everybody in the tests signs in with.
PASSWORD = "three old canal boats"

_MOST_REDIRECTS = 5
_TOKEN = re.compile(r'name="csrf_token"[^>]* value="([^"]+)"')


class Visitor:
    """One person with one browser: keeps cookies, follows redirects, inspects every page."""

    def __init__(
        self,
        app: Flask,
        base_url: str = "http://localhost",
        before: Callable[[], object] = lambda: None,
    ) -> None:
        """`before` is done before each request: what a test did by itself must be done by then.

        A fault of ours (500) is raised as it happened; set `loud` to False to see its page.
        """
        self.app = app
        self.base_url = base_url
        self.before = before
        self.loud = True
        self.raw = app.test_client()
        self.page: Page | None = None

    def get(self, path: str, *, follow: bool = True, **options: Any) -> "Page":
        """Open an address."""
        return self._ask("GET", path, follow, options)

    def post(
        self,
        path: str,
        data: Mapping[str, Any] | None = None,
        *,
        follow: bool = True,
        **options: Any,
    ) -> "Page":
        """Send a form that no page offered, with a good token: what a hostile visitor can do."""
        filled = MultiDict(data or {})
        if "csrf_token" not in filled:
            filled["csrf_token"] = self.token()
        return self._ask("POST", path, follow, {"data": filled, **options})

    def token(self) -> str:
        """A token this visitor could send: from the page in front of them, or from any form."""
        page = self.page
        if page is None or not page.is_html or not page.token:
            page = self._ask("GET", "/sign-in", follow=True, options={})
        assert page.token, f"No form with a token at {page.path}"
        return page.token

    def sign_in(self, email: str, password: str = PASSWORD) -> "Page":
        """Through the sign-in page, as anybody does, and with a code where one is asked for.

        Hundreds of tests begin so. The pages on the way are read only where somebody looks at
        them: `tests/accounts` and the inventory read each of them.
        """
        token = self._ask("GET", "/sign-in", True, {}, read=False).token
        said = MultiDict({"email": email, "password": password, "csrf_token": token})
        page = self._ask("POST", "/sign-in", True, {"data": said}, read=False)
        return self.give_code(page, email)

    def give_code(self, page: "Page", email: str) -> "Page":
        """Go on from the password: type the app's code, or set the app up and keep its codes."""
        if urlsplit(page.path).path == "/sign-in/code":
            self.before()
            with self.app.app_context():
                code = code_for(email)
            return page.form("/sign-in/code").fill(code=code).submit()
        if urlsplit(page.path).path == "/sign-in/set-up":
            code = code_of(page.by_id("secret"))
            return page.form("/sign-in/set-up").fill(code=code).submit().follow("I have kept them")
        return page

    def sign_out(self) -> "Page":
        """Press the button that every signed-in page has."""
        page = self.page or self.get("/account")
        return page.form("/sign-out").submit()

    def cookie(self, name: str) -> str | None:
        """What this browser keeps under a name."""
        kept = self.raw.get_cookie(name)
        return kept.value if kept else None

    def _ask(
        self, method: str, path: str, follow: bool, options: dict[str, Any], read: bool = True
    ) -> "Page":
        options = {"base_url": self.base_url, **options}
        response = self._send(self._local(path), method=method, **options)
        page = Page(self, self._local(path), response, read)
        for _ in range(_MOST_REDIRECTS):
            if not (follow and response.status_code in (301, 302, 303)):
                break
            path = self._local(urljoin(page.path, response.headers["Location"]))
            response = self._send(path, base_url=self.base_url)
            page = Page(self, path, response, read)
        else:
            raise AssertionError(f"Sent from one address to the next without end: {path}")
        self.page = page
        return page

    def _send(self, path: str, **options: Any) -> TestResponse:
        """Ask in a context of its own, as on a server: nothing of the test's own reaches it."""
        self.before()
        faults: list[Exception] = []

        def heard(_: Flask, exception: Exception, **__: Any) -> None:
            faults.append(exception)

        with got_request_exception.connected_to(heard, self.app):
            response: TestResponse = Context().run(self.raw.open, path, buffered=True, **options)
        if self.loud and faults:
            raise faults[-1]
        return response

    def _local(self, address: str) -> str:
        """The path and query of an address on this site. Another site's is never asked for."""
        parts = urlsplit(address)
        ours = urlsplit(self.base_url)
        assert not parts.netloc or parts.netloc == ours.netloc, f"Another site: {address}"
        return (parts.path or "/") + (f"?{parts.query}" if parts.query else "")


class Page:
    """One answer, already inspected, unless it is only passed through."""

    def __init__(
        self, visitor: Visitor, path: str, response: TestResponse, read: bool = True
    ) -> None:
        self.visitor = visitor
        self.path = path
        self.response = response
        self.status = response.status_code
        self.headers: Headers = response.headers
        if read and self.is_html:
            self._inspect()

    def __repr__(self) -> str:
        return f"<Page {self.status} {self.path} “{self.h1 if self.is_html else ''}”>"

    @property
    def is_html(self) -> bool:
        """Whether this is a page to read. The body of a redirect is not."""
        return self.response.mimetype == "text/html" and not 300 <= self.status < 400

    @cached_property
    def html(self) -> str:
        """The page as it was sent."""
        return self.response.get_data(as_text=True)

    @property
    def body(self) -> bytes:
        """What came, byte for byte."""
        return self.response.get_data()

    @property
    def json(self) -> Any:
        """What a JSON answer says."""
        return json.loads(self.html)

    @cached_property
    def root(self) -> Element:
        """The page as a tree, read strictly."""
        return parse(self.html)

    def _inspect(self) -> None:
        try:
            found = problems(self.root) if self.html else []
        except NotHtml as error:
            found = [str(error)]
        if found:
            listed = "\n".join(f"  - {problem}" for problem in dict.fromkeys(found))
            raise AssertionError(f"{self.path} ({self.status}) would not pass:\n{listed}")

    @property
    def title(self) -> str:
        """What the tab says."""
        return next((text_of(title) for title in elements(self.root, "title")), "")

    @property
    def h1(self) -> str:
        """The heading."""
        return next((text_of(heading) for heading in elements(self.root, "h1")), "")

    @property
    def headings(self) -> list[str]:
        """Every heading under the first."""
        return [text_of(heading) for heading in elements(self.root, "h2", "h3", "h4")]

    @cached_property
    def text(self) -> str:
        """Every word on the page, header and footer too."""
        return text_of(self._only("body"))

    @cached_property
    def main(self) -> str:
        """The words between header and footer."""
        return text_of(self._only("main"))

    @property
    def token(self) -> str:
        """The token of the first form that has one."""
        found = _TOKEN.search(self.html)
        return found[1] if found else ""

    @property
    def links(self) -> dict[str, str]:
        """Where each link leads, by its words; of two with the same words, the one in main."""
        found = {text_of(a): a.get("href", "") for a in elements(self.root, "a") if a.get("href")}
        return found | dict(self._links_in(self._only("main")))

    @property
    def hrefs(self) -> list[str]:
        """Every address that the page links to."""
        return [a.get("href", "") for a in elements(self.root, "a") if a.get("href")]

    @property
    def errors(self) -> list[str]:
        """What the error summary says, a line for each problem. None: no error summary."""
        for box in self._with_class(self.root, "error-summary"):
            return [text_of(line) for line in elements(box, "li")]
        return []

    @property
    def buttons(self) -> list[str]:
        """What can be pressed."""
        return [_pressed(c) for c in controls(self.root) if kind_of(c) == "submit"]

    @property
    def tables(self) -> list[list[list[str]]]:
        """Every table, as rows of cells."""
        return [
            [[text_of(cell) for cell in elements(row, "th", "td")] for row in elements(table, "tr")]
            for table in elements(self.root, "table")
        ]

    @property
    def facts(self) -> dict[str, str]:
        """Every summary list on the page: what each line is called and what it says."""
        return {
            text_of(term): text_of(value)
            for row in self._with_class(self.root, "summary-list__row")
            for term, value in zip(elements(row, "dt"), elements(row, "dd"), strict=False)
        }

    def by_id(self, name: str) -> str:
        """The words of the element with this id."""
        return next(text_of(one) for one in self.root.iter() if one.get("id") == name)

    def follow(self, text: str) -> "Page":
        """Press the link with these words; part of its words will do where only one link has it."""
        return self.visitor.get(urljoin(self.path, self._link(text)))

    def form(self, which: int | str = 0) -> "Form":
        """A form: the first in main, the n-th, or the one with this action, id, button or field."""
        forms = elements(self._only("main"), "form") or elements(self.root, "form")
        if isinstance(which, int):
            assert which < len(forms), f"{self} has {len(forms)} forms"
            return Form(self, forms[which])
        for element in [*forms, *elements(self.root, "form")]:
            form = Form(self, element)
            if which in form.names:
                return form
        raise AssertionError(f"{self} has no form called “{which}”; buttons: {self.buttons}")

    def press(self, button: str) -> "Page":
        """Press a button, with everything in its form left as it is."""
        return self.form(button).submit(button)

    def _only(self, tag: str) -> Element:
        found = elements(self.root, tag)
        return found[0] if found else self.root

    def _links_in(self, part: Element) -> list[tuple[str, str]]:
        return [(text_of(a), a.get("href", "")) for a in elements(part, "a") if a.get("href")]

    def _link(self, text: str) -> str:
        for part in (self._only("main"), self.root):
            links = self._links_in(part)
            for matching in (
                [href for said, href in links if said == text],
                [href for said, href in links if text in said],
            ):
                if len(set(matching)) == 1:
                    return matching[0]
                assert not matching, f"{self}: “{text}” could be {sorted(set(matching))}"
        raise AssertionError(f"{self} has no link “{text}”. It has: {sorted(self.links)}")

    @staticmethod
    def _with_class(root: Element, ending: str) -> list[Element]:
        """Elements with a class of this name, whosever prefix it has."""
        return [
            element
            for element in root.iter()
            if any(name.endswith(ending) for name in element.get("class", "").split())
        ]


class Form:
    """A form on a page, filled in and sent as a browser would."""

    def __init__(self, page: Page, element: Element) -> None:
        self.page = page
        self.element = element
        inside = set(controls(element))
        self.controls = [
            control
            for control in controls(page.root)
            if (control in inside or self._is_elsewhere(control))
            and control.get("disabled") is None
        ]
        self.labels = labels_of(page.root)
        self.values: dict[Element, Any] = {c: _as_written(c) for c in self.controls}

    def _is_elsewhere(self, control: Element) -> bool:
        """A control outside the form may say that it belongs to it."""
        mine = self.element.get("id")
        return bool(mine) and control.get("form") == mine

    @property
    def action(self) -> str:
        """Where the form is sent."""
        return self.element.get("action") or self.page.path

    @property
    def names(self) -> set[str]:
        """What a test may call this form: its address, id, buttons and fields."""
        said = {self.action, self.element.get("id", ""), self.element.get("name", "")}
        for control in self.controls:
            said.add(control.get("name", ""))
            said.add(_pressed(control) if kind_of(control) == "submit" else "")
        return said - {""}

    @property
    def fields(self) -> dict[str, Any]:
        """What would be sent now, by the name of each field."""
        return {name: value for name, value in self._sent(None) if name != "csrf_token"}

    def fill(self, values: Mapping[str, Any] | None = None, **more: Any) -> "Form":
        """Fill fields by their name or their label. Nothing else about them can be changed.

        Text, a number, True and False for one box; a list ticks boxes or gives several files.
        A date fills three boxes. A file is a path, or its name and its bytes.
        """
        for called, value in {**(values or {}), **more}.items():
            self._fill(called, value)
        return self

    def submit(self, button: str | None = None) -> Page:
        """Press a button (the first, unless named) and read what comes."""
        pressed = self._button(button)
        action = (pressed.get("formaction") if pressed is not None else None) or self.action
        address = urljoin(self.page.path, action)
        data = MultiDict(self._sent(pressed))
        if self.element.get("method", "get").lower() != "post":
            plain = address.split("?")[0]
            return self.page.visitor.get(f"{plain}?{urlencode(list(data.items(multi=True)))}")
        encoding = self.element.get("enctype") or "application/x-www-form-urlencoded"
        return self.page.visitor.post(address, data, content_type=encoding)

    def _fill(self, called: str, value: Any) -> None:
        found = self._called(called)
        if not found and isinstance(value, date):
            for part in ("day", "month", "year"):
                self._fill(f"{called}-{part}", str(getattr(value, part)))
            return
        assert found, f"{self.page}: no field “{called}”. There are: {self._known()}"
        if isinstance(value, date) and len(found) > 1:
            for control in found:
                part = control.get("name", "").rpartition("-")[2]
                self.values[control] = str(getattr(value, part))
            return
        kinds = {kind_of(control) for control in found}
        if kinds <= {"checkbox", "radio"}:
            self._tick(called, found, value)
        else:
            assert len(found) == 1, f"{self.page}: “{called}” is the name of {len(found)} fields"
            self._write(found[0], value)

    def _called(self, called: str) -> list[Element]:
        """Controls with this name; else those with this label; else those of this fieldset."""
        open_to_all = [c for c in self.controls if kind_of(c) not in ("hidden", "submit", "button")]
        if named := [c for c in open_to_all if c.get("name") == called]:
            return named
        if labelled := [c for c in open_to_all if self.labels.get(c) == words(called)]:
            return labelled
        for group in elements(self.element, "fieldset"):
            legends = elements(group, "legend")
            if legends and text_of(legends[0]) == words(called):
                return [c for c in controls(group) if c in open_to_all]
        return []

    def _known(self) -> list[str]:
        return [
            f"{c.get('name')} ({self.labels.get(c, '')})"
            for c in self.controls
            if kind_of(c) not in ("hidden", "submit", "button")
        ]

    def _tick(self, called: str, boxes: list[Element], value: Any) -> None:
        """Tick the boxes wanted, by value or by label, and no others."""
        if isinstance(value, bool) or value is None:
            assert len(boxes) == 1, f"{self.page}: which of {called}?"
            self.values[boxes[0]] = bool(value)
            return
        several = isinstance(value, Iterable) and not isinstance(value, str)
        wanted = [str(v) for v in value] if several else [str(value)]
        for box in boxes:
            self.values[box] = False
        for one in wanted:
            match = [b for b in boxes if b.get("value", "on") == one] or [
                b for b in boxes if self.labels.get(b) == one
            ]
            assert match, (
                f"{self.page}: {called} offers no “{one}”, only "
                f"{[(b.get('value'), self.labels.get(b)) for b in boxes]}"
            )
            self.values[match[0]] = True

    def _write(self, control: Element, value: Any) -> None:
        kind = kind_of(control)
        if kind == "select":
            self.values[control] = self._choose(control, value)
        elif kind == "file":
            one = isinstance(value, Path | tuple)
            given = [value] if one else list(value or [])
            assert len(given) <= 1 or control.get("multiple") is not None, "one file only"
            self.values[control] = [_file(item) for item in given]
        else:
            self.values[control] = "" if value is None else str(value)

    def _choose(self, control: Element, value: Any) -> list[str]:
        options = elements(control, "option")
        several = control.get("multiple") is not None and not isinstance(value, str)
        wanted = list(value) if several else [value]
        chosen = []
        for one in wanted:
            match = [o for o in options if _option_value(o) == str(one)] or [
                o for o in options if text_of(o) == str(one)
            ]
            assert match, f"{self.page}: no “{one}” in {[text_of(o) for o in options]}"
            chosen.append(_option_value(match[0]))
        return chosen

    def _button(self, text: str | None) -> Element | None:
        buttons = [c for c in self.controls if kind_of(c) in ("submit", "image")]
        if text is None:
            return buttons[0] if buttons else None
        for button in buttons:
            if _pressed(button) == text:
                return button
        raise AssertionError(
            f"{self.page}: no button “{text}” in this form, only {[_pressed(b) for b in buttons]}"
        )

    def _sent(self, pressed: Element | None) -> list[tuple[str, Any]]:
        """The pairs that a browser sends, in the order of the page."""
        pairs: list[tuple[str, Any]] = []
        for control in self.controls:
            name, kind, value = control.get("name"), kind_of(control), self.values[control]
            if not name:
                continue
            if kind in ("submit", "button", "image", "reset"):
                if control is pressed:
                    pairs.append((name, control.get("value", "")))
            elif kind in ("checkbox", "radio"):
                if value:
                    pairs.append((name, control.get("value", "on")))
            elif kind in ("select", "file"):
                pairs.extend((name, one) for one in value)
            else:
                pairs.append((name, str(value).replace("\r\n", "\n").replace("\n", "\r\n")))
        return pairs


def _as_written(control: Element) -> Any:
    """What the page itself put into a control."""
    kind = kind_of(control)
    if kind in ("checkbox", "radio"):
        return control.get("checked") is not None
    if kind == "file":
        return []
    if kind == "textarea":
        return "".join(control.itertext())
    if kind == "select":
        options = elements(control, "option")
        marked = [_option_value(o) for o in options if o.get("selected") is not None]
        if control.get("multiple") is not None:
            return marked
        return marked[-1:] or [_option_value(o) for o in options[:1]]
    return control.get("value", "")


def _option_value(option: Element) -> str:
    value = option.get("value")
    return text_of(option) if value is None else value


def _pressed(button: Element) -> str:
    """The words on a button."""
    return words(button.get("value", "")) if button.tag == "input" else text_of(button)


def _file(given: Any) -> FileStorage:
    if isinstance(given, Path):
        given = (given.name, given.read_bytes())
    name, content = given
    return FileStorage(io.BytesIO(content), filename=name)


def query_of(address: str) -> dict[str, str]:
    """The query of an address, by name."""
    return dict(parse_qsl(urlsplit(address).query, keep_blank_values=True))
