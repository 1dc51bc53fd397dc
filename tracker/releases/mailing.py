"""Files by mail to the readers of a plan: only to those who may see the very version, asked when it is sent."""

import datetime

import structlog
from django.db import transaction
from django.db.models import QuerySet
from django.utils import timezone

from accounts import audit
from accounts.models import User
from accounts.rules import ALLOWED, Verdict, refused, require
from tracker.jobs.models import Job
from tracker.jobs.services import enqueue
from tracker.notices.models import Channel, Service
from tracker.notices.outgoing import is_quiet, manner, next_moment
from tracker.notices.sending import FAILURES, PAUSES, mail
from tracker.releases.files import Damaged, file_of, media_type
from tracker.releases.genres import genres
from tracker.releases.models import Release, ReleaseMail, ReleasePlan, Status, Version
from tracker.releases.quoting import outdated, unsettled
from tracker.releases.reach import is_inside, versions_seen
from tracker.releases.rules import COMPILERS

log = structlog.get_logger(__name__)

SEND = "send-releases"
State = ReleaseMail.State


class NotSent(Exception):
    """This reader does not get it; the message says why, in Chinese."""


def put_down(release: Release) -> list[ReleaseMail]:
    """Put the version that stands down for the readers of its plan, as far as they may see it.

    In the caller's transaction; a job sends it. A draft goes to those only who work on drafts; who gets
    what was issued gets its corrections.
    """
    plan, issued = plan_of(release), release.status == Status.ISSUED
    if plan is None or not (plan.send_issued if issued else plan.send_draft):
        return []
    version = release.versions.order_by("number").last()
    people = plan.readers.filter(is_active=True)
    wanted = [one for one in people if issued or is_inside(one, release)]
    rows = [_mail(version, one, plan.ending, release.embargo_until) for one in wanted]
    ReleaseMail.objects.bulk_create(rows, ignore_conflicts=True)
    _send_on(release)
    return rows


def plan_of(release: Release) -> ReleasePlan | None:
    """The plan that it was compiled by; of a correction the plan of what it corrects."""
    while release.plan is None and release.corrects_id:
        release = release.corrects
    return release.plan


def hasten(release: Release) -> None:
    """Its embargo is over: what waited for that goes out now."""
    waiting(release).update(not_before=next_moment(timezone.now()))
    _send_on(release)


def _mail(version: Version, person: User, ending: str, embargo) -> ReleaseMail:
    at = next_moment(timezone.now())
    if embargo and not is_inside(person, version.release):
        at = next_moment(max(embargo, timezone.now()))
    return ReleaseMail(version=version, person=person, ending=ending, not_before=at)


def _send_on(release: Release) -> None:
    first = waiting(release).order_by("not_before").first()
    if first:
        enqueue(SEND, key=release.pk, payload={"release": release.pk}, run_after=first.not_before)


def waiting(release: Release) -> QuerySet[ReleaseMail]:
    return ReleaseMail.objects.filter(version__release=release, state=State.QUEUED)


def send_releases(job: Job) -> None:
    """Handler of "send-releases", whose payload names a release. What failed is tried again later."""
    release = Release.objects.select_related("region", "span").get(pk=job.payload["release"])
    now = timezone.now()
    if is_quiet(timezone.localtime(now).time(), manner()):
        waiting(release).filter(not_before__lte=now).update(not_before=next_moment(now))
    due = waiting(release).filter(not_before__lte=now)
    for row in due.select_related("version", "person__contact").order_by("pk"):
        _sent(row, release, now)
    _send_on(release)


def _sent(row: ReleaseMail, release: Release, now: datetime.datetime) -> None:
    row.attempts += 1
    try:
        _hand_over(row, release)
    except NotSent as reason:
        _settle(row, State.DROPPED, str(reason))
    except Damaged as problem:
        _settle(row, State.FAILED, str(problem))
    except FAILURES as problem:
        # Of a mail server's words only the kind: they may quote the address.
        log.warning("release not delivered", mail=row.pk, why=type(problem).__name__)
        _again(row, f"邮件没有发出（{type(problem).__name__}）。", now)
    else:
        _settle(row, State.SENT, "")
        said = {"version": row.version.number, "person": row.person_id, "ending": row.ending}
        audit.record(None, "release.mail", release, **said)


def _hand_over(row: ReleaseMail, release: Release) -> None:
    if reason := why_not(row, release):
        raise NotSent(reason)
    if not Channel.objects.active().filter(service=Service.MAIL).exists():
        raise OSError("mail is off")
    title, text, name = letter(row, release)
    file = (name, file_of(row.version, row.ending), media_type(row.ending))
    mail(row.person.contact.email, title, text, files=[file], link=release.get_absolute_url())


def why_not(row: ReleaseMail, release: Release) -> str:
    """Why this person does not get this version now, in Chinese; empty when they do."""
    person, last = row.person, release.versions.order_by("number").last()
    if not person.is_active:
        return "账号已停用"
    if release.status == Status.WITHDRAWN:
        return "文稿已撤回或作废"
    if row.version != last:
        return f"已有第{last.number}版"
    if unsettled(last) if release.status == Status.ISSUED else outdated(last):
        return "引用的数据已被更正、停用或作废，请核对后再发送"
    seen = Release.objects.visible_to(person).filter(pk=release.pk).exists()
    if not seen or not versions_seen(person, release).filter(pk=row.version_id).exists():
        return "现在不能看这份文稿"
    contact = getattr(person, "contact", None)
    if contact is None or not contact.email or not contact.by_mail:
        return "没有填写邮箱或没有开通邮件通知"
    return ""


def letter(row: ReleaseMail, release: Release) -> tuple[str, str, str]:
    """Subject, text and name of the file: the genre and the period, never the title, which may hold a figure."""
    kind = genres().get(release.genre)
    name = kind.name if kind else "文稿"
    about, number = f"{name}（{release.span}）", row.version.number
    if release.status == Status.DRAFT:
        text = f"附件是“{about}”的草稿第{number}版，仅供审改，请勿外传。"
        return f"{about}草稿", text, f"{name}{release.span.key}草稿第{number}版.{row.ending}"
    if release.corrects_id:
        text = f"附件是“{about}”的更正稿，请以此为准，替换此前收到的文稿。"
        return f"{about}更正稿", text, f"{name}{release.span.key}更正稿.{row.ending}"
    text = f"附件是已印发的“{about}”。"
    text += "内部资料，请勿外传。" if kind and kind.is_internal else ""
    return about, text, f"{name}{release.span.key}.{row.ending}"


def _settle(row: ReleaseMail, state: str, error: str) -> None:
    row.state, row.error, row.settled_at = state, error[:200], timezone.now()
    row.save(update_fields=["attempts", "state", "error", "settled_at"])


def _again(row: ReleaseMail, why: str, now: datetime.datetime) -> None:
    if row.attempts > len(PAUSES):
        return _settle(row, State.FAILED, why)
    row.error, row.not_before = why, now + PAUSES[row.attempts - 1]
    return row.save(update_fields=["attempts", "error", "not_before"])


def may_mail_again(user: User, row: ReleaseMail) -> Verdict:
    """The lead office's reviewers and editors, for what did not arrive."""
    if not user.reach.leads_region(row.version.release.region, *COMPILERS):
        return refused("只有牵头单位的主管和编辑可以重新发送文稿。")
    if row.state not in (State.FAILED, State.DROPPED):
        return refused(f"这封邮件{row.get_state_display()}，不需要重新发送。")
    return ALLOWED


@transaction.atomic
def mail_again(row: ReleaseMail, *, by: User) -> ReleaseMail:
    """Queue it once more with all its attempts before it; whether the person may see it is asked again."""
    row = ReleaseMail.objects.select_for_update().get(pk=row.pk)
    require(may_mail_again(by, row))
    row.state, row.attempts, row.settled_at = State.QUEUED, 0, None
    row.not_before = timezone.now()
    row.save(update_fields=["state", "attempts", "settled_at", "not_before"])
    _send_on(row.version.release)
    audit.record(by, "release.mail_again", row.version.release, person=row.person_id)
    return row
