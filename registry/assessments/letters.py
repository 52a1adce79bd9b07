"""The emails of the lifecycle: to whom, and the facts each of them needs."""

from collections.abc import Mapping, Sequence
from datetime import date

from registry import clock
from registry.assessments.dated_things import DatedThing
from registry.assessments.models import Assessment
from registry.audit.models import Entry
from registry.config import settings
from registry.messages import services as messages
from registry.organisations.models import Organisation
from registry.web.formats import long_date, plural

# What a decision with reasons for its club is called in a letter: “our decision …”.
LETTERS_WITH_REASONS = {
    "refuse": "not to put you on the list",
    "suspend": "to take you off the list for now",
    "revoke": "to take you off the list",
    "uphold": "about your appeal",
    "change_on_appeal": "about your appeal",
    "not_upheld": "about your appeal",
}


def send(template: str, assessment: Assessment, entry: Entry, words: Mapping[str, str]) -> None:
    """Queue one message of a step: to every owner of the club, or to the council's team."""
    context = {**_facts(assessment), **words}
    for name, address in _recipients(template, assessment):
        messages.queue(
            template,
            address,
            {**context, "name": name},
            f"{template}:{assessment.id}:{entry.number}:{address}",
            organisation_id=assessment.organisation_id,
        )


def remind(assessment: Assessment, things: Sequence[DatedThing]) -> bool:
    """Queue one email to each owner with everything that is due today, once on one day.

    Answers whether there was anybody to write to.
    """
    today, desk = clock.today(), desk_link(assessment.organisation)
    first = things[0]
    context = {
        "things": "\n\n".join(_thing(one, desk, today) for one in things),
        "count": str(len(things)),
        "what": first.what,
        "when": _when(first, today),
    }
    return _to_owners("club/reminder", assessment, context)


def still_reading(assessment: Assessment) -> bool:
    """Queue the one reminder of somebody who has sent a renewal: we are still reading it."""
    is_over = assessment.listed_until is not None and assessment.listed_until < clock.today()
    return _to_owners("club/still-reading", assessment, {"is_over": "yes" if is_over else ""})


def desk_link(organisation: Organisation) -> str:
    """The address of a club's desk."""
    return f"{settings().public_url}/club/{organisation.id}"


def owners_of(organisation: Organisation) -> list[tuple[str, str]]:
    """Names and addresses of the owners: those who belong to it now and can sign in."""
    return [
        (member.account.name, member.account.email)
        for member in organisation.members
        if member.role == "owner" and not member.account.disabled
    ]


def _to_owners(template: str, assessment: Assessment, words: Mapping[str, str]) -> bool:
    """One email to each owner, once on one day."""
    owners = owners_of(assessment.organisation)
    for name, address in owners:
        messages.queue(
            template,
            address,
            {**_facts(assessment), **words, "name": name},
            f"{template}:{assessment.organisation_id}:{clock.today()}:{address}",
            organisation_id=assessment.organisation_id,
        )
    return bool(owners)


def _thing(thing: DatedThing, desk: str, today: date) -> str:
    link = f"{desk}/{thing.page}" if thing.page else desk
    lines = [
        thing.what.upper(),
        _when(thing, today),
        f"What to do: {thing.do} {link}",
    ]
    if thing.on >= today:
        lines.append(f"If you do nothing: {thing.then}")
    return "\n".join(lines)


def _when(thing: DatedThing, today: date) -> str:
    days = (thing.on - today).days
    if days == 0:
        return f"Today, {long_date(thing.on)}, is the last day."
    if days > 0:
        return f"The last day is {long_date(thing.on)}. That is {plural(days, 'day', 'days')} away."
    return f"The last day was {long_date(thing.on)}."


def _recipients(template: str, assessment: Assessment) -> list[tuple[str, str]]:
    if template.startswith("council/"):
        return [("team", settings().council_email)]
    return owners_of(assessment.organisation)


def _facts(assessment: Assessment) -> dict[str, str]:
    """Plain strings about the case. No note, no contact, no reason that is not the club's."""
    base, organisation = settings().public_url, assessment.organisation
    last_day = assessment.listed_until
    return {
        "organisation": organisation.name,
        "reference": assessment.reference,
        "desk_link": desk_link(organisation),
        "case_link": f"{base}/council/cases/{assessment.id}",
        "listed_until": long_date(last_day),
        "days_left": str((last_day - clock.today()).days) if last_day else "",
        "public_link": f"{base}/organisations/{organisation.slug}",
        "would_be_listed_until": long_date(_promised(assessment)),
        "renewal": "yes" if assessment.is_renewal else "",
        "status": str(assessment.status),
    }


def _promised(assessment: Assessment) -> date | None:
    latest = assessment.latest_submission
    return latest.would_be_listed_until if latest else None
