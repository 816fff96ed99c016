"""Permissions, a sentence for each, and the one table that joins them to roles. Pure."""

from enum import StrEnum

from daybridge.access.rules.roles import Role


class Permission(StrEnum):
    """One thing a person may do. The sentence is what the signed permission page shows."""

    TODAY_SEE = "today.see"
    FIND = "find"
    CLIENT_LIST = "client.list"
    CHART_READ = "chart.read"
    REFERRAL_SEE = "referral.see"
    REFERRAL_RECEIVE = "referral.receive"
    REFERRAL_WORK = "referral.work"
    REFERRAL_JOIN = "referral.join"
    ASSESS = "assess"
    DETERMINATION_DECIDE = "determination.decide"
    CONSENT_SEE = "consent.see"
    CONSENT_SIGN = "consent.sign"
    DISCLOSE = "disclose"
    ADMIT = "admit"
    PLAN_SEE = "plan.see"
    PLAN_WRITE = "plan.write"
    PROGRAM_SEE = "program.see"
    PROGRAM_WRITE = "program.write"
    WEEK_SEE = "week.see"
    WEEK_PLACE = "week.place"
    ROLL_SEE = "roll.see"
    ROLL_MARK = "roll.mark"
    NOTE_SEE = "note.see"
    NOTE_WRITE = "note.write"
    NOTE_SIGN = "note.sign"
    HOURS_SEE = "hours.see"
    ACCOUNTS_MANAGE = "accounts.manage"
    PERMISSIONS_SEE = "permissions.see"
    LEDGER_READ = "ledger.read"
    JOBS_SEE = "jobs.see"
    DRAFTS_KEEP = "drafts.keep"
    OWN_ACCOUNT = "own.account"
    DESK_ANSWER = "desk.answer"
    PHONE_ACCESS_GIVE = "phone-access.give"
    DOCUMENT_SEE = "document.see"
    DOCUMENT_KEEP = "document.keep"
    COUNSELING_NOTE_WRITE = "counseling-note.write"
    GLASS_BREAK = "glass.break"
    GLASS_REVIEW = "glass.review"
    REACH_MANAGE = "reach.manage"
    PERMISSIONS_SIGN = "permissions.sign"
    DISCLOSURES_SEE = "disclosures.see"
    REQUEST_TAKE = "request.take"
    REQUEST_WORK = "request.work"
    BREACH_REPORT = "breach.report"
    BREACH_WORK = "breach.work"
    KEEPING_SEE = "keeping.see"
    HOLD_PLACE = "hold.place"
    PURGE_PROPOSE = "purge.propose"
    PURGE_APPROVE = "purge.approve"
    EXPORT_DEIDENTIFIED = "export.deidentified"
    RETENTION_SET = "retention.set"
    TEAM_MANAGE = "team.manage"
    LIFE_SAY = "life.say"


SENTENCES: dict[Permission, str] = {
    Permission.TODAY_SEE: "See what needs them today.",
    Permission.FIND: "Find clients, sessions and pages by typing.",
    Permission.CLIENT_LIST: "See the names of the site's clients.",
    Permission.CHART_READ: "Open a client's chart; each opening is on the ledger.",
    Permission.REFERRAL_SEE: "See referrals and the admissions board.",
    Permission.REFERRAL_RECEIVE: "Take in a referral by form, phone or packet.",
    Permission.REFERRAL_WORK: "Call, screen and move a referral along.",
    Permission.REFERRAL_JOIN: "Say that two records are one person.",
    Permission.ASSESS: "Rate the dimensions and record findings.",
    Permission.DETERMINATION_DECIDE: "Decide the level of care.",
    Permission.CONSENT_SEE: "See which consents a client has given.",
    Permission.CONSENT_SIGN: "Take a client's signature on a consent.",
    Permission.DISCLOSE: "Send or print something that leaves the program.",
    Permission.ADMIT: "Admit a client and open the episode.",
    Permission.PLAN_SEE: "Read treatment plans.",
    Permission.PLAN_WRITE: "Write and sign treatment plans.",
    Permission.PROGRAM_SEE: "See tracks, groups, rooms and staff.",
    Permission.PROGRAM_WRITE: "Set up tracks, rooms, topics and weekly groups.",
    Permission.WEEK_SEE: "See the week's sessions.",
    Permission.WEEK_PLACE: "Place clients and sessions in the week.",
    Permission.ROLL_SEE: "See who is expected at a session.",
    Permission.ROLL_MARK: "Check clients in and out.",
    Permission.NOTE_SEE: "Read session notes.",
    Permission.NOTE_WRITE: "Write session notes.",
    Permission.NOTE_SIGN: "Sign the notes of sessions they led.",
    Permission.HOURS_SEE: "See hours delivered against hours prescribed.",
    Permission.ACCOUNTS_MANAGE: "Invite staff, change roles, end sessions.",
    Permission.PERMISSIONS_SEE: "See this table.",
    Permission.LEDGER_READ: "Read the ledger and prove its chain.",
    Permission.JOBS_SEE: "See background work and restart it.",
    Permission.DRAFTS_KEEP: "Keep unfinished forms.",
    Permission.OWN_ACCOUNT: "Change their own password, second step and sessions.",
    Permission.DESK_ANSWER: "Answer the phone: learn whether a caller may be told that somebody is here.",
    Permission.PHONE_ACCESS_GIVE: "Give a client, or somebody a client chose, a page on their phone.",
    Permission.DOCUMENT_SEE: "Open documents kept in a client's record.",
    Permission.DOCUMENT_KEEP: "Put a document into a client's record.",
    Permission.COUNSELING_NOTE_WRITE: "Keep private counseling notes, which only their author reads.",
    Permission.GLASS_BREAK: "Open a record out of reach in need, with a reason, for an hour; it is reviewed.",
    Permission.GLASS_REVIEW: "Review each time the glass was broken.",
    Permission.REACH_MANAGE: "Hide a colleague's or relative's record from all but a named team.",
    Permission.PERMISSIONS_SIGN: "Sign the table of who may do what.",
    Permission.DISCLOSURES_SEE: "See what left a client's record, to whom and why.",
    Permission.REQUEST_TAKE: "Take in what a person asks for about their record, or a complaint.",
    Permission.REQUEST_WORK: "Answer requests about records, restrictions and complaints, and write the letters.",
    Permission.BREACH_REPORT: "Say that something may have got out.",
    Permission.BREACH_WORK: "Weigh a breach and see to the notices.",
    Permission.KEEPING_SEE: "See how long records are kept and what is held.",
    Permission.HOLD_PLACE: "Place and lift legal holds.",
    Permission.PURGE_PROPOSE: "Propose what to purge after its time.",
    Permission.PURGE_APPROVE: "Approve a purge that somebody else proposed.",
    Permission.EXPORT_DEIDENTIFIED: "Export records from which nobody can be known.",
    Permission.RETENTION_SET: "Say how long a kind of record is kept, and which law or contract asks for it.",
    Permission.TEAM_MANAGE: "Say who cares for a client, and who covers for a colleague.",
    Permission.LIFE_SAY: "Say when a client can come, would rather not, and how far they travel.",
}

_ALL = frozenset(Role)
_CLINICAL = frozenset({Role.DIRECTOR, Role.COUNSELOR, Role.NURSE})
_CARE = _CLINICAL | {Role.CASE_MANAGER, Role.PEER}
_DOOR = frozenset({Role.DIRECTOR, Role.INTAKE})
_READERS = frozenset({Role.TRAINEE, Role.AUDITOR})

# No row, no grant. A permission is held at the sites where the person has one of these roles.
GRANTS: dict[Permission, frozenset[Role]] = {
    Permission.TODAY_SEE: _ALL,
    Permission.FIND: _ALL,
    Permission.CLIENT_LIST: _CARE | _DOOR | {Role.FRONT_DESK, Role.BILLER} | _READERS,
    Permission.CHART_READ: _CARE | _DOOR | _READERS,
    Permission.REFERRAL_SEE: _DOOR | _CLINICAL | {Role.CASE_MANAGER},
    Permission.REFERRAL_RECEIVE: _DOOR | {Role.FRONT_DESK, Role.CASE_MANAGER},
    Permission.REFERRAL_WORK: _DOOR,
    Permission.REFERRAL_JOIN: _DOOR,
    Permission.ASSESS: _CLINICAL,
    Permission.DETERMINATION_DECIDE: _CLINICAL,
    Permission.CONSENT_SEE: _CARE | _DOOR | {Role.PRIVACY_OFFICER} | _READERS,
    Permission.CONSENT_SIGN: _CARE | _DOOR,
    Permission.DISCLOSE: _CARE | _DOOR | {Role.PRIVACY_OFFICER},
    Permission.ADMIT: _DOOR,
    Permission.PLAN_SEE: _CARE | _DOOR | _READERS,
    Permission.PLAN_WRITE: _CLINICAL,
    Permission.PROGRAM_SEE: _ALL - {Role.ADMINISTRATOR, Role.PRIVACY_OFFICER},
    Permission.PROGRAM_WRITE: frozenset({Role.DIRECTOR}),
    Permission.WEEK_SEE: _CARE | _DOOR | {Role.FRONT_DESK} | _READERS,
    Permission.WEEK_PLACE: _DOOR | _CLINICAL | {Role.CASE_MANAGER},
    Permission.ROLL_SEE: _CARE | {Role.FRONT_DESK} | _READERS,
    Permission.ROLL_MARK: _CARE | {Role.FRONT_DESK} | {Role.TRAINEE},
    Permission.NOTE_SEE: _CLINICAL | _READERS,
    Permission.NOTE_WRITE: _CLINICAL | {Role.TRAINEE},
    Permission.NOTE_SIGN: _CLINICAL,
    Permission.HOURS_SEE: _CARE | _DOOR | {Role.BILLER} | _READERS,
    Permission.ACCOUNTS_MANAGE: frozenset({Role.ADMINISTRATOR}),
    Permission.PERMISSIONS_SEE: frozenset({Role.ADMINISTRATOR, Role.PRIVACY_OFFICER, Role.DIRECTOR}) | {Role.AUDITOR},
    Permission.LEDGER_READ: frozenset({Role.PRIVACY_OFFICER}),
    Permission.JOBS_SEE: frozenset({Role.ADMINISTRATOR}),
    Permission.DRAFTS_KEEP: _ALL,
    Permission.OWN_ACCOUNT: _ALL,
    Permission.DESK_ANSWER: _CARE | _DOOR | {Role.FRONT_DESK, Role.BILLER, Role.PRIVACY_OFFICER},
    Permission.PHONE_ACCESS_GIVE: _CARE | _DOOR,
    Permission.DOCUMENT_SEE: _CARE | _DOOR | {Role.PRIVACY_OFFICER} | {Role.AUDITOR},
    Permission.DOCUMENT_KEEP: _CARE | _DOOR | {Role.PRIVACY_OFFICER},
    Permission.COUNSELING_NOTE_WRITE: frozenset({Role.COUNSELOR, Role.DIRECTOR}),
    Permission.GLASS_BREAK: _CARE | _DOOR,
    Permission.GLASS_REVIEW: frozenset({Role.PRIVACY_OFFICER}),
    Permission.REACH_MANAGE: frozenset({Role.PRIVACY_OFFICER}),
    Permission.PERMISSIONS_SIGN: frozenset({Role.PRIVACY_OFFICER}),
    Permission.DISCLOSURES_SEE: _CARE | _DOOR | {Role.PRIVACY_OFFICER} | {Role.AUDITOR},
    Permission.REQUEST_TAKE: _CARE | _DOOR | {Role.FRONT_DESK, Role.PRIVACY_OFFICER},
    Permission.REQUEST_WORK: frozenset({Role.PRIVACY_OFFICER}),
    Permission.BREACH_REPORT: _ALL,
    Permission.BREACH_WORK: frozenset({Role.PRIVACY_OFFICER}),
    Permission.KEEPING_SEE: frozenset({Role.PRIVACY_OFFICER, Role.DIRECTOR}),
    Permission.HOLD_PLACE: frozenset({Role.PRIVACY_OFFICER}),
    Permission.PURGE_PROPOSE: frozenset({Role.PRIVACY_OFFICER}),
    Permission.PURGE_APPROVE: frozenset({Role.DIRECTOR}),
    Permission.EXPORT_DEIDENTIFIED: frozenset({Role.PRIVACY_OFFICER, Role.DIRECTOR}),
    Permission.RETENTION_SET: frozenset({Role.PRIVACY_OFFICER}),
    Permission.TEAM_MANAGE: _DOOR | {Role.COUNSELOR},
    Permission.LIFE_SAY: _DOOR | _CLINICAL | {Role.CASE_MANAGER},
}


def roles_with(permission: Permission) -> frozenset[Role]:
    """The roles a permission is granted to; none unless the table says so."""
    return GRANTS.get(permission, frozenset())
