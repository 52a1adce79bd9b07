"""What the tests of appeals share: who is there, and asking."""

from registry.accounts.models import Account
from registry.appeals import services
from registry.appeals.models import Appeal
from registry.assessments import services as assessments
from registry.assessments.models import Assessment
from tests import factories as make


def an_officer(*also: str) -> Account:
    """An appeal officer with no part in anything."""
    return make.a_person("Kit Moss", "appeal_officer", *also)


def ask(assessment: Assessment, words: str = "You read the old plan.", late: str = "") -> Appeal:
    """The owner appeals."""
    return services.ask_for_appeal(
        assessment.organisation, make.owner_of(assessment), words=words, late_reason=late
    )


def answer(appeal: Appeal, officer: Account, outcome: str, **given) -> None:
    """An officer takes it and answers it."""
    if appeal.appeal_officer_id != officer.id:
        services.take_appeal(appeal, officer)
    given.setdefault("reason", "The new plan was there all the time.")
    services.decide_appeal(appeal, officer, version=appeal.version, outcome=outcome, **given)


def a_revoked(clock) -> Assessment:
    """A revoked one: suspended, countersigned, time to reply over, proposed and signed."""
    assessment = make.a_suspended()
    clock.move(days=30)
    assessments.propose_revoke(assessment, make.a_senior(), reason="The checks were copied.")
    assessments.sign_revoke(assessment, make.a_senior())
    return assessment
