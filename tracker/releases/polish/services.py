"""Asking for a polish, doing it in the background, and taking what a person chose of it."""

import time
from collections.abc import Collection

from django.db import transaction

from accounts import audit
from accounts.models import User
from accounts.rules import Refused, Verdict, refused, require
from tracker.jobs.services import enqueue
from tracker.notices.reaching import Forbidden, Unreached
from tracker.releases.drafting.page import PARAGRAPH, Line, Page, page_of
from tracker.releases.drafting.saving import save
from tracker.releases.models import Polish, Release, Version
from tracker.releases.polish.asking import ask, enabled
from tracker.releases.polish.masking import Unfit, masked, unmasked
from tracker.releases.recording import document_of
from tracker.releases.rules import may_edit

POLISH = "polish-version"
MOST_FAILURES = 3  # in a row; then the address is taken to be down
MOST_SECONDS = 600  # a job that takes longer than its lease may is given to another worker
SHORTEST = 12
RUNNING = ("", "body", "lead", "answer")


def may_polish(user: User, release: Release) -> Verdict:
    """Whoever may edit the draft, where the operator has switched it on."""
    if not enabled():
        return refused(
            "没有配置润色服务，请系统管理员设置 SHIJI_POLISH_URL 和 SHIJI_POLISH_MODEL。"
        )
    return may_edit(user, release)


@transaction.atomic
def request_polish(version: Version, *, by: User) -> Polish:
    """Put the version to the model in the background; the request that waits already, if one does."""
    require(may_polish(by, version.release))
    waiting = version.polishes.filter(state=Polish.State.ASKED).first()
    if waiting:
        return waiting
    made = Polish.objects.create(version=version, by=by)
    enqueue(POLISH, key=made.pk, payload={"polish": made.pk})
    audit.record(by, "release.polish", version.release, version=version.number)
    return made


def carry_out(polish: Polish) -> None:
    """Every paragraph asked for and judged. The model is never waited for inside a transaction."""
    if polish.state != Polish.State.ASKED:
        return
    items, failures, end = [], 0, time.monotonic() + MOST_SECONDS
    for number, line in enumerate(page_of(document_of(polish.version))):
        if not worth_asking(line):
            continue
        if time.monotonic() > end:
            _settle(polish, Polish.State.DONE, items, "时间用完，后面的段落没有润色。")
            return
        item, answered = _asked(number, line)
        items.append(item)
        failures = 0 if answered else failures + 1
        if failures == MOST_FAILURES:
            _settle(polish, Polish.State.FAILED, items, item["why"])
            return
    _settle(polish, Polish.State.DONE, items, "")


def worth_asking(line: Line) -> bool:
    """A paragraph with words of our own: approved words are verbatim and headings are short."""
    free = sum(len(run.text) for run in line.runs if not (run.figure or run.kind or run.passage))
    return line.kind == PARAGRAPH and line.style in RUNNING and free >= SHORTEST


def _asked(number: int, line: Line) -> tuple[dict, bool]:
    """The item, and whether the model answered at all."""
    item = {"line": number, "old": line.text, "new": "", "why": ""}
    try:
        answer = ask(masked(line).text)
        made = unmasked(answer, line)
    except Unfit as problem:
        return item | {"why": str(problem)}, True
    except (Forbidden, Unreached) as problem:
        return item | {"why": str(problem)}, False
    if made.text == line.text:
        return item, True
    return item | {"new": made.text, "answer": answer}, True


def _settle(polish: Polish, state: str, items: list[dict], error: str) -> None:
    Polish.objects.filter(pk=polish.pk, state=Polish.State.ASKED).update(
        state=state, items=items, error=error[:200]
    )


@transaction.atomic
def take(polish: Polish, lines: Collection[int], *, by: User) -> Version:
    """The next version with the chosen paragraphs in the proposed words. Stale if the draft moved on."""
    polish = Polish.objects.select_for_update().select_related("version__release").get(pk=polish.pk)
    require(may_edit(by, polish.version.release))
    if polish.state != Polish.State.DONE:
        raise Refused(refused("这次润色的建议已经处理过，或者还没有完成。"))
    made = save(polish.version, _with(polish, set(lines)), by=by)
    Polish.objects.filter(pk=polish.pk).update(state=Polish.State.USED)
    audit.record(by, "release.take_polish", polish.version.release, lines=sorted(lines))
    return made


def _with(polish: Polish, chosen: set[int]) -> Page:
    """The version's page; the kept words are judged again, whatever the row says."""
    page = list(page_of(document_of(polish.version)))
    for item in polish.items:
        if item["line"] in chosen and item["new"]:
            page[item["line"]] = _judged_again(item["answer"], page[item["line"]])
    return tuple(page)


def _judged_again(answer: str, line: Line) -> Line:
    try:
        return unmasked(answer, line)
    except Unfit as problem:
        raise Refused(refused(str(problem))) from problem
