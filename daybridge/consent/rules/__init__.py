"""What may leave, to whom and why; and what makes a signature. Pure: no Django, no clock.

Read in this order: `words`, `facts`, `ways` (the table of purposes), `deciding`.
"""

from daybridge.consent.rules import labels as labels
from daybridge.consent.rules.book import RULES as RULES
from daybridge.consent.rules.deciding import NO_RULE as NO_RULE
from daybridge.consent.rules.deciding import decide as decide
from daybridge.consent.rules.facts import NOBODY as NOBODY
from daybridge.consent.rules.facts import THE_CLIENT as THE_CLIENT
from daybridge.consent.rules.facts import Decision as Decision
from daybridge.consent.rules.facts import Given as Given
from daybridge.consent.rules.facts import Happening as Happening
from daybridge.consent.rules.facts import History as History
from daybridge.consent.rules.facts import Period as Period
from daybridge.consent.rules.facts import Person as Person
from daybridge.consent.rules.facts import Recipient as Recipient
from daybridge.consent.rules.facts import Request as Request
from daybridge.consent.rules.facts import Restriction as Restriction
from daybridge.consent.rules.facts import Ruling as Ruling
from daybridge.consent.rules.facts import Withheld as Withheld
from daybridge.consent.rules.grounds import GROUNDS as GROUNDS
from daybridge.consent.rules.grounds import Ground as Ground
from daybridge.consent.rules.grounds import Lack as Lack
from daybridge.consent.rules.names import look_alike as look_alike
from daybridge.consent.rules.names import same_name as same_name
from daybridge.consent.rules.notices import LONG_NOTICE as LONG_NOTICE
from daybridge.consent.rules.notices import SHORT_NOTICE as SHORT_NOTICE
from daybridge.consent.rules.revoking import check_may_revoke as check_may_revoke
from daybridge.consent.rules.revoking import may_revoke as may_revoke
from daybridge.consent.rules.scopes import defect as defect
from daybridge.consent.rules.scopes import kinds_of as kinds_of
from daybridge.consent.rules.scopes import purposes_of as purposes_of
from daybridge.consent.rules.signers import Signers as Signers
from daybridge.consent.rules.signers import who_must_sign as who_must_sign
from daybridge.consent.rules.signing import RELATIONS as RELATIONS
from daybridge.consent.rules.signing import Signature as Signature
from daybridge.consent.rules.signing import check_same_text as check_same_text
from daybridge.consent.rules.signing import check_signature as check_signature
from daybridge.consent.rules.standing import check_not_in_force as check_not_in_force
from daybridge.consent.rules.standing import is_in_force as is_in_force
from daybridge.consent.rules.ways import WAYS as WAYS
from daybridge.consent.rules.words import CLASSES as CLASSES
from daybridge.consent.rules.words import MOVES as MOVES
from daybridge.consent.rules.words import TPO as TPO
from daybridge.consent.rules.words import TPO_PURPOSES as TPO_PURPOSES
from daybridge.consent.rules.words import TREATMENT as TREATMENT
from daybridge.consent.rules.words import USUAL_SENSITIVITIES as USUAL_SENSITIVITIES
from daybridge.consent.rules.words import ConsentState as ConsentState
from daybridge.consent.rules.words import FormKind as FormKind
from daybridge.consent.rules.words import Kind as Kind
from daybridge.consent.rules.words import Purpose as Purpose
from daybridge.consent.rules.words import RecipientType as RecipientType
from daybridge.consent.rules.words import Sensitivity as Sensitivity
