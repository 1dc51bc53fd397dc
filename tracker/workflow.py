"""The one way a record changes its status: lock, compare, judge, move, remember."""

from collections.abc import Callable

from django.conf import settings
from django.db import models, transaction
from django.db.models import F

from accounts import audit
from accounts.rules import Verdict, refused, require


class Stale(Exception):
    """The record has moved on since the person last saw it; `record` is how it stands now."""

    def __init__(self, record: models.Model):
        super().__init__(f"{record} is at version {record.version}")
        self.record = record


class Move(models.Model):
    """One change of status: who, when, from what to what, and why. Never edited."""

    by = models.ForeignKey(settings.AUTH_USER_MODEL, on_delete=models.PROTECT, related_name="+")
    at = models.DateTimeField(auto_now_add=True)
    from_status = models.CharField(max_length=20, blank=True)
    to_status = models.CharField(max_length=20)
    version = models.PositiveIntegerField()
    note = models.TextField(blank=True)

    class Meta:
        abstract = True
        ordering = ["pk"]


def fresh(record: models.Model, version: int) -> models.Model:
    """The record locked and re-read; Stale when it is no longer at `version`."""
    locked = type(record)._base_manager.select_for_update().get(pk=record.pk)
    if locked.version != version:
        raise Stale(locked)
    return _with_known(locked, record)


def _with_known(read: models.Model, known: models.Model) -> models.Model:
    """What `known` points to and has at hand is not read again, as long as it points there still."""
    for name, related in known._state.fields_cache.items():
        field = read._meta.get_field(name)
        if field.concrete and getattr(read, field.attname) == getattr(known, field.attname):
            read._state.fields_cache[name] = related
    return read


@transaction.atomic
def advance(
    record: models.Model,
    to: str,
    *,
    by: models.Model,
    rule: Callable[..., Verdict],
    version: int,
    note: str = "",
    **fields,
) -> models.Model:
    """Move `record` to status `to`, setting `fields` with it; the record as it stands afterwards.

    Raises Stale when `version` is not the current one, Refused when the rule or the table of
    moves says no. One conditional UPDATE decides, so of two at once exactly one wins.
    """
    record = fresh(record, version)
    before = record.status
    require(rule(by, record))
    if to not in type(record).Status.moves[before]:
        require(refused(f"当前状态“{record.get_status_display()}”不能进行此操作。"))
    changed = type(record)._base_manager.filter(pk=record.pk, version=version, status=before)
    if not changed.update(status=to, version=F("version") + 1, **fields):
        raise Stale(type(record)._base_manager.get(pk=record.pk))
    for name, value in {"status": str(to), "version": version + 1, **fields}.items():
        setattr(record, name, value)
    record.moves.create(by=by, from_status=before, to_status=to, version=record.version, note=note)
    kind = type(record)._meta.model_name
    audit.record(by, f"{kind}.{to}", record, before=before, after=to, note=note)
    return record
