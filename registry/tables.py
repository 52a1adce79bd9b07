"""Every table of the register, in one import: what migrations compare the database with."""

from registry.accounts import models as accounts
from registry.administration import models as administration
from registry.appeals import models as appeals
from registry.assessments import models as assessments
from registry.assisted import models as assisted
from registry.audit import models as audit
from registry.cards import models as directory
from registry.concerns import models as concerns
from registry.data_protection import models as data_protection
from registry.demonstration import models as demonstration
from registry.exporting import models as exporting
from registry.files import models as files
from registry.geography import models as geography
from registry.importing import models as importing
from registry.information import models as information
from registry.lists import models as lists
from registry.matching import models as matching
from registry.merging import models as merging
from registry.messages import models as messages
from registry.opendata.openactive import models as openactive
from registry.organisations import models as organisations
from registry.people import models as people
from registry.ready_words import models as ready_words
from registry.reviews import models as reviews
from registry.tallies import models as tallies
from registry.web import models as web

__all__ = [
    "accounts",
    "administration",
    "appeals",
    "assessments",
    "assisted",
    "audit",
    "concerns",
    "data_protection",
    "demonstration",
    "directory",
    "exporting",
    "files",
    "geography",
    "importing",
    "information",
    "lists",
    "matching",
    "merging",
    "messages",
    "openactive",
    "organisations",
    "people",
    "ready_words",
    "reviews",
    "tallies",
    "web",
]
