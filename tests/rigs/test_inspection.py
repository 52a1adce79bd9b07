"""The inspector finds what it says it finds: a page that would not pass does not."""

import pytest

from tests.inspection import NotHtml, elements, parse, problems, text_of

GOOD = """<!doctype html><html lang="en"><head><title>Your club - Safe and Sound</title></head>
<body><main id="main"><h1>Your club</h1>
<form method="post" action="/club"><input type="hidden" name="csrf_token" value="t">
<label for="name">Name</label><input id="name" name="name"><button>Save</button></form>
</main></body></html>"""


def found(old: str, new: str) -> list[str]:
    """What is wrong once a piece of the good page is changed."""
    assert old in GOOD
    return problems(parse(GOOD.replace(old, new)))


def test_a_good_page_passes():
    assert problems(parse(GOOD)) == []


def test_a_page_that_says_error_first_passes():
    assert found("<title>Your club", "<title>Error: Your club") == []


@pytest.mark.parametrize(
    ("old", "new", "complaint"),
    [
        ("<h1>Your club</h1>", "", "exactly one h1"),
        ("</h1>", "</h1><h1>Again</h1>", "exactly one h1"),
        ("<title>Your club", "<title>Safe and Sound", "does not start with the h1"),
        (' lang="en"', "", "language"),
        ('id="name" name', 'id="main" name', "used 2 times"),
        ('<label for="name">Name</label>', "", "has no label"),
        ('for="name"', 'for="nam"', "points at nothing"),
        ("<h1>", '<a href="#nowhere">Skip</a><h1>', "points at nothing"),
        ("Save", "", "has no words"),
        ("<h1>", '<a href="/"></a><h1>', "has no words"),
        ("<h1>", '<img src="/logo.svg"><h1>', "no alt"),
        ('value="t"', 'value=""', "no token"),
        ('name="csrf_token"', 'name="other"', "no token"),
        (' action="/club"', "", "no action"),
        ('<input id="name"', '<input type="file" id="name"', "only its name"),
        ("<h1>", '<h1 style="color: red">', "style inside"),
        ("</title>", "</title><style>p {}</style>", "style inside"),
        ("</title>", "</title><script>1</script>", "script inside"),
        ("<h1>", '<h1 onclick="go()">', "script inside"),
    ],
)
def test_a_bad_page_does_not_pass(old: str, new: str, complaint: str):
    said = found(old, new)
    assert said
    assert complaint in " ".join(said)


@pytest.mark.parametrize(
    ("old", "new"),
    [("</h1>", "</h2>"), ("<!doctype html>", ""), ("<main", "</div><main"), ("h1>", "h1")],
)
def test_a_page_that_cannot_be_read_strictly_does_not_pass(old: str, new: str):
    with pytest.raises(NotHtml):
        parse(GOOD.replace(old, new))


def test_words_are_read_as_a_person_reads_them():
    page = parse(
        GOOD.replace("<h1>Your club</h1>", "<h1>A<b>B</b>, <i>c</i></h1><p>one</p><p>two</p>")
    )
    heading, main = elements(page, "h1")[0], elements(page, "main")[0]
    assert text_of(heading) == "AB, c"
    assert "one two" in text_of(main)
