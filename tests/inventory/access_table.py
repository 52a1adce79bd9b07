"""Who may open what, written by hand from the roles of domain B.8. Imports nothing of ours.

Each row is an address as the application knows it, and who gets in: `get` for opening the page,
`post` for sending to it. Everybody who is not named gets the answer of `others`, and somebody
who is not signed in is asked to sign in wherever a page is not for everybody.

OK means that the guard lets them in; what the page then says (a form to mend, “not now”) is no
matter of access. NO is 403: they may see the record, and this is not for them. HIDDEN is 404:
for them there is no such thing.
"""

OK, NO, HIDDEN, SIGN_IN = "in", "403", "404", "sign in"

EVERYBODY = frozenset(
    {
        "nobody",
        "stranger",
        "another owner",
        "owner",
        "member",
        "holder",
        "reviewer",
        "linked reviewer",
        "senior",
        "appeal officer",
        "administrator",
        "auditor",
    }
)
SIGNED_IN = EVERYBODY - {"nobody"}
CLUB = frozenset({"owner", "member", "linked reviewer"})  # the linked reviewer helps at the club
OWNER = frozenset({"owner"})
HELPERS = CLUB - OWNER
READERS = frozenset({"holder", "reviewer", "senior", "auditor"})
REVIEWERS = frozenset({"holder", "reviewer", "senior"})
COUNCIL = READERS | {"linked reviewer", "appeal officer", "administrator"}
SETTLES_EMAILS = REVIEWERS | {"administrator"}
READS_REPORTS = READERS | {"linked reviewer", "administrator"}
AUDITOR = frozenset({"auditor"})
ADMINISTRATOR = frozenset({"administrator"})
OFFICER = frozenset({"appeal officer"})
MERGERS = frozenset({"senior", "administrator"})
HOLDER = frozenset({"holder"})
HOLDER_OR_SENIOR = frozenset({"holder", "senior"})
SENIOR = frozenset({"senior"})
KEEPERS = frozenset({"administrator", "auditor"})
WATCHERS = frozenset({"senior", "auditor"})
TAKES_COPIES = frozenset({"senior", "administrator", "auditor"})
NOBODY_HERE: frozenset[str] = frozenset()

# address: (who may GET, who may POST, who sees the record but gets NO); None: no such method
PUBLIC = (EVERYBODY, None, NOBODY_HERE)
PUBLIC_FORM = (EVERYBODY, EVERYBODY, NOBODY_HERE)
OWN_ACCOUNT = (SIGNED_IN, None, NOBODY_HERE)
CLUB_PAGE = (CLUB, None, READERS)
CLUB_FORM = (CLUB, CLUB, READERS)
CLUB_BUTTON = (None, CLUB, READERS)
OWNER_FORM = (OWNER, OWNER, (CLUB | READERS) - OWNER)
OWNER_BUTTON = (None, OWNER, (CLUB | READERS) - OWNER)
HELPER_FORM = (HELPERS, HELPERS, OWNER | READERS)
CASE_PAGE = (READERS, None, CLUB)
# For one role whatever the record: nobody else learns whether there is one.
ADMINISTRATION = (ADMINISTRATOR | AUDITOR, None, SIGNED_IN)
ADMINISTRATOR_FORM = (ADMINISTRATOR, ADMINISTRATOR, SIGNED_IN)
ADMINISTRATOR_BUTTON = (None, ADMINISTRATOR, SIGNED_IN)

DESK = "/club/<id:organisation_id>"
CHECK = f"{DESK}/self-check"
ACTIVITY = f"{DESK}/activities/<id:activity_id>"
PEOPLE = f"{DESK}/people"
KEPT_LIST = "/admin/lists/<list_key>"
EDITION = "/admin/editions/<number>"
CASE = "/council/cases/<id:assessment_id>"
CHANGE = "/council/changes/<id:change_id>"
HAND_OVER = "/council/hand-overs/<id:hand_over_id>"
ASSISTED = "/council/assisted"
SECOND_READING = "/council/second-readings/<id:reading_id>"
APPEAL = "/council/appeals/<id:appeal_id>"
MERGE = "/admin/merges/<id:merge_id>"
IMPORT = "/council/imports/<id:import_id>"
CONCERN = "/council/concerns/<id:concern_id>"
HOLD = "/council/holds/<id:hold_id>"
STAFF_MEMBER = "/admin/people/<id:staff_id>"
STAFF_ACT = "<any(disable,enable,reset,sign_out,invite_again):act>"
SESSION_PATTERN = "<any(weekly,fortnightly,monthly,dates,course,drop_in,all_day):pattern>"
ACTIVITY_PAGE = "<any(what,who,where,cost,booking,support,safety):page>"

TABLE = {
    # for everybody
    "/": PUBLIC,
    "/activities": PUBLIC,
    "/activities/<slug>": PUBLIC,
    "/activities/<slug>.ics": PUBLIC,
    "/young-people": PUBLIC,
    "/places-<stamp>.json": PUBLIC,
    "/pictures/<string(length=64):sha256>.jpg": PUBLIC,
    "/shortlist": PUBLIC,
    "/shortlist.ics": PUBLIC,
    "/organisations/<slug>": PUBLIC,
    "/organisations/<slug>.ics": PUBLIC,
    "/data/activities.csv": PUBLIC,
    "/data/activities.csv-metadata.json": PUBLIC,
    "/data/activities.geojson": PUBLIC,
    "/data/new-activities.atom": PUBLIC,
    "/sitemap.xml": PUBLIC,
    "/sitemaps/<any(pages,activities,organisations):of>-<id:number>.xml": PUBLIC,
    "/opensearch.xml": PUBLIC,
    "/robots.txt": PUBLIC,
    "/data": PUBLIC,
    "/oruk/v3/": PUBLIC,
    "/oruk/v3/openapi.json": PUBLIC,
    "/oruk/v3/services": PUBLIC,
    "/oruk/v3/services/<identifier>": PUBLIC,
    "/oruk/v3/service_at_locations": PUBLIC,
    "/oruk/v3/service_at_locations/<identifier>": PUBLIC,
    "/oruk/v3/organizations": PUBLIC,
    "/oruk/v3/organizations/<identifier>": PUBLIC,
    "/oruk/v3/taxonomies": PUBLIC,
    "/oruk/v3/taxonomies/<identifier>": PUBLIC,
    "/oruk/v3/taxonomy_terms": PUBLIC,
    "/oruk/v3/taxonomy_terms/<identifier>": PUBLIC,
    "/openactive": PUBLIC,
    "/openactive/catalogue": PUBLIC,
    "/openactive/feeds/session-series": PUBLIC,
    "/openactive/feeds/scheduled-sessions": PUBLIC,
    "/verify": PUBLIC,
    "/verify/<reference>": PUBLIC,
    "/badge/<reference>.svg": PUBLIC,
    "/about": PUBLIC,
    "/criteria": PUBLIC,
    "/what-you-will-need": PUBLIC,
    "/which-dbs-check": PUBLIC,
    "/model-texts": PUBLIC,
    "/model-texts/<name>": PUBLIC,
    "/help": PUBLIC,
    "/help/<topic>": PUBLIC,
    "/easy-read": PUBLIC,
    "/reading": PUBLIC_FORM,
    "/privacy": PUBLIC,
    "/accessibility": PUBLIC,
    "/cookies": PUBLIC,
    "/health": PUBLIC,
    "/health/ready": PUBLIC,
    "/register": PUBLIC_FORM,
    "/register/check-your-email": PUBLIC_FORM,
    "/confirm/<token>": PUBLIC_FORM,
    "/sign-in": PUBLIC_FORM,
    "/sign-out": PUBLIC_FORM,
    "/forgotten-password": PUBLIC_FORM,
    "/reset-password/<token>": PUBLIC_FORM,
    "/invitation/<token>": PUBLIC_FORM,
    "/lead/<token>": PUBLIC_FORM,
    "/lead/thank-you": PUBLIC,
    "/account/email/<token>": PUBLIC_FORM,
    "/account/deleted": PUBLIC,
    # for everybody with an account
    "/account": OWN_ACCOUNT,
    "/sign-in/code": (SIGNED_IN, SIGNED_IN, NOBODY_HERE),
    "/sign-in/set-up": (SIGNED_IN, SIGNED_IN, NOBODY_HERE),
    "/account/second-factor": (SIGNED_IN, SIGNED_IN, NOBODY_HERE),
    "/account/second-factor/set-up": (SIGNED_IN, SIGNED_IN, NOBODY_HERE),
    "/account/second-factor/off": (SIGNED_IN, SIGNED_IN, NOBODY_HERE),
    "/account/password": (SIGNED_IN, SIGNED_IN, NOBODY_HERE),
    "/account/name": (SIGNED_IN, SIGNED_IN, NOBODY_HERE),
    "/account/email": (SIGNED_IN, SIGNED_IN, NOBODY_HERE),
    "/account/sessions": OWN_ACCOUNT,
    "/account/sessions/end": (None, SIGNED_IN, NOBODY_HERE),
    "/account/download": OWN_ACCOUNT,
    "/account/delete": (SIGNED_IN, SIGNED_IN, NOBODY_HERE),
    "/club": OWN_ACCOUNT,
    "/club/new": (SIGNED_IN, SIGNED_IN, NOBODY_HERE),
    # the club's desk
    DESK: CLUB_PAGE,
    f"{DESK}/details": CLUB_FORM,
    f"{DESK}/venues": CLUB_PAGE,
    f"{DESK}/venues/new": CLUB_FORM,
    f"{DESK}/venues/<id:venue_id>": CLUB_FORM,
    f"{DESK}/venues/<id:venue_id>/remove": CLUB_FORM,
    f"{DESK}/activities": CLUB_PAGE,
    f"{DESK}/activities/new": CLUB_FORM,
    ACTIVITY: CLUB_PAGE,
    f"{ACTIVITY}/{ACTIVITY_PAGE}": CLUB_FORM,
    f"{ACTIVITY}/sessions": CLUB_PAGE,
    f"{ACTIVITY}/sessions/new": CLUB_FORM,
    f"{ACTIVITY}/sessions/new/{SESSION_PATTERN}": CLUB_FORM,
    f"{ACTIVITY}/sessions/<session_key>": CLUB_FORM,
    f"{ACTIVITY}/sessions/<session_key>/remove": CLUB_FORM,
    f"{ACTIVITY}/sessions/away": CLUB_FORM,
    f"{ACTIVITY}/sessions/extra": CLUB_FORM,
    f"{ACTIVITY}/sessions/days/<day>/usual": CLUB_BUTTON,
    f"{ACTIVITY}/last-day": CLUB_FORM,
    f"{ACTIVITY}/preview": CLUB_PAGE,
    f"{ACTIVITY}/picture": CLUB_FORM,
    f"{ACTIVITY}/picture/remove": CLUB_FORM,
    f"{ACTIVITY}/pictures/<string(length=64):sha256>": (CLUB | READERS, None, NOBODY_HERE),
    f"{ACTIVITY}/copy": CLUB_BUTTON,
    f"{ACTIVITY}/pause": CLUB_BUTTON,
    f"{ACTIVITY}/resume": CLUB_BUTTON,
    f"{ACTIVITY}/end": CLUB_FORM,
    CHECK: CLUB_PAGE,
    f"{CHECK}/begin": CLUB_BUTTON,
    f"{CHECK}/about": CLUB_FORM,
    f"{CHECK}/about/<page>": CLUB_FORM,
    f"{CHECK}/<key>": CLUB_FORM,
    f"{CHECK}/check": CLUB_PAGE,
    f"{DESK}/notice-and-badge": CLUB_PAGE,
    f"{DESK}/notice": CLUB_PAGE,
    f"{DESK}/notice.pdf": CLUB_PAGE,
    f"{CHECK}/answers": CLUB_PAGE,
    f"{CHECK}/answers.pdf": CLUB_PAGE,
    f"{CHECK}/sent": CLUB_PAGE,
    f"{CHECK}/declare": OWNER_FORM,
    f"{CHECK}/close": OWNER_FORM,
    f"{CHECK}/take-back": OWNER_BUTTON,
    f"{CHECK}/reopen": OWNER_BUTTON,
    # Changes: an answer is for the owner to send and to take back.
    f"{DESK}/changes": CLUB_PAGE,
    f"{DESK}/changes/<id:change_id>": CLUB_PAGE,
    f"{DESK}/changes/<id:change_id>/answer": OWNER_FORM,
    f"{DESK}/changes/<id:change_id>/take-back": OWNER_BUTTON,
    f"{ACTIVITY}/risk-check": OWNER_FORM,
    # what a club must tell
    f"{DESK}/tell": CLUB_PAGE,
    f"{DESK}/tell/lead": OWNER_FORM,
    f"{DESK}/tell/helper": OWNER_FORM,
    f"{DESK}/tell/insurance": OWNER_FORM,
    f"{DESK}/tell/regulator": OWNER_FORM,
    f"{DESK}/tell/plan": OWNER_FORM,
    f"{DESK}/tell/answer/<key>": OWNER_FORM,
    f"{DESK}/contact-check": CLUB_FORM,
    # A paper of the club: its people by this address; the council has its own below.
    f"{DESK}/papers/<id:file_id>": (CLUB, None, NOBODY_HERE),
    # its people; a member has asked the council for the owner's place
    PEOPLE: CLUB_PAGE,
    f"{PEOPLE}/invite": OWNER_FORM,
    f"{PEOPLE}/invitations/<id:invitation_id>/again": OWNER_BUTTON,
    f"{PEOPLE}/invitations/<id:invitation_id>/withdraw": OWNER_BUTTON,
    f"{PEOPLE}/<id:account_id>": OWNER_FORM,
    f"{PEOPLE}/<id:account_id>/remove": OWNER_FORM,
    f"{PEOPLE}/leave": CLUB_FORM,
    f"{PEOPLE}/hand-over": OWNER_FORM,
    f"{PEOPLE}/hand-over/answer": HELPER_FORM,
    f"{PEOPLE}/hand-over/take-back": (
        None,
        frozenset({"member"}),
        (CLUB | READERS) - {"member"},
    ),
    f"{PEOPLE}/owner-gone": HELPER_FORM,
    f"{PEOPLE}/owner-gone/object": OWNER_FORM,
    f"{PEOPLE}/lead": CLUB_BUTTON,
    f"{DESK}/reply": OWNER_FORM,
    f"{DESK}/close": OWNER_FORM,
    f"{DESK}/download": OWNER_FORM,
    # the council's people, and the history
    "/admin/people": ADMINISTRATION,
    "/admin/people/invite": ADMINISTRATOR_FORM,
    STAFF_MEMBER: ADMINISTRATION,
    f"{STAFF_MEMBER}/roles": ADMINISTRATOR_FORM,
    f"{STAFF_MEMBER}/{STAFF_ACT}": ADMINISTRATOR_BUTTON,
    # A copy of the register: of those that colleagues asked for, nobody learns by its address.
    "/admin/exports": (TAKES_COPIES, TAKES_COPIES, SIGNED_IN),
    "/admin/exports/<id:export_id>": (SENIOR, None, NOBODY_HERE),
    "/admin/exports/<id:export_id>/register.zip": (SENIOR, None, NOBODY_HERE),
    "/admin/history": ADMINISTRATION,
    "/admin/history/export": (None, AUDITOR, SIGNED_IN),
    "/admin/history/sample": (AUDITOR, AUDITOR, SIGNED_IN),
    "/admin/history/check": (ADMINISTRATOR | AUDITOR, ADMINISTRATOR | AUDITOR, SIGNED_IN),
    "/admin/history/security": ADMINISTRATION,
    "/admin/history/organisations/<id:organisation_id>": CASE_PAGE,
    "/admin/history/cases/<id:assessment_id>": CASE_PAGE,
    # the council's desk
    "/council": (COUNCIL, None, SIGNED_IN),
    "/council/emails": (COUNCIL - {"appeal officer"}, None, SIGNED_IN),
    "/council/emails/<id:message_id>/again": (None, SETTLES_EMAILS, AUDITOR | CLUB),
    "/council/emails/<id:message_id>/put-aside": (None, SETTLES_EMAILS, AUDITOR | CLUB),
    "/council/reports": (READS_REPORTS, None, SIGNED_IN),
    "/council/reports/<key>.csv": (READS_REPORTS, None, SIGNED_IN),
    "/council/cases": (READERS | {"linked reviewer"}, None, SIGNED_IN),
    "/council/changes/owed": (READERS | {"linked reviewer"}, None, SIGNED_IN),
    "/council/changes": (READERS | {"linked reviewer"}, None, SIGNED_IN),
    CHANGE: CASE_PAGE,
    f"{CHANGE}/decide": (REVIEWERS, REVIEWERS, READERS | CLUB),
    f"{CHANGE}/look-over": (None, REVIEWERS, READERS | CLUB),
    f"{CHANGE}/papers/<id:file_id>": CASE_PAGE,
    "/council/hand-overs": (READERS | {"linked reviewer"}, None, SIGNED_IN),
    HAND_OVER: (READERS, REVIEWERS, READERS | CLUB),
    f"{HAND_OVER}/proof": CASE_PAGE,
    CASE: CASE_PAGE,
    f"{CASE}/questions/<key>": (READERS, HOLDER, READERS | CLUB),
    f"{CASE}/papers/<id:file_id>": CASE_PAGE,
    f"{CASE}/papers/<id:file_id>/pages/<id:number>": CASE_PAGE,
    f"{CASE}/history": CASE_PAGE,
    f"{CASE}/changed": CASE_PAGE,
    f"{CASE}/notes": (READERS, REVIEWERS, READERS | CLUB),
    f"{CASE}/notes/<id:note_id>": (READERS, REVIEWERS, READERS | CLUB),
    f"{CASE}/reassign": (SENIOR, SENIOR, READERS | CLUB),
    f"{CASE}/activities/<id:activity_id>": CASE_PAGE,
    f"{CASE}/start": (None, REVIEWERS, READERS | CLUB),
    f"{CASE}/release": (None, HOLDER_OR_SENIOR, READERS | CLUB),
    f"{CASE}/return": (HOLDER_OR_SENIOR, HOLDER_OR_SENIOR, READERS | CLUB),
    f"{CASE}/recommend": (HOLDER, HOLDER, READERS | CLUB),
    f"{CASE}/approve": (HOLDER_OR_SENIOR, HOLDER_OR_SENIOR, READERS | CLUB),
    f"{CASE}/refuse": (SENIOR, SENIOR, READERS | CLUB),
    f"{CASE}/send-back": (SENIOR, SENIOR, READERS | CLUB),
    f"{CASE}/flags/<flag>": (SENIOR, SENIOR, READERS | CLUB),
    f"{CASE}/link": (
        REVIEWERS | {"appeal officer"},
        REVIEWERS | {"appeal officer"},
        READERS | CLUB,
    ),
    # after an approval
    f"{CASE}/extend": (REVIEWERS, REVIEWERS, READERS | CLUB),
    f"{CASE}/suspend": (SENIOR, SENIOR, READERS | CLUB),
    f"{CASE}/countersign": (SENIOR, SENIOR, READERS | CLUB),
    f"{CASE}/review-suspension": (SENIOR, SENIOR, READERS | CLUB),
    f"{CASE}/lift": (SENIOR, SENIOR, READERS | CLUB),
    f"{CASE}/lift/sign": (SENIOR, SENIOR, READERS | CLUB),
    f"{CASE}/revoke": (SENIOR, SENIOR, READERS | CLUB),
    f"{CASE}/revoke/sign": (SENIOR, SENIOR, READERS | CLUB),
    f"{CASE}/proposals/<id:proposal_id>/end": (SENIOR, SENIOR, READERS | CLUB),
    "/council/after-approval": (READERS | {"linked reviewer"}, None, SIGNED_IN),
    "/council/signatures": (SENIOR, None, SIGNED_IN),
    "/council/conflicts": (
        REVIEWERS | {"linked reviewer", "appeal officer"},
        REVIEWERS | {"linked reviewer", "appeal officer"},
        SIGNED_IN,
    ),
    # The holder of the case has a part in it, and does not read it again.
    "/council/second-readings": (READERS | {"linked reviewer"}, None, SIGNED_IN),
    SECOND_READING: (REVIEWERS - HOLDER, REVIEWERS - HOLDER, READERS | CLUB),
    f"{SECOND_READING}/settle": (SENIOR, SENIOR, READERS | CLUB),
    # Appeals: nobody who reads cases but does not answer appeals learns of one. The officer of
    # this one has taken it.
    f"{DESK}/appeal": OWNER_FORM,
    f"{DESK}/appeal/take-back": OWNER_BUTTON,
    "/council/appeals": (OFFICER | SENIOR | AUDITOR, None, SIGNED_IN),
    APPEAL: (OFFICER | SENIOR | AUDITOR, None, NOBODY_HERE),
    f"{APPEAL}/take": (None, OFFICER, SENIOR | AUDITOR),
    f"{APPEAL}/put-back": (None, OFFICER, SENIOR | AUDITOR),
    f"{APPEAL}/late": (OFFICER | SENIOR, OFFICER | SENIOR, AUDITOR),
    f"{APPEAL}/decide": (OFFICER, OFFICER, SENIOR | AUDITOR),
    f"{CASE}/corrected-letter": (SENIOR, SENIOR, READERS | CLUB),
    # The same club again. The administrator proposed this merge.
    "/council/matches": (SENIOR | AUDITOR, None, SIGNED_IN),
    "/council/matches/<id:match_id>": (SENIOR | AUDITOR, SENIOR, AUDITOR),
    "/admin/merges": (MERGERS | AUDITOR, None, SIGNED_IN),
    "/admin/merges/new": (MERGERS, MERGERS, SIGNED_IN),
    MERGE: (MERGERS | AUDITOR, None, NOBODY_HERE),
    f"{MERGE}/sign": (SENIOR, SENIOR, ADMINISTRATOR | AUDITOR),
    f"{MERGE}/decline": (SENIOR, SENIOR, ADMINISTRATOR | AUDITOR),
    f"{MERGE}/withdraw": (None, ADMINISTRATOR, SENIOR | AUDITOR),
    # What is taken in from other lists, for those who look after lists and those who compare clubs.
    "/council/imports": (MERGERS | AUDITOR, None, SIGNED_IN),
    "/council/imports/new": (MERGERS, MERGERS, SIGNED_IN),
    "/council/imports/template.csv": (MERGERS | AUDITOR, None, SIGNED_IN),
    IMPORT: (MERGERS | AUDITOR, None, NOBODY_HERE),
    f"{IMPORT}/columns": (MERGERS, MERGERS, AUDITOR),
    f"{IMPORT}/mistakes.csv": (MERGERS | AUDITOR, None, NOBODY_HERE),
    f"{IMPORT}/carry-out": (None, MERGERS, AUDITOR),
    f"{IMPORT}/put-aside": (None, MERGERS, AUDITOR),
    f"{IMPORT}/go-on": (None, MERGERS, AUDITOR),
    f"{IMPORT}/undo": (None, MERGERS, AUDITOR),
    f"{IMPORT}/rows/<id:row_id>": (None, MERGERS, AUDITOR),
    f"{IMPORT}/clubs": (MERGERS | AUDITOR, None, NOBODY_HERE),
    f"{IMPORT}/clubs/<id:organisation_id>/invite": (MERGERS, MERGERS, CLUB | READERS),
    # What people tell us: without an account. Who may not read it learns nothing of it, and of a
    # quiet hold nobody learns but seniors and auditors.
    "/tell-us": PUBLIC,
    "/tell-us/call/<any(a,b,c):whom>": PUBLIC,
    "/tell-us/staff": PUBLIC,
    "/tell-us/write/<any(listing,papers,staff):about>": PUBLIC_FORM,
    "/tell-us/sent": PUBLIC,
    "/council/concerns": (READERS | {"linked reviewer"}, None, SIGNED_IN),
    CONCERN: (READERS, None, NOBODY_HERE),
    f"{CONCERN}/teller": (READERS, None, NOBODY_HERE),
    f"{CONCERN}/colour": (REVIEWERS, REVIEWERS, AUDITOR),
    f"{CONCERN}/hand-over": (REVIEWERS, REVIEWERS, AUDITOR),
    f"{CONCERN}/close": (REVIEWERS, REVIEWERS, AUDITOR),
    f"{CONCERN}/organisation": (REVIEWERS, REVIEWERS, AUDITOR),
    "/council/holds": (SENIOR | AUDITOR, None, SIGNED_IN),
    "/council/holds/new": (SENIOR, None, SIGNED_IN),
    "/council/holds/new/<id:organisation_id>": (SENIOR, SENIOR, READERS | CLUB),
    HOLD: (SENIOR | AUDITOR, None, NOBODY_HERE),
    f"{HOLD}/sign": (None, SENIOR, AUDITOR),
    f"{HOLD}/take-back": (None, SENIOR, AUDITOR),
    f"{HOLD}/end": (SENIOR, SENIOR, AUDITOR),
    # ready-made words
    "/admin/words": (ADMINISTRATOR | AUDITOR, None, SIGNED_IN),
    "/admin/words/new": (ADMINISTRATOR, ADMINISTRATOR, SIGNED_IN),
    "/admin/words/<id:words_id>": (ADMINISTRATOR, ADMINISTRATOR, NOBODY_HERE),
    "/admin/words/<id:words_id>/retire": (None, ADMINISTRATOR, NOBODY_HERE),
    "/admin/words/<id:words_id>/bring-back": (None, ADMINISTRATOR, NOBODY_HERE),
    # what administrators keep, and auditors read
    "/criteria/<number>": PUBLIC,
    "/admin": ADMINISTRATION,
    "/admin/contacts": ADMINISTRATION,
    "/admin/contacts/<contact_key>": ADMINISTRATOR_FORM,
    "/admin/contacts/<contact_key>/confirm": ADMINISTRATOR_BUTTON,
    "/admin/lists": ADMINISTRATION,
    "/admin/taxonomies": ADMINISTRATION,
    "/admin/taxonomies/<taxonomy_key>": ADMINISTRATION,
    KEPT_LIST: ADMINISTRATION,
    f"{KEPT_LIST}/add": ADMINISTRATOR_FORM,
    f"{KEPT_LIST}/<code>": ADMINISTRATOR_FORM,
    f"{KEPT_LIST}/<code>/retire": ADMINISTRATOR_BUTTON,
    f"{KEPT_LIST}/<code>/bring-back": ADMINISTRATOR_BUTTON,
    f"{KEPT_LIST}/<code>/<any(up,down):way>": ADMINISTRATOR_BUTTON,
    "/admin/editions": ADMINISTRATION,
    "/admin/editions/draft": ADMINISTRATOR_BUTTON,
    EDITION: ADMINISTRATION,
    f"{EDITION}/document.toml": ADMINISTRATION,
    f"{EDITION}/document": ADMINISTRATOR_FORM,
    f"{EDITION}/questions/<question_key>": ADMINISTRATOR_FORM,
    f"{EDITION}/questions/<question_key>/<any(up,down):way>": ADMINISTRATOR_BUTTON,
    f"{EDITION}/adopt": ADMINISTRATOR_FORM,
    f"{EDITION}/take-back": ADMINISTRATOR_BUTTON,
    f"{EDITION}/throw-away": ADMINISTRATOR_BUTTON,
    "/admin/notice": ADMINISTRATION,
    "/admin/notice/new": ADMINISTRATOR_FORM,
    "/admin/notice/<notice_code>/take-off": ADMINISTRATOR_BUTTON,
    "/admin/read-only": ADMINISTRATOR_FORM,
    "/admin/read-only/off": ADMINISTRATOR_BUTTON,
    # data protection: a wrong file at the desk, the rest with administrators and auditors
    "/council/papers/<id:file_id>/wrong": (REVIEWERS, REVIEWERS, READERS | CLUB),
    "/council/lost-papers/<id:lost_paper_id>": (REVIEWERS, REVIEWERS, READERS | CLUB),
    "/admin/breaches": (KEEPERS, None, SIGNED_IN),
    "/admin/breaches/<id:breach_id>": (KEEPERS, ADMINISTRATOR, SIGNED_IN),
    "/admin/retention": (KEEPERS, None, SIGNED_IN),
    "/admin/retention/reviewed/<id:assessment_id>": (None, ADMINISTRATOR, SIGNED_IN),
    "/admin/data-requests": (KEEPERS, None, SIGNED_IN),
    "/admin/data-requests/new": (ADMINISTRATOR, ADMINISTRATOR, SIGNED_IN),
    "/admin/data-requests/<id:request_id>": (KEEPERS, ADMINISTRATOR, SIGNED_IN),
    "/admin/subject-access": (ADMINISTRATOR, ADMINISTRATOR, SIGNED_IN),
    "/admin/subject-access/<id:request_id>": (ADMINISTRATOR, ADMINISTRATOR, SIGNED_IN),
    # who read what: never those who make accounts (B.8: an auditor reads everything)
    "/admin/reads": (WATCHERS, None, SIGNED_IN),
    "/admin/reads/organisations/<id:organisation_id>": (WATCHERS, None, READERS | CLUB),
    "/admin/reads/people/<id:account_id>": (WATCHERS, None, SIGNED_IN),
    # paper and telephone
    ASSISTED: (REVIEWERS | {"linked reviewer"}, None, SIGNED_IN),
    f"{ASSISTED}/new": (REVIEWERS | {"linked reviewer"},) * 2 + (SIGNED_IN,),
    f"{ASSISTED}/clubs/<id:organisation_id>": (REVIEWERS, REVIEWERS, READERS | CLUB),
    f"{ASSISTED}/clubs/<id:organisation_id>/stop": (None, REVIEWERS, READERS | CLUB),
    f"{ASSISTED}/clubs/<id:organisation_id>/send": (REVIEWERS, REVIEWERS, READERS | CLUB),
    f"{ASSISTED}/entries/<id:entry_id>": (REVIEWERS, REVIEWERS, READERS | CLUB),
    f"{ASSISTED}/entries/<id:entry_id>/declaration": CASE_PAGE,
    "/council/letters": (REVIEWERS | {"linked reviewer"},) * 2 + (SIGNED_IN,),
    "/council/letters/all.pdf": (REVIEWERS | {"linked reviewer"}, None, SIGNED_IN),
    "/council/letters/<id:letter_id>.pdf": (REVIEWERS, None, READERS | CLUB),
    "/council/letters/<id:letter_id>/posted": (None, REVIEWERS, READERS | CLUB),
    "/letter": PUBLIC_FORM,
    "/letter/<token>": PUBLIC_FORM,
    "/letter/thank-you": PUBLIC,
}


def expected(address: str, method: str, who: str) -> str | None:
    """The answer that the table gives; None where the address does not take the method."""
    get, post, refused = TABLE[address]
    allowed = get if method == "GET" else post
    if allowed is None:
        return None
    if who in allowed:
        return OK
    if who == "nobody":
        return SIGN_IN
    # Of a club that they have a link to nothing has an address on the council's pages, though
    # they belong to it. What is for one role, whatever the record, tells them nothing of a club.
    is_a_record = "<id:" in address and refused != SIGNED_IN
    if who == "linked reviewer" and address.startswith(("/council/", "/admin/")) and is_a_record:
        return HIDDEN
    return NO if who in refused else HIDDEN
