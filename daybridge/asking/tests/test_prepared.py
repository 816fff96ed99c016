"""What a prepared question answers is what the query answers."""

from datetime import date, datetime, timedelta
from uuid import uuid4

import pytest
from django.db.models import Count, Q

from daybridge.access.models import Membership, Site, User
from daybridge.asking import Changing, Given, Inserting, Shaped, prepared
from daybridge.people.tests import factories

pytestmark = pytest.mark.django_db


def sites():
    return Site.objects.values_list("id", "name", "first_weekday")


@prepared
def one_site():
    return sites().filter(id=Given("site"))


@prepared
def some_sites(limit):
    return sites().filter(id__in=Given("ids"), name__contains="").order_by("name")[:limit]


def test_a_value_is_set_into_its_place(site, other_site):
    assert one_site(site=site.id) == list(sites().filter(id=site.id))
    assert one_site(site=other_site.id) == list(sites().filter(id=other_site.id))
    assert one_site(site=uuid4()) == []


def test_a_list_may_be_of_any_length(site, other_site):
    ids = [site.id, other_site.id]
    assert some_sites(5, ids=ids) == list(sites().order_by("name"))
    assert some_sites(5, ids=ids[:1]) == list(sites().filter(id=site.id))
    assert some_sites(1, ids=ids) == list(sites().order_by("name")[:1])


def test_an_empty_list_finds_nothing_and_asks_nothing(django_assert_num_queries):
    with django_assert_num_queries(0):
        assert some_sites(5, ids=[]) == []


def test_a_value_that_is_missing_is_an_error(site):
    with pytest.raises(KeyError):
        one_site()


def test_the_query_is_built_once_and_asked_each_time(site, django_assert_num_queries):
    built = []

    @prepared
    def counted():
        built.append(1)
        return sites().filter(id=Given("site"))

    with django_assert_num_queries(3):
        assert [counted(site=site.id)[0][0] for _ in range(3)] == [site.id] * 3
    assert built == [1]


def test_values_that_look_like_sql_stay_values(site):
    @prepared
    def named():
        return sites().filter(name=Given("name"))

    assert named(name="%s @name@ ' OR 1=1 --") == []
    assert [row[0] for row in named(name=site.name)] == [site.id]


def test_instants_days_and_sums_come_as_from_the_query(users, now):
    users["counselor"].last_login = now
    users["counselor"].save()

    @prepared
    def lately():
        return User.objects.filter(last_login__gt=Given("since")).values_list("id", "last_login", "is_active")

    @prepared
    def by_role():
        found = Membership.objects.filter(site=Given("site")).values_list("role").annotate(many=Count("id"))
        return found.order_by("role")

    place = Membership.objects.first().site_id
    assert lately(since=now - timedelta(seconds=1)) == [(users["counselor"].id, now, True)]
    assert lately(since=now) == []
    assert isinstance(lately(since=datetime(2020, 1, 1, tzinfo=now.tzinfo))[0][1], datetime)
    assert ("counselor", 1) in by_role(site=place)


def test_days_and_lists_inside_a_record(site):
    from daybridge.people.models import Client

    client = factories.client(site, birth_date=date(1990, 5, 17), languages=["en", "es"])

    @prepared
    def born():
        return Client.objects.filter(birth_date=Given("day")).values_list("id", "birth_date", "languages")

    assert born(day=date(1990, 5, 17)) == [(client.id, date(1990, 5, 17), ["en", "es"])]


def test_records_come_with_those_that_were_selected_with_them(users, django_assert_num_queries):
    @prepared
    def places():
        return Membership.objects.filter(user=Given("user")).select_related("site").defer("permissions")

    mine = Membership.objects.get(user=users["counselor"])
    for _ in range(2):
        with django_assert_num_queries(1):
            found = places(user=users["counselor"].id)
            assert [(one.pk, one.site.name) for one in found] == [(mine.pk, found[0].site.name)]
        assert found[0].get_deferred_fields() == {"permissions"}
        assert found[0].site == mine.site


def test_a_part_with_its_own_places_is_filled_anew_each_time(site, other_site):
    @prepared
    def named(part):
        return sites().filter(part)

    by_id = Q(id=Given("one"))
    assert [named(Shaped(by_id, {"one": one.id}))[0][1] for one in (site, other_site)] == [site.name, other_site.name]


def test_a_long_list_finds_what_a_short_one_does(site, other_site):
    strangers = [uuid4() for _ in range(30)]
    assert some_sites(5, ids=[*strangers, site.id, other_site.id]) == list(sites().order_by("name"))


def test_what_can_find_nothing_asks_nothing(django_assert_num_queries):
    @prepared
    def nobody():
        return sites().filter(id__in=(), name=Given("name"))

    with django_assert_num_queries(0):
        assert nobody(name="x") == []


def test_a_row_is_put_in_and_changed_as_by_django(site):
    insert, rename = Inserting(Site), Changing(lambda: Site.objects.filter(id=Given("which")), ("name", "phone"))
    new = Site(name="Pier", timezone="America/Chicago", address="1 Pier", phone="+12125550100")
    insert(**{field.attname: getattr(new, field.attname) for field in Site._meta.local_concrete_fields})
    assert list(Site.objects.filter(pk=new.pk).values()) == [
        {field.attname: getattr(new, field.attname) for field in Site._meta.local_concrete_fields}
    ]
    assert rename(which=new.pk, name="Dock", phone="") == 1
    assert rename(which=uuid4(), name="Nowhere", phone="") == 0
    assert list(Site.objects.filter(name="Dock").values_list("id", "phone")) == [(new.pk, "")]
    assert not Site.objects.filter(name="Nowhere").exists()
