"""A run of a plan in words: when and by whom, what was missing and what was done, what came of it, who got it."""

from collections import defaultdict
from collections.abc import Iterable, Iterator, Sequence
from datetime import datetime

from django.db.models import Q
from django.utils import timezone

from tracker.releases.models import PlanRun, ReleaseMail, ReleasePlan

Cause, State, Mail = PlanRun.Cause, PlanRun.State, ReleaseMail.State


def say_run(run: PlanRun, mails: Iterable[ReleaseMail] = ()) -> list[str]:
    """Sentences, in the order in which things happened."""
    return [_begun(run), *_missing(run), *_ended(run), *_mailed(run, list(mails))]


def mails_of(runs: Iterable[PlanRun]) -> dict[int, list[ReleaseMail]]:
    """The letters of the runs' documents and of their corrections, by release; in one query."""
    ids = [run.release_id for run in runs if run.release_id]
    about = Q(version__release__in=ids) | Q(version__release__corrects__in=ids)
    rows = ReleaseMail.objects.filter(about).select_related("version__release__region", "person")
    found = defaultdict(list)
    for row in rows:
        release = row.version.release
        found[release.pk if release.pk in ids else release.corrects_id].append(row)
    return found


def in_words(runs: Sequence[PlanRun]) -> Sequence[PlanRun]:
    """The runs, each with `words`."""
    mails = mails_of(runs)
    for run in runs:
        run.words = say_run(run, mails.get(run.release_id, ()))
    return runs


def clock(at: datetime) -> str:
    return f"{timezone.localtime(at):%Y年%-m月%-d日%H:%M}"


def _begun(run: PlanRun) -> str:
    who = {
        Cause.COMPLETE: "报齐后自动汇编",
        Cause.HOUR: "到点自动汇编",
        Cause.HAND: f"{run.asked_by.name}手动汇编" if run.asked_by else "手动汇编",
    }[run.cause]
    return f"{clock(run.asked_at)}，{who}{f'，期间{run.span}' if run.span else ''}。"


def _missing(run: PlanRun) -> Iterator[str]:
    if not run.missing:
        if run.state in (State.DONE, State.FAILED) and run.span_id and not run.error:
            yield "须报齐的都已核定。"
        return
    yield f"缺{len(run.missing)}项：{''.join(run.missing)}"
    yield _settled(run)


def _settled(run: PlanRun) -> str:
    """What was done about what was missing."""
    if run.state == State.WAITING:
        return "按计划等待，报齐后自动汇编。"
    if run.state == State.SKIPPED:
        return run.error or "按计划跳过这一期，没有汇编。"
    if run.waited:
        return f"按计划等待，{clock(run.ended_at)}报齐后汇编。" if run.ended_at else "按计划等待。"
    how = "按要求照常汇编" if run.anyway else "按计划照常汇编"
    return f"{how}，缺项已写在文稿旁边。"


def _ended(run: PlanRun) -> Iterator[str]:
    if run.state == State.QUEUED:
        yield "正在排队。"
    elif run.state == State.RUNNING:
        yield "正在汇编。"
    elif run.state == State.DONE:
        yield f"{clock(run.ended_at)}生成文稿《{run.release.title}》。"
    elif run.state == State.FAILED:
        yield f"没有完成：{run.error}"


def _mailed(run: PlanRun, mails: list[ReleaseMail]) -> Iterator[str]:
    if run.state != State.DONE:
        return
    if not mails:
        yield _nobody(run.plan)
        return
    groups: dict[tuple[bool, int, str], list[ReleaseMail]] = defaultdict(list)
    for one in mails:
        corrects = one.version.release_id != run.release_id
        groups[corrects, one.version.number, one.state].append(one)
    for (corrects, number, state), rows in sorted(groups.items()):
        yield f"{'更正稿' if corrects else ''}第{number}版{_how(state, rows)}"


def _nobody(plan: ReleasePlan) -> str:
    if not plan.send_draft and not plan.send_issued:
        return "计划没有设发送邮件。"
    return "还没有发出邮件。" if plan.send_issued else "送阅人里没有能看草稿的人，没有发邮件。"


def _how(state: str, rows: list[ReleaseMail]) -> str:
    names = "、".join(one.person.name for one in rows)
    reasons = "、".join(f"{one.person.name}（{one.error.rstrip('。')}）" for one in rows)
    if state == Mail.SENT:
        return f"已发给{names}。"
    if state == Mail.QUEUED:
        first = clock(min(one.not_before for one in rows))
        tried = [one for one in rows if one.error]
        again = f"，已试过{max(one.attempts for one in tried)}次" if tried else ""
        return f"等待发给{names}，不早于{first}{again}。"
    return f"没有发出：{reasons}。" if state == Mail.FAILED else f"没有发给：{reasons}。"
