"""Letting a finding pass: asked by one person with a reason, granted or refused by another."""

import re
from collections.abc import Iterator
from dataclasses import dataclass

from django.core.exceptions import ValidationError
from django.db import IntegrityError, transaction
from django.utils import timezone

from accounts import audit
from accounts.models import User
from accounts.rules import refused, require
from tracker.language.prose import sentence_at
from tracker.releases import telling
from tracker.releases.chain.rules import may_ask_waiver, may_decide_waiver
from tracker.releases.models import Release, Version, Waiver
from tracker.releases.proof import Checked, digest_of, prove_version
from tracker.releases.rulenames import rule_name

_END = re.compile(r"[，。；！？：、\n（）“”]")
LONGEST = 60


@dataclass(frozen=True)
class Stop:
    """One thing that keeps a version from going out, as it can be waived."""

    digest: str
    kind: str
    label: str
    raw: str
    sentence: str
    message: str
    wanted: str


def stops_of(version: Version) -> list[Stop]:
    """Everything that stops the version now, waived findings apart, in order of place."""
    report = prove_version(version)
    return list({stop.digest: stop for stop in _stops(report)}.values())


def _stops(report) -> Iterator[Stop]:
    for one in report.stops:
        start, end = (one.figure.start, one.figure.end) if isinstance(one, Checked) else (
            one.start, one.end,
        )  # fmt: skip
        kind = str(one.verdict) if isinstance(one, Checked) else one.rule
        label = one.verdict.label if isinstance(one, Checked) else rule_name(one.rule)
        message = one.hint if isinstance(one, Checked) else one.message
        text = report.text
        sentence, raw = sentence_at(text, start).text, text[start:end]
        wanted = clause(text, start, end)
        yield Stop(digest_of(text, start, end, kind), kind, label, raw, sentence, message, wanted)


def clause(text: str, start: int, end: int) -> str:
    """The few words around a figure: 帮扶困难职工3500人."""
    first = max((found.end() for found in _END.finditer(text, 0, start)), default=0)
    after = _END.search(text, end)
    last = after.start() if after else len(text)
    return text[max(first, start - LONGEST) : min(last, end + LONGEST)].strip()


@transaction.atomic
def ask_waiver(version: Version, digest: str, reason: str, *, by: User) -> Waiver:
    """Ask that a finding of this version should not stop it. Refused when there is no such finding."""
    release = Release.objects.select_for_update().get(pk=version.release_id)
    require(may_ask_waiver(by, release))
    if not reason.strip():
        raise ValidationError("请写明理由。")
    stop = next((one for one in stops_of(version) if one.digest == digest), None)
    if stop is None:
        require(refused("这处文字已经改过或不再有问题，不需要例外。"))
    try:
        with transaction.atomic():
            waiver = Waiver.objects.create(
                release=release,
                digest=digest,
                kind=stop.label[:20],
                raw=stop.raw[:200],
                sentence=stop.sentence,
                message=stop.message,
                reason=reason.strip()[:500],
                asked_by=by,
            )
    except IntegrityError:
        require(refused("这处已经提出过校验例外。"))
    audit.record(by, "waiver.ask", waiver, release=release.pk, kind=stop.kind, raw=waiver.raw, reason=waiver.reason)  # fmt: skip
    telling.waiver_asked(waiver)
    return waiver


@transaction.atomic
def decide_waiver(waiver: Waiver, *, by: User, grants: bool, answer: str = "") -> Waiver:
    """Grant it, and the finding stops the release no more; or refuse it, with a reason."""
    Release.objects.select_for_update().get(pk=waiver.release_id)
    waiver = Waiver.objects.select_related("release__region", "asked_by").get(pk=waiver.pk)
    require(may_decide_waiver(by, waiver))
    if not grants and not answer.strip():
        raise ValidationError("不同意请写明原因。")
    waiver.state = Waiver.State.GRANTED if grants else Waiver.State.REFUSED
    waiver.decided_by, waiver.decided_at = by, timezone.now()
    waiver.answer = answer.strip()[:500]
    waiver.save()
    audit.record(by, "waiver.decide", waiver, granted=grants, answer=waiver.answer)
    return waiver
