"""Tracks, rooms, topics, curricula and the weekly groups; days off and windows; who is enrolled in which track."""

from django.db import models
from django.db.models import Q

from daybridge.access.models import Site
from daybridge.access.rules import Permission
from daybridge.episodes.models import Episode
from daybridge.kit.ids import new_id
from daybridge.people.models import Staff
from daybridge.program.rules import Audience, Category, WindowKind

CATEGORIES = tuple(category.value for category in Category)


# Of a track's enrollments, those that hold a seat: running ones of people still in care.
HOLDS_A_SEAT = Q(enrollments__until=None) & ~Q(enrollments__episode__status="discharged")


class SiteQuerySet(models.QuerySet):
    """Things of a site, within reach."""

    def visible_to(self, by) -> "SiteQuerySet":
        return self.filter(site__in=by.sites_with(Permission.PROGRAM_SEE))


class Track(models.Model):
    """A line of weekly groups a client follows, and whom it is for. An empty gender or focus means everybody.

    `phases` in order: name, weeks and weekly minutes of each (`rules.Phase`).
    """

    id = models.UUIDField(primary_key=True, default=new_id, editable=False)
    site = models.ForeignKey(Site, models.PROTECT, related_name="tracks")
    name = models.CharField(max_length=100)
    part_of_day = models.CharField(max_length=10)
    level = models.CharField(max_length=10, default="2.1")
    population = models.CharField(max_length=20, default="adult")
    gender = models.CharField(max_length=10, blank=True)
    language = models.CharField(max_length=8, default="en")
    focus = models.CharField(max_length=20, blank=True)
    modality = models.CharField(max_length=12, default="on-site")
    phases = models.JSONField(default=list)
    seats = models.PositiveSmallIntegerField()
    is_active = models.BooleanField(default=True)

    objects = SiteQuerySet.as_manager()

    class Meta:
        ordering = ("site", "name")
        constraints = [models.UniqueConstraint(fields=["site", "name"], name="program_track_named_once")]

    def __str__(self) -> str:
        return self.name

    @property
    def audience(self) -> Audience:
        return Audience(self.population, self.gender, self.language)


class Room(models.Model):
    """A room with seats."""

    id = models.UUIDField(primary_key=True, default=new_id, editable=False)
    site = models.ForeignKey(Site, models.PROTECT, related_name="rooms")
    name = models.CharField(max_length=60)
    seats = models.PositiveSmallIntegerField()
    is_office = models.BooleanField(default=False)
    is_accessible = models.BooleanField(default=False)
    features = models.JSONField(default=list)
    is_active = models.BooleanField(default=True)

    objects = SiteQuerySet.as_manager()

    class Meta:
        ordering = ("is_office", "name")
        constraints = [models.UniqueConstraint(fields=["site", "name"], name="program_room_named_once")]

    def __str__(self) -> str:
        return self.name


class Topic(models.Model):
    """What a group is about, how long it takes, who may lead it, and whom it suits. `library` names its outline."""

    id = models.UUIDField(primary_key=True, default=new_id, editable=False)
    name = models.CharField(max_length=100, unique=True)
    category = models.CharField(max_length=12, choices=[(c, c) for c in CATEGORIES])
    minutes = models.PositiveSmallIntegerField()
    credentials = models.JSONField(default=list)
    summary = models.CharField(max_length=300, blank=True)
    library = models.CharField(max_length=60, blank=True)
    language = models.CharField(max_length=8, blank=True)
    gender = models.CharField(max_length=10, blank=True)
    tags = models.JSONField(default=list)
    prerequisites = models.ManyToManyField("self", symmetrical=False, related_name="+")
    min_size = models.PositiveSmallIntegerField(default=2)
    ideal_size = models.PositiveSmallIntegerField(default=8)
    max_size = models.PositiveSmallIntegerField(default=12)
    counts_hours = models.BooleanField(default=True)
    is_billable = models.BooleanField(default=True)
    needs_licensed = models.BooleanField(default=False)
    is_active = models.BooleanField(default=True)

    class Meta:
        constraints = [
            models.CheckConstraint(
                condition=Q(
                    min_size__gte=1, min_size__lte=models.F("ideal_size"), ideal_size__lte=models.F("max_size")
                ),
                name="program_topic_sizes_in_order",
            )
        ]

    def __str__(self) -> str:
        return self.name

    @property
    def audience(self) -> Audience:
        return Audience(gender=self.gender, language=self.language)


class Curriculum(models.Model):
    """An ordered course of topics in a track: open, where people join any week; or closed, begun together."""

    id = models.UUIDField(primary_key=True, default=new_id, editable=False)
    track = models.ForeignKey(Track, models.PROTECT, related_name="curricula")
    name = models.CharField(max_length=100)
    mode = models.CharField(max_length=8, choices=[("open", "open"), ("closed", "closed")], default="open")

    class Meta:
        ordering = ("name",)
        constraints = [models.UniqueConstraint(fields=["track", "name"], name="program_curriculum_named_once")]

    def __str__(self) -> str:
        return self.name


class Lesson(models.Model):
    """One topic at its place in a curriculum, counted from 0."""

    id = models.UUIDField(primary_key=True, default=new_id, editable=False)
    curriculum = models.ForeignKey(Curriculum, models.PROTECT, related_name="lessons")
    topic = models.ForeignKey(Topic, models.PROTECT, related_name="+")
    position = models.PositiveSmallIntegerField()

    class Meta:
        ordering = ("position",)
        constraints = [models.UniqueConstraint(fields=["curriculum", "topic"], name="program_lesson_once")]

    def __str__(self) -> str:
        return f"{self.position}"


class WeeklyGroup(models.Model):
    """A group that meets every week: its track, topic, weekday, time, room and facilitator."""

    id = models.UUIDField(primary_key=True, default=new_id, editable=False)
    track = models.ForeignKey(Track, models.PROTECT, related_name="groups")
    topic = models.ForeignKey(Topic, models.PROTECT, related_name="+")
    curriculum = models.ForeignKey(Curriculum, models.PROTECT, null=True, related_name="groups")
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


class Closure(models.Model):
    """Days on which a site is closed, both named. `holiday` is the key of a holiday it was taken for, else empty."""

    id = models.UUIDField(primary_key=True, default=new_id, editable=False)
    site = models.ForeignKey(Site, models.PROTECT, related_name="closures")
    first = models.DateField()
    last = models.DateField()
    why = models.CharField(max_length=100)
    holiday = models.CharField(max_length=40, blank=True)

    objects = SiteQuerySet.as_manager()

    class Meta:
        ordering = ("first",)
        constraints = [
            models.CheckConstraint(condition=Q(first__lte=models.F("last")), name="program_closure_in_order"),
            models.UniqueConstraint(fields=["site", "first"], name="program_closure_begins_once"),
        ]

    def __str__(self) -> str:
        return f"{self.first}"


class RoomClosure(models.Model):
    """A stretch in which a room cannot be used; half-open."""

    id = models.UUIDField(primary_key=True, default=new_id, editable=False)
    room = models.ForeignKey(Room, models.PROTECT, related_name="closures")
    starts_at = models.DateTimeField()
    ends_at = models.DateTimeField()
    why = models.CharField(max_length=100)

    class Meta:
        ordering = ("starts_at",)
        constraints = [
            models.CheckConstraint(condition=Q(starts_at__lt=models.F("ends_at")), name="program_room_closure_in_order")
        ]

    def __str__(self) -> str:
        return f"{self.starts_at}"


class Window(models.Model):
    """A weekly stretch in which a service is open to whoever comes: drug tests, the medication clinic."""

    id = models.UUIDField(primary_key=True, default=new_id, editable=False)
    site = models.ForeignKey(Site, models.PROTECT, related_name="windows")
    kind = models.CharField(max_length=20, choices=[(kind.value, kind.value) for kind in WindowKind])
    weekday = models.PositiveSmallIntegerField()
    start_minute = models.PositiveSmallIntegerField()
    end_minute = models.PositiveSmallIntegerField()
    capacity = models.PositiveSmallIntegerField()

    objects = SiteQuerySet.as_manager()

    class Meta:
        ordering = ("weekday", "start_minute", "kind")
        constraints = [
            models.CheckConstraint(
                condition=Q(
                    weekday__lte=6, start_minute__lt=models.F("end_minute"), end_minute__lte=1440, capacity__gte=1
                ),
                name="program_window_makes_sense",
            ),
            models.UniqueConstraint(
                fields=["site", "kind", "weekday", "start_minute"], name="program_window_begins_once"
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
