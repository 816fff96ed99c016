"""Where a person may take referrals in."""

from daybridge.access.models import Site
from daybridge.access.rules import Permission


def sites(*, by) -> list[Site]:
    """The sites at which `by` may take a referral in, by name."""
    return list(Site.objects.filter(id__in=by.sites_with(Permission.REFERRAL_RECEIVE)))
