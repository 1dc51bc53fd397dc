"""The verbs: a pattern is proposed, and a second person approves it or says why not."""

from django.core.exceptions import ValidationError
from django.db import DatabaseError, transaction
from django.urls import reverse

from accounts import audit
from accounts.models import Region, User, lead_office_of
from accounts.rules import Refused, require
from tracker.notices.services import notify
from tracker.releases.models import PatternDecision, PatternVersion
from tracker.releases.rules import COMPILERS
from tracker.releases.telling import holders

from .checking import checked, cleaned
from .rules import may_decide, may_propose, may_withdraw
from .standing import slots_kept
from .subjects import Subject

Outcome = PatternDecision.Outcome
DEFAULT = "（系统默认句式）"


def versions_of(subject: Subject, region: Region):
    """Every version of the subject's pattern in the region, the newest first, with its people."""
    about = {"programme" if subject.is_programme else "indicator": subject.record}
    rows = PatternVersion.objects.filter(region=region, **about).order_by("-number")
    return rows.select_related("by", "decision__by", "region")


def standing_of(subject: Subject, region: Region) -> PatternVersion | None:
    """The version that holds; None where the system's default does and always did."""
    return versions_of(subject, region).filter(decision__outcome=Outcome.APPROVED).first()


@transaction.atomic
def propose(
    region: Region,
    subject: Subject,
    source: str,
    *,
    by: User,
    note: str = "",
    seen: int | None = None,
) -> PatternVersion:
    """A version that waits for a second person. An empty source asks for the system's default again.

    `seen`: the last version that the person knows. PatternError for what cannot be used.
    """
    require(may_propose(by, region))
    # The subject's row keeps two proposals at the same moment apart.
    type(subject.record)._base_manager.select_for_update().get(pk=subject.record.pk)
    last = versions_of(subject, region).first()
    source = cleaned(source)
    _refuse_useless(subject, region, last, source, seen)
    names = slots_kept(checked(subject, source)) if source else {}
    about = {"programme" if subject.is_programme else "indicator": subject.record}
    made = PatternVersion.objects.create(
        region=region, number=last.number + 1 if last else 1, source=source, slots=names,
        note=note.strip()[:200], by=by, **about,
    )  # fmt: skip
    audit.record(by, "pattern.propose", made, subject=subject.title, number=made.number, source=source)  # fmt: skip
    _ask(made)
    return made


def _refuse_useless(
    subject: Subject,
    region: Region,
    last: PatternVersion | None,
    source: str,
    seen: int | None,
) -> None:
    if last and last.decided is None:
        raise Refused(f"{subject.title}的第{last.number}版正在等待审定，审定或撤回后才能再提。")
    if seen is not None and seen != (last.number if last else 0):
        raise Refused(f"{subject.title}的句式已有第{last.number if last else 0}版，请看过后再提。")
    standing = standing_of(subject, region)
    if source == (standing.source if standing else ""):
        raise Refused("与现在使用的句式相同，不需要提交。")


@transaction.atomic
def approve(version: PatternVersion, *, by: User, answer: str = "") -> PatternVersion:
    """From now on every compile of the region says it so."""
    return _decide(version, Outcome.APPROVED, by, answer, may_decide)


@transaction.atomic
def reject(version: PatternVersion, *, by: User, answer: str) -> PatternVersion:
    """Nothing changes; the reason stays with the version. ValidationError without one."""
    if not answer.strip():
        raise ValidationError({"answer": "不同意请写明原因。"})
    return _decide(version, Outcome.REJECTED, by, answer, may_decide)


@transaction.atomic
def withdraw(version: PatternVersion, *, by: User) -> PatternVersion:
    """Who proposed it takes it back before it is decided."""
    return _decide(version, Outcome.WITHDRAWN, by, "", may_withdraw)


def _decide(version: PatternVersion, outcome: str, by: User, answer: str, rule) -> PatternVersion:
    rows = PatternVersion.objects.select_for_update(of=("self",))
    version = rows.select_related("region", "by", "programme", "indicator").get(pk=version.pk)
    require(rule(by, version))
    try:
        with transaction.atomic():
            version.decision = PatternDecision.objects.create(
                version=version, outcome=outcome, answer=answer.strip()[:500], by=by
            )
    except DatabaseError as taken:
        raise Refused("这一版刚刚已经办理。") from taken
    audit.record(by, f"pattern.{outcome}", version, number=version.number, answer=answer.strip())
    _tell(version)
    return version


def _ask(version: PatternVersion) -> None:
    lead = lead_office_of(version.region)
    people = holders(lead.pk, COMPILERS) if lead else set()
    link = reverse("pattern", args=[version.pk])
    notify(people - {version.by}, "pattern-asked", about=version, link=link, person=version.by.name)


def _tell(version: PatternVersion) -> None:
    """Who proposed it, unless it was taken back."""
    made = version.decided
    if made.outcome == Outcome.WITHDRAWN or not version.by.is_active:
        return
    notify(
        [version.by], "pattern-decided", about=version, link=reverse("pattern", args=[version.pk]),
        person=made.by.name, state=made.get_outcome_display(), reason=made.answer,
    )  # fmt: skip
