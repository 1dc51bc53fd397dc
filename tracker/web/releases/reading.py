"""The list of documents, and one of them with the origin of each figure."""

from io import BytesIO

from django.http import Http404
from django.shortcuts import get_object_or_404, render
from django.views.decorators.http import require_safe
from django_filters import CharFilter, ChoiceFilter, FilterSet

from accounts.models import User
from accounts.rules import ALLOWED
from tracker.documents.formats import FORMATS
from tracker.documents.html import write_html
from tracker.documents.tree import Document, figures, plain
from tracker.releases.coverage import coverage
from tracker.releases.drafting.comments import may_comment, talk_about
from tracker.releases.drafting.keeping import working_of
from tracker.releases.files import SHEET, Damaged, file_of
from tracker.releases.genres import genres
from tracker.releases.issuing import latest
from tracker.releases.models import DRAFT_ROLES, Alarm, Release, Status, Version
from tracker.releases.openslots import settled_at_issue, slots_in, unread_lines
from tracker.releases.polish.asking import enabled
from tracker.releases.proof import stops_issuing
from tracker.releases.provenance import provenance
from tracker.releases.quoting import outdated, unsettled
from tracker.releases.reach import is_inside, versions_seen
from tracker.releases.recompiling import may_recompile
from tracker.releases.recording import document_of
from tracker.releases.rules import COMPILERS, may_edit, may_issue, may_lift_embargo, may_withdraw
from tracker.web import files, jump, lists

from .beside import beside
from .recompiled import marked, moved_in

SORTS = {
    "title": ("title",),
    "span": ("span__end", "span__start"),
    "compiled": ("compiled_at",),
    "status": ("status",),
}


class ReleaseFilter(FilterSet):
    q = CharFilter(label="标题", field_name="title", lookup_expr="icontains")
    status = ChoiceFilter(label="状态", choices=Status.choices)
    span = CharFilter(label="期间", field_name="span__key")

    class Meta:
        model = Release
        fields = ["q", "status", "span"]


def found(user: User, pk: int) -> Release:
    """The release, if this person may see it; 404 otherwise."""
    rows = Release.objects.visible_to(user).select_related(
        "region", "span", "plan", "compiled_by", "issued_by"
    )
    return get_object_or_404(rows, pk=pk)


def version_seen(user: User, release: Release, number: int | None = None) -> Version:
    """The same as far as this person reads it: drafts stay in the lead office when one went out."""
    version = version_of(release, number)
    if not versions_seen(user, release).filter(pk=version.pk).exists():
        raise Http404
    return version


def version_of(release: Release, number: int | None = None) -> Version:
    """The version of that number; the standing one without it."""
    if number is None:
        return latest(release)
    return get_object_or_404(release.versions, number=number)


@require_safe
def release_list(request):
    rows = Release.objects.visible_to(request.user).select_related("region", "span", "issued_by")
    listing = lists.listing(
        request, rows, sorts=SORTS, sort="-compiled", filters=ReleaseFilter, size=25
    )
    kinds = genres()
    for row in listing:
        row.kind = kinds[row.genre].name if row.genre in kinds else row.genre
    return render(
        request,
        "releases/list.html",
        {
            "listing": listing,
            "may_compile": not request.user.reach.roles.isdisjoint(COMPILERS),
            "may_bring_out": not request.user.reach.roles.isdisjoint(DRAFT_ROLES),
            "affected": alarmed(request.user),
        },
    )


def alarmed(user: User) -> int:
    """How many releases of the person's office quote something that no longer stands."""
    if user.reach.roles.isdisjoint(DRAFT_ROLES):
        return 0
    seen = Release.objects.visible_to(user).values("pk")
    rows = Alarm.objects.open().filter(version__release__in=seen)
    return rows.values("version__release").distinct().count()


@require_safe
def release(request, pk, number=None):
    """The paper with its figures as chips; beside it what is missing, the chain and the files."""
    record = found(request.user, pk)
    return show(request, record, version_seen(request.user, record, number))


def show(request, record: Release, version: Version, *, status=200, **forms):
    """The page of a version; `forms` are those that came back with something wrong."""
    document = document_of(version)
    inside = is_inside(request.user, record)
    issued = record.status == Status.ISSUED
    gone = unsettled(version) if issued else outdated(version)
    context = {
        "release": record,
        "version": version,
        "latest": latest(record),
        "kind": genres()[record.genre].name if record.genre in genres() else record.genre,
        "paper": marked(write_html(document), moved_in(version) if inside else ()),
        "moved": moved_in(version) if inside else (),
        "may_recompile": may_recompile(request.user, record),
        "open_slots": slots_in(document) if record.status == Status.DRAFT else (),
        "open_frame": () if issued else unread_lines(document),
        "remarks": settled_at_issue(version.remarks) if issued else version.remarks,
        "figures": sum(1 for _ in figures(document)),
        "coverage": coverage(version),
        "inside": inside,
        "may_polish": enabled() and may_edit(request.user, record),
        "outdated": gone,
        "versions": versions_seen(request.user, record).select_related("by").order_by("-number"),
        "formats": formats_of(version),
        "correction": record.corrections.filter(status=Status.ISSUED).first(),
        "may_edit": may_edit(request.user, record),
        "may_issue": may_issue(request.user, record),
        "may_withdraw": may_withdraw(request.user, record),
        "may_lift": may_lift_embargo(request.user, record),
    }
    if inside:
        context |= {
            "talk": talk_about(record, document),
            "may_comment": may_comment(request.user, record),
            "steps": record.steps.select_related("recorded_by"),
            "working": working_of(record, request.user) if context["may_edit"] else None,
        }
    if inside and version == context["latest"]:
        context |= beside(request.user, record) | forms
    return render(request, "releases/release.html", context, status=status)


def formats_of(version: Version) -> list[dict]:
    """The files that can be fetched, with the hash of those that are frozen."""
    frozen = dict(version.files.values_list("ending", "sha256"))
    named = {ending: one.label for ending, one in FORMATS.items()} | {SHEET: "数据溯源表（Excel）"}
    return [
        {"ending": ending, "label": label, "sha256": frozen.get(ending, "")}
        for ending, label in named.items()
    ]


@require_safe
def release_figure(request, pk, number, key):
    """Where one figure comes from: a part for the page."""
    record = found(request.user, pk)
    version = version_seen(request.user, record, number)
    rows = [row for row in provenance(version) if row["key"] == key]
    if not rows:
        raise Http404
    return render(request, "releases/_figure.html", {"release": record, "rows": rows})


@require_safe
def release_provenance(request, pk, number):
    """Every figure of a version with its source, as a table."""
    record = found(request.user, pk)
    version = version_seen(request.user, record, number)
    context = {"release": record, "version": version, "rows": provenance(version)}
    return render(request, "releases/provenance.html", context)


@require_safe
def release_file(request, pk, number, ending):
    """The version as a file. What went out is checked again: that it is the same, and still stands."""
    record = found(request.user, pk)
    version = version_seen(request.user, record, number)
    if (said := alarm_on(record, version)) and "known" not in request.GET:
        context = {"release": record, "said": said, "address": f"{request.path}?known=1"}
        return render(request, "releases/alarmed_file.html", context, status=409)
    try:
        content = file_of(version, ending)
    except KeyError as unknown:
        raise Http404 from unknown
    except Damaged as problem:
        return render(request, "409.html", {"reason": str(problem)}, status=409)
    name = f"{named(record, document_of(version))}第{version.number}版.{ending}"
    return files.download(ALLOWED, BytesIO(content), name)


def named(record: Release, document: Document) -> str:
    """The title as the name of a file; a line above the news stands apart from it."""
    lines = [line for line in plain(document.title).split("\n") if line.strip()]
    return "　".join(lines) or record.title


def alarm_on(record: Release, version: Version) -> list[str]:
    """What has changed under a document since it went out, in words; nothing for a draft."""
    if record.status != Status.ISSUED:
        return []
    gone = [f"{one}已被更正、停用或作废。" for one in unsettled(version)]
    return gone or list(stops_issuing(version))


@jump.finds("文稿")
def search(user, words):
    rows = Release.objects.visible_to(user).filter(title__icontains=words).order_by("-pk")[:5]
    return [jump.Hit(row.title, row.get_status_display(), row.get_absolute_url()) for row in rows]
