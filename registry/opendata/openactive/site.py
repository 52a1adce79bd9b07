"""What the feeds are, said for machines: the dataset (on its own page) and the catalogue."""

from datetime import date
from typing import Any

from registry.config import Settings
from registry.opendata.licence import CC_BY
from registry.opendata.openactive.models import SERIES, SESSION
from registry.opendata.openactive.paging import MEDIA_TYPE

Thing = dict[str, Any]

FEEDS = {SERIES: "session-series", SESSION: "scheduled-sessions"}
# The day on which the first feed was given.
_PUBLISHED_ON = date(2026, 11, 23)


def site_address(public_url: str) -> str:
    """The page of the dataset."""
    return f"{public_url}/openactive"


def feed_address(kind: str, public_url: str) -> str:
    """The first page of a feed."""
    return f"{site_address(public_url)}/feeds/{FEEDS[kind]}"


def dataset(of: Settings, logo: str) -> Thing:
    """The feeds as a dataset (schema.org and the Dataset API Discovery of OpenActive).

    `logo` is the path of the council's mark.
    """
    address = site_address(of.public_url)
    return {
        "@context": ["https://schema.org/", "https://openactive.io/"],
        "@type": "Dataset",
        "@id": address,
        "url": address,
        "name": f"{of.council_name}: {of.scheme_name} activities for children",
        "description": (
            f"Activities for children in {of.place_name} that are on the {of.scheme_name} "
            f"register today, with their dates to come."
        ),
        "keywords": ["Sessions", "Activities", "Sports", "Physical Activity", "OpenActive"],
        "license": CC_BY.address,
        "discussionUrl": f"{of.public_url}/tell-us",
        "documentation": "https://permalink.openactive.io/dataset-site/open-data-documentation",
        "inLanguage": ["en-GB"],
        "schemaVersion": "https://openactive.io/modelling-opportunity-data/2.0/",
        "datePublished": _PUBLISHED_ON.isoformat(),
        "publisher": {
            "@type": "Organization",
            "name": of.council_name,
            "legalName": of.council_name,
            "url": of.public_url,
            "email": of.council_email,
            "logo": {"@type": "ImageObject", "url": f"{of.public_url}{logo}"},
        },
        "distribution": [_download(kind, of.public_url) for kind in FEEDS],
    }


def catalogue(of: Settings) -> Thing:
    """A catalogue of the one dataset, for whoever collects catalogues."""
    return {
        "@context": "https://schema.org/",
        "@type": "DataCatalog",
        "@id": f"{site_address(of.public_url)}/catalogue",
        "name": f"{of.council_name}: OpenActive data",
        "license": CC_BY.address,
        "datePublished": _PUBLISHED_ON.isoformat(),
        "publisher": {
            "@type": "Organization",
            "name": of.council_name,
            "url": of.public_url,
        },
        "dataset": [site_address(of.public_url)],
    }


def _download(kind: str, public_url: str) -> Thing:
    return {
        "@type": "DataDownload",
        "name": kind,
        "identifier": kind,
        "additionalType": f"https://openactive.io/{kind}",
        "encodingFormat": MEDIA_TYPE,
        "contentUrl": feed_address(kind, public_url),
    }
