"""Tracks, rooms, topics and the weekly groups; who is enrolled in which track."""

from django.db import models
from django.db.models import Q

from daybridge.access.models import Site
from daybridge.access.rules import Permission
from daybridge.episodes.models import Episode
from daybridge.kit.ids import new_id
from daybridge.people.models import Staff
from daybridge.program.rules import Category

CATEGORIES = tuple(category.value for category in Category)


# Of a track's enrollments, those that hold a seat: running ones of people still in care.
HOLDS_A_SEAT = Q(enrollments__until=None) & ~Q(enrollments__episode__status="discharged")


class SiteQuerySet(models.QuerySet):
    """Things of a site, within reach."""

    def visible_to(self, by) -> "SiteQuerySet":
        return self.filter(site__in=by.sites_with(Permission.PROGRAM_SEE))


class Track(models.Model):
    """A line of weekly groups a client follows: day, evening, weekend."""

    id = models.UUIDField(primary_key=True, default=new_id, editable=False)
    site = models.ForeignKey(Site, models.PROTECT, related_name="tracks")
    name = models.CharField(max_length=100)
    part_of_day = models.CharField(max_length=10)
    level = models.CharField(max_length=10, default="2.1")
    population = models.CharField(max_length=20, default="adult")
    seats = models.PositiveSmallIntegerField()
    is_active = models.BooleanField(default=True)

    objects = SiteQuerySet.as_manager()

    class Meta:
        ordering = ("site", "name")
        constraints = [models.UniqueConstraint(fields=["site", "name"], name="program_track_named_once")]

    def __str__(self) -> str:
        return self.name


class Room(models.Model):
    """A room with seats."""

    id = models.UUIDField(primary_key=True, default=new_id, editable=False)
    site = models.ForeignKey(Site, models.PROTECT, related_name="rooms")
    name = models.CharField(max_length=60)
    seats = models.PositiveSmallIntegerField()
    is_office = models.BooleanField(default=False)

    objects = SiteQuerySet.as_manager()

    class Meta:
        ordering = ("is_office", "name")
        constraints = [models.UniqueConstraint(fields=["site", "name"], name="program_room_named_once")]

    def __str__(self) -> str:
        return self.name


class Topic(models.Model):
    """What a group is about, how long it takes and who may lead it."""

    id = models.UUIDField(primary_key=True, default=new_id, editable=False)
    name = models.CharField(max_length=100, unique=True)
    category = models.CharField(max_length=12, choices=[(c, c) for c in CATEGORIES])
    minutes = models.PositiveSmallIntegerField()
    credentials = models.JSONField(default=list)
    summary = models.CharField(max_length=300, blank=True)

    def __str__(self) -> str:
        return self.name


class WeeklyGroup(models.Model):
    """A group that meets every week: its track, topic, weekday, time, room and facilitator."""

    id = models.UUIDField(primary_key=True, default=new_id, editable=False)
    track = models.ForeignKey(Track, models.PROTECT, related_name="groups")
    topic = models.ForeignKey(Topic, models.PROTECT, related_name="+")
    weekday = models.PositiveSmallIntegerField()
    start_minute = models.PositiveSmallIntegerField()
    minutes = models.PositiveSmallIntegerField()
    room = models.ForeignKey(Room, models.PROTECT, related_name="+")
    lead = models.ForeignKey(Staff, models.PROTECT, related_name="+")
    max_size = models.PositiveSmallIntegerField(default=12)
    min_size = models.PositiveSmallIntegerField(default=2)
    since = models.DateField()
    until = models.DateField(null=True)

    class Meta:
        ordering = ("weekday", "start_minute")
        constraints = [
            models.CheckConstraint(
                condition=Q(weekday__lte=6, minutes__gt=0, min_size__lte=models.F("max_size")),
                name="program_group_makes_sense",
            ),
            models.UniqueConstraint(
                fields=["room", "weekday", "start_minute"], condition=Q(until=None), name="program_group_room_free"
            ),
        ]

    def __str__(self) -> str:
        return f"{self.weekday} {self.start_minute}"


class Enrollment(models.Model):
    """A client's track during an episode."""

    id = models.UUIDField(primary_key=True, default=new_id, editable=False)
    episode = models.ForeignKey(Episode, models.PROTECT, related_name="enrollments")
    track = models.ForeignKey(Track, models.PROTECT, related_name="enrollments")
    since = models.DateField()
    until = models.DateField(null=True)

    class Meta:
        constraints = [
            models.UniqueConstraint(fields=["episode"], condition=Q(until=None), name="program_enrollment_one_track")
        ]

    def __str__(self) -> str:
        return f"{self.since}"
