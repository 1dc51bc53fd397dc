"""The editor's page: opened, saved, kept while typing, dropped. With JavaScript or without."""

from django.contrib import messages
from django.http import JsonResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.views.decorators.http import require_http_methods, require_POST

from accounts.models import Agency, Region
from accounts.rules import require
from tracker.documents.tree import Block, Image, Table, plain
from tracker.releases.drafting import keeping
from tracker.releases.drafting.bench import Bench, bench_of
from tracker.releases.drafting.checking import check
from tracker.releases.drafting.comments import talk_about
from tracker.releases.drafting.marked import marked, name_of, read_marked
from tracker.releases.drafting.page import BadPage, Page, page_of, read_json, to_plain
from tracker.releases.drafting.rebuilding import known
from tracker.releases.drafting.saving import save
from tracker.releases.drafting.settling import told_all
from tracker.releases.models import Release, Version, Working
from tracker.releases.recording import document_of
from tracker.releases.rules import may_edit
from tracker.web import typed
from tracker.web.doors import note_refusal
from tracker.workflow import Stale

from .editor_merging import merge_page
from .reading import found, version_of

STYLES = {
    "body": "正文", "lead": "导语", "part": "分篇标题", "subtitle": "副标题", "speaker": "发言人",
    "question": "提问", "answer": "回答", "quote": "引文", "note": "说明", "flush": "顶格",
    "centre": "居中", "right": "居右",
}  # fmt: skip


def posted_page(request, version: Version) -> Page:
    """The page that was sent, as JSON or as marked text. BadPage if it is none."""
    if "page" in request.POST:
        return read_json(request.POST["page"])
    return read_marked(request.POST.get("text", ""), page_of(document_of(version)))


def editable(request, pk: int) -> tuple[Release, Version]:
    """The draft and the version that the page was made of; Refused for whom may not edit it."""
    record = found(request.user, pk)
    require(may_edit(request.user, record))
    return record, version_of(record, typed.number(request.POST.get("number", "")))


@require_http_methods(["GET", "HEAD", "POST"])
def release_edit(request, pk):
    """The text with its figures; saving makes the next version."""
    record, version = editable(request, pk)
    if request.method == "POST":
        return saved(request, record, version)
    working = keeping.working_of(record, request.user)
    if working and working.base != version:
        return redirect("release-edit-merge", pk)
    page = keeping.page_in(working) if working else page_of(document_of(version))
    return edit_page(request, bench_of(version), page, working)


def saved(request, record: Release, version: Version):
    """The next version; what cannot be saved yet is kept, and said."""
    try:
        page = posted_page(request, version)
    except BadPage as problem:
        return said(request, problem, record)
    try:
        made = save(version, page, by=request.user)
    except Stale:
        keeping.keep(version, page, by=request.user, serial=None)
        note_refusal(request, "版本已变", record)
        return stale(request, record)
    words = "没有改动。" if made == version else f"已保存为第{made.number}版。"
    if "page" in request.POST:
        page = page_of(document_of(made))
        return JsonResponse({"number": made.number, "said": words, "page": to_plain(page)})
    messages.success(request, words)
    return redirect(record)


def said(request, problem: BadPage, record: Release):
    """What is wrong with what was sent; the words themselves stay on the page."""
    if "page" in request.POST:
        return JsonResponse({"said": str(problem)}, status=422)
    kept = typed.entries(request)
    return render(request, "409.html", {"reason": str(problem), "kept": kept}, status=422)


def stale(request, record: Release):
    """Somebody was quicker: both texts side by side, nothing lost."""
    if "page" in request.POST:
        words = "其他人已保存了新的一版。您的修改已暂存，请合并后再保存。"
        address = reverse("release-edit-merge", args=[record.pk])
        return JsonResponse({"said": words, "merge": address}, status=409)
    return merge_page(request, record, status=409)


def edit_page(request, bench: Bench, page: Page, working: Working | None, status=200):
    record = bench.version.release
    parts = known(bench.base)
    taken, remarks = check(bench, page)
    said = told_all(bench, taken, remarks)
    context = {
        "release": record,
        "version": bench.version,
        "working": working,
        "text": marked(page, parts.blocks),
        "remarks": [
            one | {"quote": quote(page, at)} for one, at in zip(said, remarks, strict=True)
        ],
        "stops": sum(remark.blocks for remark in remarks),
        "state": state_of(bench, page, working),
        "styles": STYLES,
        "talk": talk_about(record, bench.base),
    }
    return render(request, "releases/edit.html", context, status=status)


def quote(page: Page, remark) -> str:
    """The words of a remark with a little around them, for those who read it without the editor."""
    text = page[remark.line].text if remark.line < len(page) else ""
    return text[max(0, remark.start - 8) : remark.end + 8]


def state_of(bench: Bench, page: Page, working: Working | None) -> dict:
    """What the script of the page begins with."""
    return {
        "release": bench.version.release_id,
        "number": bench.version.number,
        "serial": working.serial if working else 0,
        "page": to_plain(page),
        "agencies": agencies_in(bench.version.release.region),
        "blocks": {mark: shown(block) for mark, block in known(bench.base).blocks.items()},
        "sources": {run.figure: run.text for line in page_of(bench.base) for run in line.runs if run.figure},
    }  # fmt: skip


def agencies_in(region: Region) -> list[dict]:
    """Who may be asked for a figure."""
    rows = Agency.objects.active().filter(region=region).order_by("line__order", "pk")
    return list(rows.values("pk", "short_name"))


def shown(block: Block) -> dict:
    """A kept block as the page shows it: words only."""
    told_block = {"name": name_of(block), "caption": "", "rows": []}
    if isinstance(block, Table):
        rows = [[plain(cell) for cell in row] for row in (block.head, *block.rows)]
        return told_block | {"caption": plain(block.caption), "rows": rows}
    if isinstance(block, Image):
        return told_block | {"caption": plain(block.caption) or block.alt}
    return told_block


@require_POST
def release_edit_keep(request, pk):
    """Keep what is being typed; 409 with the other text when another window was quicker."""
    _, version = editable(request, pk)
    serial = typed.number(request.POST.get("serial", "0"))
    try:
        page = posted_page(request, version)
        working = keeping.keep(version, page, by=request.user, serial=serial)
    except BadPage as problem:
        return JsonResponse({"said": str(problem)}, status=422)
    except keeping.Elsewhere as other:
        return JsonResponse(
            {"said": str(other), "serial": other.working.serial, "page": other.working.page},
            status=409,
        )
    return JsonResponse({"serial": working.serial})


@require_POST
def release_edit_discard(request, pk):
    """Back to the last version."""
    record, _ = editable(request, pk)
    if keeping.discard(record, by=request.user):
        messages.success(request, "未保存的修改已放弃。")
    return redirect("release-edit", pk)
