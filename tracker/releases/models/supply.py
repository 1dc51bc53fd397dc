"""A figure that a text wants and the ledger lacks: which agency was asked to file it, and what came of it."""

from django.db import models
from django.db.models import Q
from django.urls import reverse

from accounts.models import Agency, User
from tracker.catalogue.models import Indicator

from .release import DRAFT_ROLES, Release


class FigureRequestQuerySet(models.QuerySet):
    def visible_to(self, user):
        """The asked agency's own; all of a region for the people of its lead office; all for an auditor."""
        if user.reach.has("auditor"):
            return self
        if user.reach.administers:
            return self.none()
        led = user.reach.led("release__region__path", *DRAFT_ROLES)
        own = user.reach.agencies("reporter") | user.reach.agencies("signer")
        return self.filter(led | Q(agency__in=own))

    def open(self):
        return self.filter(state=FigureRequest.State.ASKED)


class FigureRequest(models.Model):
    """`wanted` is all that the agency is told of the text; `digest` and `raw` say which finding it is."""

    class State(models.TextChoices):
        ASKED = "asked", "已请补报"
        REPLIED = "replied", "已答复"
        FILED = "filed", "已补报"
        WITHDRAWN = "withdrawn", "已撤回"

    release = models.ForeignKey(Release, on_delete=models.PROTECT, related_name="figure_requests")
    agency = models.ForeignKey(Agency, on_delete=models.PROTECT, related_name="figure_requests")
    indicator = models.ForeignKey(
        Indicator, on_delete=models.PROTECT, null=True, blank=True, related_name="+"
    )
    digest = models.CharField(max_length=64)
    raw = models.CharField("数字", max_length=200)
    wanted = models.CharField("请补报的内容", max_length=300)
    asked_by = models.ForeignKey(User, on_delete=models.PROTECT, related_name="+")
    asked_at = models.DateTimeField(auto_now_add=True)
    state = models.CharField(max_length=10, choices=State, default=State.ASKED)
    reply = models.CharField("答复", max_length=500, blank=True)
    closed_by = models.ForeignKey(User, on_delete=models.PROTECT, null=True, related_name="+")
    closed_at = models.DateTimeField(null=True)

    objects = FigureRequestQuerySet.as_manager()

    class Meta:
        verbose_name = "补报请求"
        ordering = ["pk"]
        constraints = [
            models.UniqueConstraint(
                fields=["release", "digest"],
                condition=Q(state="asked"),
                name="figure_asked_of_one_agency",
            ),
            models.CheckConstraint(
                condition=Q(state="asked", closed_at__isnull=True)
                | ~Q(state="asked") & Q(closed_at__isnull=False),
                name="closed_request_says_when",
            ),
            models.CheckConstraint(
                condition=~Q(state="replied") | ~Q(reply="") & Q(closed_by__isnull=False),
                name="reply_has_words_and_person",
            ),
            models.CheckConstraint(condition=~Q(wanted=""), name="request_says_what"),
        ]

    def __str__(self):
        return self.wanted

    def get_absolute_url(self):
        return reverse("figure-request", args=[self.pk])
