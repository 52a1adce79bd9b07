"""What is wrong with a page, as an inspector would say it. Knows nothing of this register."""

from collections import Counter
from collections.abc import Iterator
from xml.etree.ElementTree import Element

import html5lib
from html5lib.html5parser import ParseError

NEVER_LABELLED = {"hidden", "submit", "button", "image", "reset"}
_UNREAD = {"script", "style", "template"}
_INLINE = {
    "a", "abbr", "b", "bdi", "cite", "code", "em", "i", "mark", "q", "s", "small", "span",
    "strong", "sub", "sup", "time", "u", "wbr",
}  # fmt: skip


class NotHtml(AssertionError):
    """The page cannot be read strictly. The message says where."""


def parse(html: str) -> Element:
    """The page as a tree; raises NotHtml for what a strict reader refuses."""
    parser = html5lib.HTMLParser(strict=True, namespaceHTMLElements=False)
    try:
        tree: Element = parser.parse(html)
    except ParseError as error:
        (line, column), code, about = parser.errors[-1]
        near = html.splitlines()[line - 1].strip()[:160] if html else ""
        said = f"{error!s} ({code} {about or ''})".strip()
        raise NotHtml(f"line {line}, column {column}: {said}\n    {near}") from error
    return tree


def words(text: str) -> str:
    """The text with every run of white space as one space, as a reader sees it."""
    return " ".join(text.split())


def text_of(element: Element) -> str:
    """All the words inside an element, with those that only a screen reader says."""
    return words("".join(_said(element)))


def _said(element: Element) -> Iterator[str]:
    if element.tag in _UNREAD:
        return
    yield element.text or ""
    for child in element:
        if isinstance(child.tag, str):
            # A paragraph ends a word; <b> in the middle of one does not.
            gap = "" if child.tag in _INLINE else " "
            yield gap
            yield from _said(child)
            yield gap
        yield child.tail or ""


def elements(root: Element, *tags: str) -> list[Element]:
    """Every element with one of these names, in the order of the page."""
    return [element for element in root.iter() if element.tag in tags]


def controls(root: Element) -> list[Element]:
    """Everything a person can fill in or press."""
    return elements(root, "input", "select", "textarea", "button")


def kind_of(control: Element) -> str:
    """`text`, `checkbox`, `file`, …; a select or a textarea is its own kind."""
    if control.tag == "input":
        return control.get("type", "text").lower()
    if control.tag == "button":
        return control.get("type", "submit").lower()
    return str(control.tag)


def labels_of(root: Element) -> dict[Element, str]:
    """What each control is called: its label's words, or the name given for screen readers."""
    by_id = {e.get("id"): e for e in root.iter() if e.get("id")}
    names: dict[Element, str] = {}
    for label in elements(root, "label"):
        target = by_id.get(label.get("for")) if label.get("for") else None
        inside = [c for c in controls(label) if c.tag != "button"]
        for control in [target] if target is not None else inside[:1]:
            names.setdefault(control, text_of(label))
    for control in controls(root):
        if said := control.get("aria-label"):
            names[control] = words(said)
        elif said := control.get("aria-labelledby"):
            found = [by_id[i] for i in said.split() if i in by_id]
            if found:
                names[control] = " ".join(text_of(e) for e in found)
    return names


def problems(root: Element) -> list[str]:
    """Everything that an inspector would refuse, each in one sentence."""
    return [
        *_heading_and_title(root),
        *_ids(root),
        *_names(root),
        *_forms(root),
        *_inline_style_and_script(root),
    ]


def _heading_and_title(root: Element) -> Iterator[str]:
    headings = [text_of(h) for h in elements(root, "h1")]
    titles = [text_of(t) for t in elements(root, "title") if t in _head(root)]
    if len(headings) != 1:
        yield f"There must be exactly one h1: {headings}."
    elif not headings[0]:
        yield "The h1 is empty."
    elif len(titles) != 1 or not titles[0].startswith((headings[0], f"Error: {headings[0]}")):
        yield f"The title {titles} does not start with the h1, “{headings[0]}”."
    if not root.get("lang"):
        yield "The page does not say its language."


def _head(root: Element) -> list[Element]:
    return [element for head in elements(root, "head") for element in head]


def _ids(root: Element) -> Iterator[str]:
    ids = Counter(e.get("id") for e in root.iter() if e.get("id") is not None)
    for name, times in ids.items():
        if times > 1:
            yield f"The id “{name}” is used {times} times."
        if not name or name != "".join(str(name).split()):
            yield f"“{name}” cannot be an id."
    for element in root.iter():
        for attribute in ("for", "aria-describedby", "aria-labelledby", "aria-controls", "list"):
            for name in (element.get(attribute) or "").split():
                if name not in ids:
                    yield f"{attribute}=“{name}” points at nothing."
        target = element.get("href", "") if element.tag == "a" else ""
        if target.startswith("#") and len(target) > 1 and target[1:] not in ids:
            yield f"The link “{text_of(element)}” points at nothing ({target})."


def _names(root: Element) -> Iterator[str]:
    names = labels_of(root)
    for control in controls(root):
        kind = kind_of(control)
        about = f"{control.tag} “{control.get('name') or control.get('id')}”"
        if control.tag == "button":
            if not (text_of(control) or names.get(control)):
                yield f"The {about} has no words."
        elif kind in ("submit", "button"):
            if not control.get("value"):
                yield f"The {about} has no words."
        elif kind not in NEVER_LABELLED and not names.get(control):
            yield f"The {about} has no label."
    for link in elements(root, "a"):
        if link.get("href") is not None and not (
            text_of(link) or link.get("aria-label") or _picture_words(link)
        ):
            yield f"The link to {link.get('href')} has no words."
    for picture in elements(root, "img"):
        if picture.get("alt") is None:
            yield f"The picture {picture.get('src')} has no alt."


def _picture_words(link: Element) -> str:
    said = [picture.get("alt") or "" for picture in elements(link, "img")]
    return words(" ".join([*said, *(text_of(title) for title in elements(link, "title"))]))


def _forms(root: Element) -> Iterator[str]:
    for form in elements(root, "form"):
        if form.get("method", "get").lower() != "post":
            continue
        action = form.get("action")
        if not action:
            yield "A form that posts has no action."
        tokens = [c for c in controls(form) if c.get("name") == "csrf_token"]
        if len(tokens) != 1 or not tokens[0].get("value"):
            yield f"The form to {action} has no token."
        files = [c for c in controls(form) if kind_of(c) == "file"]
        if files and form.get("enctype") != "multipart/form-data":
            yield f"The form to {action} takes a file and would send only its name."


def _inline_style_and_script(root: Element) -> Iterator[str]:
    for element in root.iter():
        if element.tag == "style" or element.get("style") is not None:
            yield f"There is style inside the page ({element.tag})."
        is_data = element.get("type", "").startswith("application/")
        if element.tag == "script" and not element.get("src") and not is_data:
            yield "There is script inside the page."
        for attribute in element.attrib:
            if attribute.startswith("on"):
                yield f"There is script inside the page ({element.tag} {attribute})."
