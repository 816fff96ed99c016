"""Names of those who acted, for pages; rows keep only who it was by id."""

from collections.abc import Set
from uuid import UUID

from daybridge.access.models import User

PERSON = "user:"


def actor_names(actors: Set[str]) -> dict[str, str]:
    """The names of these people by "user:<id>"; parts of the program are left as they are."""
    ids = {UUID(actor.removeprefix(PERSON)) for actor in actors if actor.startswith(PERSON)}
    return {f"{PERSON}{pk}": name for pk, name in User.objects.filter(pk__in=ids).values_list("pk", "name")}
