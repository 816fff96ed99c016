"""Say whom the story of a changed shift may be told about: a client in care, and the counselor who looks after them."""

import django


def main() -> None:
    django.setup()
    from daybridge.people.models import CareTeamMember
    from daybridge.people.rules import PRIMARY

    team = CareTeamMember.objects.filter(
        role=PRIMARY, until=None, client__hidings=None, client__episodes__status="active",
        client__episodes__plans__status="active", staff__user__memberships__role="counselor",
    )  # fmt: skip
    one = team.select_related("client", "staff__user").order_by("client__record_number").first()
    print(f"client={one.client_id}")
    print(f"called={one.client.short}")
    print(f"counselor={one.staff.user.name}")


if __name__ == "__main__":
    main()
