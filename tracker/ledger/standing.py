"""Further rows about official ones: suspended while reopened, restored, or void."""

from collections.abc import Iterable, Sequence

from django.db import transaction
from django.db.models import OuterRef, QuerySet, Subquery

from accounts import audit
from accounts.models import User
from accounts.rules import Refused, require
from tracker.jobs.services import enqueue

from .models import Entry, Passage, Standing
from .rules import may_void

Kind = Standing.Kind


def suspend_entries(origin: str, origin_ids: Iterable[int], *, by: User, reason: str) -> int:
    """Take the current entries of these figures (or staged rows) out of use; how many they were."""
    rows = Entry.objects.current().filter(origin=origin, origin_id__in=list(origin_ids))
    return _say("entry", rows, Kind.SUSPENDED, by, reason)


def suspend_passages(origin: str, origin_ids: Iterable[int], *, by: User, reason: str) -> int:
    """The same for passages, whose origins are narratives."""
    rows = Passage.objects.current().filter(origin=origin, origin_id__in=list(origin_ids))
    return _say("passage", rows, Kind.SUSPENDED, by, reason)


def restore_entries(origin: str, origin_ids: Iterable[int], *, by: User, reason: str) -> int:
    """Put suspended entries of these figures back into use; how many they were."""
    return _say("entry", _suspended(Entry, origin, origin_ids), Kind.RESTORED, by, reason)


def restore_passages(origin: str, origin_ids: Iterable[int], *, by: User, reason: str) -> int:
    return _say("passage", _suspended(Passage, origin, origin_ids), Kind.RESTORED, by, reason)


def restore_rows(owner: str, rows: Sequence, *, by: User, reason: str) -> int:
    """Put these entries ("entry") or passages ("passage") back into use."""
    return _say(owner, rows, Kind.RESTORED, by, reason)


def outrank_rows(entries: Sequence[Entry], *, by: User, reason: str) -> int:
    """Take entries out of use because another source prevails (未采用); how many they were."""
    return _say("entry", entries, Kind.OUTRANKED, by, reason)


@transaction.atomic
def outrank(entry: Entry, *, by: User, reason: str) -> None:
    """Another source prevails: the entry stays readable, and no total or release uses it."""
    require(may_void(by, entry))
    if not Entry.objects.current().filter(pk=entry.pk).exists():
        raise Refused("这条数据已被更正、暂停或作废，不能再作裁定。")
    outrank_rows([entry], by=by, reason=reason)
    audit.record(by, "entry.outrank", entry, reason=reason)


def _suspended(model: type, origin: str, origin_ids: Iterable[int]) -> QuerySet:
    last = Standing.objects.filter(**{model.standing_owner: OuterRef("pk")}).order_by("-pk")
    rows = model.objects.annotate(standing=Subquery(last.values("kind")[:1]))
    return rows.filter(
        origin=origin,
        origin_id__in=list(origin_ids),
        standing=Kind.SUSPENDED,
        superseded_by__isnull=True,
    )


def _say(owner: str, rows: Iterable, kind: str, by: User, reason: str) -> int:
    said = [Standing(**{owner: row}, kind=kind, reason=reason[:200], by=by) for row in rows]
    if said:
        ask_for_affected()
    return len(Standing.objects.bulk_create(said))


def ask_for_affected() -> None:
    """Have the documents looked for that quote what has just changed; once for all that changes now."""
    enqueue("find-affected", key="ledger")


@transaction.atomic
def void(entry: Entry, *, by: User, reason: str) -> Standing:
    """Strike an entry for good; it stays readable, and no total or release uses it again."""
    require(may_void(by, entry))
    if not Entry.objects.current().filter(pk=entry.pk).exists():
        raise Refused("这条数据已被更正、暂停或作废，不能再作废。")
    standing = Standing.objects.create(entry=entry, kind=Kind.VOID, reason=reason[:200], by=by)
    ask_for_affected()
    audit.record(by, "entry.void", entry, reason=reason)
    return standing
