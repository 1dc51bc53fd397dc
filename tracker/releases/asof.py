"""As of which hour a document reads the ledger: the last freeze of its period, if one was declared."""

import datetime
from collections.abc import Iterable, Sequence

from django.utils import timezone

from accounts.models import Line, Region
from tracker.catalogue.models import Span
from tracker.ledger import freezing
from tracker.ledger.models import Entry, Nature
from tracker.ledger.natures import Settled, settled
from tracker.releases.models import Release
from tracker.submissions.saying import written

MOST = 10


def hour_of(region: Region, span: Span) -> datetime.datetime | None:
    """The hour of the freeze that holds now; None where the ledger is read as it stands."""
    return freezing.frozen_at(region, span, timezone.now())


def hour_for(release: Release) -> datetime.datetime | None:
    """A correction says what stands now; every other document keeps to the freeze."""
    return None if release.corrects_id else hour_of(release.region, release.span)


def remarks_of(
    region: Region, span: Span, lines: Sequence[Line], entries: Iterable[int]
) -> list[str]:
    """For the editor: the freeze and what waits for the next one, and how settled the figures are."""
    return [*_of_freeze(region, span, lines), *_of_natures(region, span, list(entries))]


def _of_freeze(region: Region, span: Span, lines: Sequence[Line]) -> list[str]:
    freeze = freezing.last_freeze(region, span, timezone.now())
    if freeze is None:
        return []
    hour = f"{timezone.localtime(freeze.moment):%Y年%-m月%-d日%H:%M}"
    said = [_waits(one) for one in freezing.waiting(freeze) if _concerns(one, region, lines)]
    more = [f"冻结后的变动还有{len(said) - MOST}项，见“数据冻结”。"] if len(said) > MOST else []
    return [f"数据冻结于{hour}，本稿使用冻结时的数据。", *said[:MOST], *more]


def _concerns(one: freezing.Waiting, region: Region, lines: Sequence[Line]) -> bool:
    entry = one.now or one.before
    within = entry.region.path.startswith(region.path)
    return within and (not lines or entry.indicator.line_id in {line.pk for line in lines})


def _waits(one: freezing.Waiting) -> str:
    entry = one.now or one.before
    before = written(one.before) if one.before else "未核定"
    now = written(one.now) if one.now else "已停用"
    name = f"“{entry.indicator.name}”（{entry.agency.short_name}）"
    return f"冻结后有变动，等下一次冻结：{name}冻结时{before}，现为{now}。"


def _of_natures(region: Region, span: Span, quoted: Sequence[int]) -> list[str]:
    """Quick figures are named; of a final one its earlier number and why they differ."""
    rows = Entry.objects.filter(pk__in=quoted, nature=Nature.QUICK).select_related("indicator")
    quick = list(dict.fromkeys(row.indicator.name for row in rows.order_by("pk")))
    told = [f"以下为快报数，尚未核定：{'、'.join(quick[:MOST])}。"] if quick else []
    known = Entry.objects.current().filter(region=region, span__end=span.end)
    pairs = [one for one in settled(known) if one.final.pk in set(quoted) and one.difference != 0]
    return told + [_settled(one) for one in pairs[:MOST]]


def _settled(one: Settled) -> str:
    names = one.final.get_nature_display(), one.earlier.get_nature_display()
    why = f"原因：{one.note.text}" if one.note else "还没有写明差异的原因"
    return (
        f"“{one.final.indicator.name}”{names[0]}为{written(one.final)}，"
        f"此前{names[1]}为{written(one.earlier)}，{why}。"
    )


def without_final(entries: Iterable[int]) -> list[str]:
    """For a yearbook: what it says for want of an annual final."""
    rows = Entry.objects.filter(pk__in=list(entries)).exclude(nature=Nature.FINAL)
    names = list(dict.fromkeys(rows.order_by("pk").values_list("indicator__name", flat=True)))
    if not names:
        return []
    shown = "、".join(names[:MOST]) + ("等" if len(names) > MOST else "")
    return [f"{len(names)}项没有年报定案数，正文用的是核定数：{shown}。"]
