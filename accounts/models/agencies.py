"""Agencies: a line at a region, with their names and superiors through time."""

from datetime import date

from django.db import models
from django.db.models import F, Q
from django.db.models.expressions import RawSQL

from accounts.models.places import Line, Region, in_force

UNDER = """
    WITH RECURSIVE under(id) AS (
        SELECT id FROM accounts_agency WHERE id IN ({marks})
        UNION
        SELECT a.id FROM accounts_agency a JOIN under ON a.superior_id = under.id
    )
    SELECT id FROM under
"""


class AgencyQuerySet(models.QuerySet):
    def active(self):
        return self.filter(active=True)

    def under(self, ids):
        """These agencies and every one below them, however deep."""
        ids = sorted(ids)
        if not ids:
            return self.none()
        marks = ", ".join(["%s"] * len(ids))
        return self.filter(id__in=RawSQL(UNDER.format(marks=marks), ids))  # noqa: S611

    def within(self, paths):
        """Agencies whose region lies within one of these region paths."""
        inside = Q(pk__in=[])
        for path in paths:
            inside |= Q(region__path__startswith=path)
        return self.filter(inside)

    def visible_to(self, user):
        """All for an administrator; else own, subordinate, and those of a region one leads."""
        reach = user.reach
        if reach.administers:
            return self
        own = self.model.objects.under(reach.agencies()).values("pk")
        led = self.model.objects.within(reach.leads()).values("pk")
        return self.filter(Q(pk__in=own) | Q(pk__in=led))


class Agency(models.Model):
    line = models.ForeignKey(Line, models.PROTECT, related_name="agencies", verbose_name="条线")
    region = models.ForeignKey(Region, models.PROTECT, related_name="agencies", verbose_name="区划")
    name = models.CharField("机构全称", max_length=100)
    short_name = models.CharField("简称", max_length=60)
    spoken_name = models.CharField("称谓", max_length=60)
    superior = models.ForeignKey(
        "self",
        models.PROTECT,
        null=True,
        blank=True,
        related_name="subordinates",
        verbose_name="上级机构",
    )
    leads = models.OneToOneField(
        Region,
        models.PROTECT,
        null=True,
        blank=True,
        related_name="lead_office",
        verbose_name="牵头区划",
    )
    is_guest = models.BooleanField("客座单位", default=False)
    active = models.BooleanField("在用", default=True)

    objects = AgencyQuerySet.as_manager()

    class Meta:
        verbose_name = "机构"
        ordering = ["region__path", "line__order", "id"]
        constraints = [
            models.UniqueConstraint(
                fields=["name"], condition=Q(active=True), name="agency_name_once"
            ),
            models.CheckConstraint(
                condition=Q(superior__isnull=True) | ~Q(superior=F("id")),
                name="agency_not_its_own_superior",
            ),
        ]

    def __str__(self):
        return self.short_name

    def name_on(self, day: date) -> "AgencyName":
        """Its full, short and spoken name on that day; DoesNotExist before its first."""
        return self.names.filter(in_force(day)).latest("valid_from")

    def superior_on(self, day: date) -> "Agency | None":
        link = self.links.filter(in_force(day)).order_by("valid_from").last()
        return link.superior if link else None


class AgencyName(models.Model):
    agency = models.ForeignKey(Agency, models.CASCADE, related_name="names", verbose_name="机构")
    name = models.CharField("机构全称", max_length=100)
    short_name = models.CharField("简称", max_length=60)
    spoken_name = models.CharField("称谓", max_length=60)
    valid_from = models.DateField("启用")
    valid_to = models.DateField("停用", null=True, blank=True)

    class Meta:
        verbose_name = "机构名称"
        ordering = ["agency", "valid_from"]
        constraints = [
            models.UniqueConstraint(
                fields=["agency"],
                condition=Q(valid_to__isnull=True),
                name="agency_name_one_current",
            ),
            models.CheckConstraint(
                condition=Q(valid_to__isnull=True) | Q(valid_to__gte=F("valid_from")),
                name="agency_name_period_in_order",
            ),
        ]

    def __str__(self):
        return self.name


class AgencyLink(models.Model):
    """Who stood above an agency, and from when to when."""

    agency = models.ForeignKey(Agency, models.CASCADE, related_name="links", verbose_name="机构")
    superior = models.ForeignKey(
        Agency,
        models.PROTECT,
        null=True,
        blank=True,
        related_name="past_subordinates",
        verbose_name="上级机构",
    )
    valid_from = models.DateField("启用")
    valid_to = models.DateField("停用", null=True, blank=True)

    class Meta:
        verbose_name = "隶属关系"
        ordering = ["agency", "valid_from"]
        constraints = [
            models.UniqueConstraint(
                fields=["agency"],
                condition=Q(valid_to__isnull=True),
                name="agency_link_one_current",
            ),
            models.CheckConstraint(
                condition=Q(valid_to__isnull=True) | Q(valid_to__gte=F("valid_from")),
                name="agency_link_period_in_order",
            ),
        ]

    def __str__(self):
        return f"{self.agency} ← {self.superior or '无上级'}"


def lead_office_of(region: Region) -> Agency | None:
    """The nearest lead office: the region's own, else the one of the region above it."""
    above = Region.objects.above(region)
    return Agency.objects.active().filter(leads__in=above).order_by("-leads__path").first()
