"""Who has looked at a release before it goes out: the chain of its genre, and each step that was taken."""

from django.core.validators import MaxValueValidator, MinValueValidator
from django.db import models
from django.db.models import F, Q

from accounts.appendonly import protect
from accounts.models import Agency, Region, User

from .release import DRAFT_ROLES, Release, Version


class ChainSetting(models.Model):
    """What a city asks for before a genre is issued; without a row the genre's own chain holds."""

    region = models.ForeignKey(Region, on_delete=models.PROTECT, related_name="+")
    genre = models.CharField("文种", max_length=40)
    readings = models.PositiveSmallIntegerField(
        "核稿次数", default=1, validators=[MaxValueValidator(3)]
    )
    countersign = models.BooleanField("会签", default=False)
    countersign_days = models.PositiveSmallIntegerField(
        "会签时限（工作日）",
        default=1,
        validators=[MinValueValidator(1), MaxValueValidator(30)],
    )
    secrecy = models.BooleanField("保密审查和公开属性", default=False)

    class Meta:
        verbose_name = "办理流程"
        ordering = ["region", "genre"]
        constraints = [
            models.UniqueConstraint(fields=["region", "genre"], name="chain_once_per_genre"),
            models.CheckConstraint(condition=Q(readings__lte=3), name="readings_at_most_three"),
        ]

    def __str__(self):
        return f"{self.region} {self.genre}"


class Attachment(models.Model):
    """A scan or a picture that belongs to a release; served only to those who may see its drafts."""

    release = models.ForeignKey(Release, on_delete=models.PROTECT, related_name="attachments")
    file = models.FileField(upload_to="releases/scans/%Y/%m")
    name = models.CharField("文件名", max_length=200)
    content_type = models.CharField(max_length=100)
    size = models.PositiveBigIntegerField()
    sha256 = models.CharField(max_length=64)
    by = models.ForeignKey(User, on_delete=models.PROTECT, related_name="+")
    at = models.DateTimeField(auto_now_add=True)

    class Meta:
        verbose_name = "扫描件"
        ordering = ["pk"]

    def __str__(self):
        return self.name


class Signed(models.Model):
    """Whose word it is, and who recorded it: on line the same person, on paper with its scan."""

    signer = models.ForeignKey(User, on_delete=models.PROTECT, null=True, related_name="+")
    signer_name = models.CharField("办理人", max_length=60)
    signer_post = models.CharField("职务", max_length=60, blank=True)
    recorded_by = models.ForeignKey(User, on_delete=models.PROTECT, related_name="+")
    scan = models.ForeignKey(
        Attachment, on_delete=models.PROTECT, null=True, blank=True, related_name="+"
    )
    opinion = models.TextField("意见", blank=True)
    at = models.DateTimeField(auto_now_add=True)

    class Meta:
        abstract = True

    @property
    def on_paper(self) -> bool:
        return self.signer_id is None


class Openness(models.TextChoices):
    PROACTIVE = "proactive", "主动公开"
    ON_REQUEST = "on_request", "依申请公开"
    WITHHELD = "withheld", "不予公开"


class Step(Signed):
    """One person's word on a text: read, cleared, or signed. It holds for the text of `digest` only."""

    class Kind(models.TextChoices):
        READING = "reading", "核稿"
        SECRECY = "secrecy", "保密审查"
        SIGN = "sign", "签发"

    class Outcome(models.TextChoices):
        AGREED = "agreed", "同意"
        RETURNED = "returned", "退回修改"

    release = models.ForeignKey(Release, on_delete=models.PROTECT, related_name="steps")
    version = models.ForeignKey(Version, on_delete=models.PROTECT, related_name="steps")
    digest = models.CharField(max_length=64)
    kind = models.CharField(max_length=10, choices=Kind)
    ordinal = models.PositiveSmallIntegerField(default=1)
    outcome = models.CharField(max_length=10, choices=Outcome)
    openness = models.CharField("公开属性", max_length=10, choices=Openness, blank=True)

    class Meta:
        verbose_name = "办理步骤"
        ordering = ["pk"]
        constraints = [
            models.CheckConstraint(
                condition=Q(signer__isnull=False, signer=F("recorded_by")) | Q(scan__isnull=False),
                name="paper_step_has_its_scan",
            ),
            models.CheckConstraint(
                condition=Q(outcome="agreed") | ~Q(opinion=""), name="returned_step_says_why"
            ),
            models.CheckConstraint(
                condition=~Q(kind="secrecy", outcome="agreed") | ~Q(openness=""),
                name="cleared_step_says_openness",
            ),
        ]

    def __str__(self):
        return f"{self.release} {self.get_kind_display()}"


class CountersignQuerySet(models.QuerySet):
    def visible_to(self, user):
        """An agency's own; all of a region for the people of its lead office; all for an auditor."""
        if user.reach.has("auditor"):
            return self
        if user.reach.administers:
            return self.none()
        led = user.reach.led("release__region__path", *DRAFT_ROLES)
        own = user.reach.agencies("reporter") | user.reach.agencies("signer")
        return self.filter(led | Q(agency__in=own))


class Countersign(models.Model):
    """That an agency was asked to confirm its paragraphs, as they then were, by a time. Append-only."""

    release = models.ForeignKey(Release, on_delete=models.PROTECT, related_name="countersigns")
    agency = models.ForeignKey(Agency, on_delete=models.PROTECT, related_name="countersigns")
    version = models.ForeignKey(Version, on_delete=models.PROTECT, related_name="+")
    digest = models.CharField(max_length=64)
    due_at = models.DateTimeField("期限")
    asked_by = models.ForeignKey(User, on_delete=models.PROTECT, related_name="+")
    asked_at = models.DateTimeField(auto_now_add=True)

    objects = CountersignQuerySet.as_manager()

    class Meta:
        verbose_name = "会签"
        ordering = ["-pk"]

    def __str__(self):
        return f"{self.agency} {self.release}"


class CountersignAnswer(Signed):
    """What an agency said, or what the lead office decided in its place. Append-only."""

    class Outcome(models.TextChoices):
        AGREED = "agreed", "同意"
        DIFFERS = "differs", "不同意见"
        DECIDED = "decided", "牵头单位裁定"

    countersign = models.ForeignKey(Countersign, on_delete=models.PROTECT, related_name="answers")
    outcome = models.CharField(max_length=10, choices=Outcome)

    class Meta:
        verbose_name = "会签意见"
        ordering = ["pk"]
        constraints = [
            models.CheckConstraint(
                condition=Q(signer__isnull=False, signer=F("recorded_by")) | Q(scan__isnull=False),
                name="paper_answer_has_its_scan",
            ),
            models.CheckConstraint(
                condition=Q(outcome="agreed") | ~Q(opinion=""), name="other_answer_says_why"
            ),
        ]

    def __str__(self):
        return f"{self.countersign} {self.get_outcome_display()}"


class Waiver(models.Model):
    """A finding that does not stop this release: asked by one person, granted by another."""

    class State(models.TextChoices):
        ASKED = "asked", "待同意"
        GRANTED = "granted", "已同意"
        REFUSED = "refused", "不同意"

    release = models.ForeignKey(Release, on_delete=models.PROTECT, related_name="waivers")
    digest = models.CharField(max_length=64)
    kind = models.CharField("校验项", max_length=20)
    raw = models.CharField("文字", max_length=200)
    sentence = models.TextField("所在句子")
    message = models.TextField("校验结果", blank=True)
    reason = models.CharField("理由", max_length=500)
    asked_by = models.ForeignKey(User, on_delete=models.PROTECT, related_name="+")
    asked_at = models.DateTimeField(auto_now_add=True)
    state = models.CharField(max_length=10, choices=State, default=State.ASKED)
    decided_by = models.ForeignKey(User, on_delete=models.PROTECT, null=True, related_name="+")
    decided_at = models.DateTimeField(null=True)
    answer = models.CharField("意见", max_length=500, blank=True)

    class Meta:
        verbose_name = "校验例外"
        ordering = ["pk"]
        constraints = [
            models.UniqueConstraint(
                fields=["release", "digest"],
                condition=~Q(state="refused"),
                name="waiver_once_per_finding",
            ),
            models.CheckConstraint(
                condition=Q(decided_by__isnull=True) | ~Q(decided_by=F("asked_by")),
                name="waiver_decided_by_a_second_person",
            ),
            models.CheckConstraint(
                condition=Q(state="asked", decided_by__isnull=True)
                | ~Q(state="asked") & Q(decided_by__isnull=False, decided_at__isnull=False),
                name="waiver_decision_has_its_person",
            ),
            models.CheckConstraint(condition=~Q(reason=""), name="waiver_says_why"),
        ]

    def __str__(self):
        return self.raw


protect(Step)
protect(Countersign)
protect(CountersignAnswer)
