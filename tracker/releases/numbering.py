"""第N期 and 总第N期: given when a document is issued, unique per masthead and year, never used twice."""

from django.core.exceptions import ValidationError
from django.db import IntegrityError, transaction
from django.db.models import Max
from django.utils import timezone

from accounts import audit
from accounts.models import Region, User
from accounts.rules import ALLOWED, Verdict, refused, require
from tracker.releases.models import IssueNumber, Release


class NumberTaken(Exception):
    """Somebody else was given this number meanwhile."""


def may_number(user: User, region: Region) -> Verdict:
    """Reviewers and issuers of the lead office keep the numbers."""
    if user.reach.leads_region(region, "reviewer", "issuer"):
        return ALLOWED
    return refused("只有牵头单位的主管和签发人可以管理期号。")


def numbers_of(region: Region, masthead: str):
    return IssueNumber.objects.filter(region=region, masthead=masthead)


def next_number(region: Region, masthead: str, year: int) -> int:
    """One after the highest of the year; voided ones count."""
    last = numbers_of(region, masthead).filter(year=year).aggregate(last=Max("number"))
    return (last["last"] or 0) + 1


def next_total(region: Region, masthead: str) -> int | None:
    """One after the highest; None for a masthead that keeps no running total."""
    last = numbers_of(region, masthead).aggregate(last=Max("total"))
    return last["last"] + 1 if last["last"] else None


def propose(
    release: Release, masthead: str, *, number: int | None, total: int | None, by: User
) -> IssueNumber:
    """The row as it will be given: what was set by hand, else what comes next. Not saved yet."""
    year = timezone.localdate().year
    return IssueNumber(
        region=release.region,
        masthead=masthead,
        year=year,
        number=number or next_number(release.region, masthead, year),
        total=total or next_total(release.region, masthead),
        release=release,
        by=by,
    )


def give(row: IssueNumber) -> None:
    """Keep it, inside the caller's transaction. NumberTaken when it was given before."""
    try:
        with transaction.atomic():
            row.save(force_insert=True)
    except IntegrityError as taken:
        raise NumberTaken(str(row)) from taken


@transaction.atomic
def void_number(row: IssueNumber, *, by: User, reason: str) -> None:
    """The number stays in the book as void; its document keeps it, no other one gets it."""
    require(may_number(by, row.region))
    if not reason.strip():
        raise ValidationError("请写明作废的原因。")
    void = {"voided_by": by, "voided_at": timezone.now(), "void_reason": reason.strip()[:200]}
    if not IssueNumber.objects.filter(pk=row.pk, voided_at=None).update(**void):
        require(refused("这个期号已经作废。"))
    audit.record(by, "issue_number.void", row, reason=reason)


@transaction.atomic
def void_unused(
    region: Region, masthead: str, number: int, *, by: User, reason: str, year: int | None = None
) -> IssueNumber:
    """Record that a number is left out: it was printed wrongly, or taken by hand elsewhere."""
    require(may_number(by, region))
    if not reason.strip():
        raise ValidationError("请写明作废的原因。")
    row = IssueNumber(
        region=region,
        masthead=masthead,
        year=year or timezone.localdate().year,
        number=number,
        by=by,
        voided_by=by,
        voided_at=timezone.now(),
        void_reason=reason.strip()[:200],
    )
    try:
        give(row)
    except NumberTaken:
        require(refused(f"{row}已经用过，不能再登记。"))
    audit.record(by, "issue_number.void", row, reason=reason)
    return row
