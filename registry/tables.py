"""Every table of the register, in one import: what migrations compare the database with."""

from registry.accounts import models as accounts
from registry.assessments import models as assessments
from registry.audit import models as audit
from registry.demonstration import models as demonstration
from registry.directory import models as directory
from registry.files import models as files
from registry.geography import models as geography
from registry.information import models as information
from registry.messages import models as messages
from registry.organisations import models as organisations
from registry.people import models as people
from registry.web import models as web

__all__ = [
    "accounts",
    "assessments",
    "audit",
    "demonstration",
    "directory",
    "files",
    "geography",
    "information",
    "messages",
    "organisations",
    "people",
    "web",
]
