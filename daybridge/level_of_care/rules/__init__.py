"""Level of care, pure: facts of a case in, a recommended level with its reasons out."""

from daybridge.level_of_care.rules.case import Case
from daybridge.level_of_care.rules.choice import OVERRIDE_CODES, Choice
from daybridge.level_of_care.rules.engine import Recommendation, load_book, recommend
from daybridge.level_of_care.rules.levels import LEVELS, rank
from daybridge.level_of_care.rules.supports import Support

__all__ = ["LEVELS", "OVERRIDE_CODES", "Case", "Choice", "Recommendation", "Support", "load_book", "rank", "recommend"]
