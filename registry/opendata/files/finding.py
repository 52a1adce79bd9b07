"""How programs find their way here: a search box for a browser (OpenSearch 1.1), and robots.txt."""

from xml.etree.ElementTree import Element, SubElement, indent, tostring

MIME = "application/opensearchdescription+xml; charset=utf-8"
_OPENSEARCH = "http://a9.com/-/spec/opensearch/1.1/"
_GEO = "http://a9.com/-/opensearch/extensions/geo/1.0/"
_LONGEST_NAME, _LONGEST_ATTRIBUTION = 16, 256
# Nothing to keep there: what is made of a question, what is somebody's own, and desks.
_NOT_FOR_ROBOTS = (
    "/account", "/activities?", "/admin", "/badge/", "/club", "/council", "/register", "/shortlist",
    "/sign-in", "/tell-us/", "/young-people?",
)  # fmt: skip


def search_description(
    name: str, place: str, public_url: str, attribution: str, contact: str
) -> bytes:
    """What a browser needs to search here by itself."""
    root = Element("OpenSearchDescription", {"xmlns": _OPENSEARCH, "xmlns:geo": _GEO})
    told = {
        "ShortName": name[:_LONGEST_NAME].strip(),
        "Description": f"Find clubs and activities for children and young people in {place}.",
        "Contact": contact,
        "Attribution": attribution[:_LONGEST_ATTRIBUTION],
    }
    for tag, text in told.items():
        SubElement(root, tag).text = text
    found = f"{public_url}/activities?q={{searchTerms}}&postcode={{geo:name?}}"
    SubElement(root, "Url", {"type": "text/html", "template": found})
    here = {
        "type": "application/opensearchdescription+xml",
        "rel": "self",
        "template": f"{public_url}/opensearch.xml",
    }
    SubElement(root, "Url", here)
    for tag, text in (
        ("SyndicationRight", "open"),
        ("AdultContent", "false"),
        ("Language", "en-GB"),
        ("InputEncoding", "UTF-8"),
        ("OutputEncoding", "UTF-8"),
    ):
        SubElement(root, tag).text = text
    indent(root)
    return b'<?xml version="1.0" encoding="UTF-8"?>\n' + tostring(root, encoding="utf-8")


def robots(public_url: str, *, is_demonstration: bool) -> str:
    """What crawlers may keep. Of invented clubs, nothing."""
    kept_out = ("/",) if is_demonstration else _NOT_FOR_ROBOTS
    lines = ["User-agent: *", *(f"Disallow: {path}" for path in kept_out)]
    return "\n".join([*lines, "", f"Sitemap: {public_url}/sitemap.xml", ""])
