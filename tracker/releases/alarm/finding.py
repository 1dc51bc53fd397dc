"""Looking for what no longer stands in what people read: drafts under way and documents that went out."""

from collections import defaultdict
from collections.abc import Iterable
from dataclasses import dataclass

from django.db import transaction
from django.db.models import Exists, OuterRef, Q, QuerySet, Subquery
from django.utils import timezone

from tracker.jobs import finishing
from tracker.jobs.models import Job
from tracker.ledger.models import Entry, Passage, Standing
from tracker.releases import telling
from tracker.releases.asof import hour_for
from tracker.releases.models import Alarm, Citation, Release, Status, Version

Cause, Outcome = Alarm.Cause, Alarm.Outcome
CAUSES = {
    Standing.Kind.SUSPENDED: Cause.SUSPENDED,
    Standing.Kind.VOID: Cause.VOID,
    Standing.Kind.OUTRANKED: Cause.SUPERSEDED,
}


@dataclass(frozen=True)
class Gone:
    """That a version quotes a row ("entry" or "passage") which no longer stands, and why not."""

    version: int
    kind: str
    row: int
    cause: str

    @property
    def key(self) -> tuple[int, str, int]:
        return self.version, self.kind, self.row


def find_affected(job: Job) -> None:
    """Handler of "find-affected"."""
    with finishing(job):
        look()


@transaction.atomic
def look() -> list[Alarm]:
    """Raise an alarm for everything that has newly gone, settle what is over, tell the people; the new ones."""
    standing = read_versions()
    found = (*gone_entries(standing), *gone_passages(standing))
    gone = {one.key: one for one in without_waiting(standing, found)}
    known = {_key(alarm): alarm for alarm in Alarm.objects.filter(version__in=standing)}
    raised = _raise([one for key, one in gone.items() if key not in known])
    raised += _again([(known[key], one) for key, one in gone.items() if key in known])
    _settle(Alarm.objects.open().exclude(version__in=standing), Outcome.RENEWED)
    over = [alarm.pk for key, alarm in known.items() if key not in gone]
    _settle(Alarm.objects.open().filter(pk__in=over), Outcome.RESTORED)
    _tell(raised)
    return raised


def read_versions() -> QuerySet[Version]:
    """The version that stands of every draft, and of every issued release that no correction replaces."""
    last = Version.objects.filter(release=OuterRef("pk")).order_by("-number").values("pk")[:1]
    replaced = Release.objects.filter(corrects=OuterRef("pk"), status=Status.ISSUED)
    alive = Release.objects.filter(status__in=[Status.DRAFT, Status.ISSUED])
    alive = alive.filter(~Exists(replaced)).annotate(last=Subquery(last))
    return Version.objects.filter(pk__in=alive.values("last"))


def gone_entries(versions: QuerySet[Version]) -> list[Gone]:
    newer = Entry._base_manager.filter(supersedes=OuterRef("entry"))
    last = Standing.objects.filter(entry=OuterRef("entry")).order_by("-pk").values("kind")[:1]
    rows = Citation.objects.filter(version__in=versions, entry__isnull=False)
    rows = rows.annotate(newer=Exists(newer), standing=Subquery(last))
    found = rows.filter(Q(newer=True) | Q(standing__in=list(CAUSES))).order_by()
    return [
        Gone(version, "entry", entry, Cause.SUPERSEDED if newer else CAUSES[standing])
        for version, entry, newer, standing in found.values_list(
            "version", "entry", "newer", "standing"
        ).distinct()
    ]


def without_waiting(versions: QuerySet[Version], found: Iterable[Gone]) -> list[Gone]:
    """Less what went after the freeze that a draft keeps to: for a draft it waits for the next one."""
    drafts = versions.filter(release__status=Status.DRAFT).select_related("release__region", "release__span")  # fmt: skip
    gone = {one.version for one in found}
    hours = {one.pk: hour_for(one.release) for one in drafts.filter(pk__in=gone)}
    models = {"entry": Entry, "passage": Passage}
    holds: dict[tuple, set[int]] = {}
    for kind, model in models.items():
        rows = [one.row for one in found if one.kind == kind]
        for hour in {hour for hour in hours.values() if hour}:
            stood = model.objects.quotable(hour).filter(pk__in=rows)
            holds[kind, hour] = set(stood.values_list("pk", flat=True))
    return [
        one for one in found if one.row not in holds.get((one.kind, hours.get(one.version)), ())
    ]


def gone_passages(versions: QuerySet[Version]) -> list[Gone]:
    quoted = {pk: found or [] for pk, found in versions.values_list("pk", "snapshot__quoted")}
    newer = Passage._base_manager.filter(supersedes=OuterRef("pk"))
    last = Standing.objects.filter(passage=OuterRef("pk")).order_by("-pk").values("kind")[:1]
    rows = Passage.objects.filter(pk__in={one for found in quoted.values() for one in found})
    rows = rows.annotate(newer=Exists(newer), last=Subquery(last))
    causes = {
        pk: Cause.SUPERSEDED if newer else CAUSES[last]
        for pk, newer, last in rows.filter(Q(newer=True) | Q(last__in=list(CAUSES))).values_list(
            "pk", "newer", "last"
        )
    }
    return [
        Gone(version, "passage", pk, causes[pk])
        for version, found in quoted.items()
        for pk in found
        if pk in causes
    ]


def _key(alarm: Alarm) -> tuple[int, str, int]:
    if alarm.entry_id:
        return alarm.version_id, "entry", alarm.entry_id
    return alarm.version_id, "passage", alarm.passage_id


def _raise(gone: Iterable[Gone]) -> list[Alarm]:
    return Alarm.objects.bulk_create(
        Alarm(version_id=one.version, cause=one.cause, **{f"{one.kind}_id": one.row})
        for one in gone
    )


def _again(known: Iterable[tuple[Alarm, Gone]]) -> list[Alarm]:
    """What was suspended and restored may go again; what people have judged stays judged."""
    back = []
    for alarm, one in known:
        if alarm.outcome == Outcome.RESTORED:
            alarm.settled_at, alarm.outcome = None, ""
            back.append(alarm)
        elif alarm.settled_at or alarm.cause == one.cause:
            continue
        alarm.cause = one.cause
        alarm.save()
    return back


def _settle(alarms: QuerySet[Alarm], outcome: str) -> None:
    alarms.update(settled_at=timezone.now(), outcome=outcome)


def _tell(raised: Iterable[Alarm]) -> None:
    """Each release's people once for all that went at this time."""
    news: dict[int, list[int]] = defaultdict(list)
    for alarm in raised:
        news[alarm.version_id].append(alarm.pk)
    versions = Version.objects.filter(pk__in=news).select_related(
        "release__region", "release__compiled_by", "release__issued_by"
    )
    for version in versions:
        release = version.release
        occasion = f"{max(news[version.pk])}-{timezone.now():%Y%m%d%H%M}"
        telling.alarmed(release, occasion, issued=release.status == Status.ISSUED)
