"""The only writer of audit entries, and the proof that none was changed."""

import hashlib
import json
from collections.abc import Iterator
from datetime import UTC

from django.core.serializers.json import DjangoJSONEncoder
from django.db import models, transaction
from django.db.models import F
from django.utils import timezone

from accounts.models import AuditEntry, AuditHead, User

SYSTEM = "系统"
FIRST = ""


@transaction.atomic
def record(
    actor: User | None, act: str, target: models.Model | str | None, *, outcome="done", **data
) -> AuditEntry:
    """Write down an act: `act` is "<what>.<verb>", `target` the record (or words), `data` JSON.

    To be the last line of a verb: it holds the head of the chain until the transaction ends.
    Doors call it with outcome "refused" or "failed", after the rollback. No actor: the system.
    """
    head = _next_head()
    entry = AuditEntry(
        seq=head.seq,
        at=timezone.now(),
        actor=actor if isinstance(actor, User) else None,
        actor_name=actor.name if isinstance(actor, User) else SYSTEM,
        act=act,
        data=_plain(data),
        outcome=outcome,
        previous_hash=head.hash,
        **_described(target),
    )
    entry.hash = seal(entry)
    entry.save(force_insert=True)
    AuditHead.objects.filter(pk=1).update(hash=entry.hash)
    return entry


def _next_head() -> AuditHead:
    """The head one further on. The UPDATE comes first: it is the lock that writers queue for."""
    step = AuditHead.objects.filter(pk=1)
    if not step.update(seq=F("seq") + 1):
        AuditHead.objects.bulk_create([AuditHead(pk=1)], ignore_conflicts=True)
        step.update(seq=F("seq") + 1)
    return step.get()


def _described(target: models.Model | str | None) -> dict[str, str]:
    if not isinstance(target, models.Model):
        return {"target_label": _clean(str(target or ""))[:200]}
    return {
        "target_type": target._meta.label_lower,
        "target_id": str(target.pk or ""),
        "target_label": _clean(str(target))[:200],
    }


def _clean(text: str) -> str:
    """PostgreSQL keeps no NUL."""
    return text.replace("\x00", "\N{REPLACEMENT CHARACTER}")


def _plain(data: dict) -> dict:
    """As the database will give it back, so that the hash can be computed again."""
    text = json.dumps(data, cls=DjangoJSONEncoder, ensure_ascii=False)
    return json.loads(text.replace("\\u0000", "\N{REPLACEMENT CHARACTER}"))


def seal(entry: AuditEntry) -> str:
    """SHA-256 over every column of the entry and the hash of the one before it."""
    content = [
        entry.seq,
        entry.at.astimezone(UTC).isoformat(timespec="microseconds"),
        entry.actor_id,
        entry.actor_name,
        entry.act,
        entry.target_type,
        entry.target_id,
        entry.target_label,
        entry.data,
        entry.outcome,
        entry.previous_hash,
    ]
    text = json.dumps(content, ensure_ascii=False, sort_keys=True, separators=(",", ":"))
    return hashlib.sha256(text.encode()).hexdigest()


def faults() -> Iterator[str]:
    """What is wrong with the chain, one sentence each; nothing when it is whole."""
    seq, last = 0, FIRST
    for entry in AuditEntry.objects.order_by("seq").iterator(chunk_size=2000):
        if entry.seq != seq + 1:
            yield f"第{seq + 1}条至第{entry.seq - 1}条缺失。"
        elif entry.previous_hash != last:
            yield f"第{entry.seq}条与前一条不衔接。"
        if entry.hash != seal(entry):
            yield f"第{entry.seq}条内容被改动。"
        seq, last = entry.seq, entry.hash
    head = AuditHead.objects.filter(pk=1).first() or AuditHead(seq=0, hash=FIRST)
    if (head.seq, head.hash) != (seq, last):
        yield f"链头记到第{head.seq}条，与现存最后一条（第{seq}条）不符。"


def anchor() -> str:
    """The last link as one line, "number hash time", to be kept where this system cannot write."""
    head = AuditHead.objects.filter(pk=1).first() or AuditHead(seq=0, hash=FIRST)
    return f"{head.seq} {head.hash} {timezone.localtime().isoformat(timespec='seconds')}"


def anchor_faults(lines: list[str]) -> Iterator[str]:
    """What contradicts anchors kept outside, one sentence each."""
    for number, digest in (line.split()[:2] for line in lines if line.strip()):
        entry = AuditEntry.objects.filter(seq=number).first()
        if int(number) and (entry is None or entry.hash != digest):
            yield f"第{number}条与外部锚点不符。"
