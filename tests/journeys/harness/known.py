"""Say whom a story may be told about: a client whose relative may know, and one out of a counselor's reach."""

import django


def main() -> None:
    django.setup()
    from daybridge.access.models import User
    from daybridge.consent.models import Consent
    from daybridge.people.models import Client

    desk = User.objects.get(name="Nora Ellis").staff.site
    agreed = Consent.objects.filter(kind="family", status="active", client__site=desk).select_related("client")
    consent = agreed.earliest("signed_at")
    here = Client.objects.standing().filter(hidings=None, episodes__status="active").order_by("record_number")
    counselors = User.objects.filter(memberships__role="counselor").order_by("name")
    who, far, author = next(
        (one, client, other)
        for one in counselors
        for client in here.filter(site=one.staff.site).exclude(pk__in=Client.objects.charts_of(one))
        for other in counselors.filter(staff__site=one.staff.site)
        if Client.objects.charts_of(other).filter(pk=client.pk).exists()
    )
    print(f"client={consent.client.given_name} {consent.client.family_name}")
    print(f"relative={consent.recipient_name}")
    print(f"relation={consent.recipient_relation}")
    print(f"who={who.name}")
    print(f"author={author.name}")
    print(f"far id={far.id}")
    print(f"far record={far.record_number}")


if __name__ == "__main__":
    main()
