"""Two changed the same version: their texts side by side, place by place."""

from django.contrib import messages
from django.shortcuts import redirect, render
from django.views.decorators.http import require_http_methods

from accounts.rules import require
from tracker.releases.drafting import keeping
from tracker.releases.drafting.merging import BOTH, MINE, THEIRS, Place, merged_page, merged_places
from tracker.releases.drafting.page import Line, page_of
from tracker.releases.issuing import latest
from tracker.releases.models import Release, Version, Working
from tracker.releases.recording import document_of
from tracker.releases.rules import may_edit
from tracker.web import typed

from .reading import found

CHOICES = {MINE: "用我的", THEIRS: "用现行的", BOTH: "两段都留"}


@require_http_methods(["GET", "HEAD", "POST"])
def release_edit_merge(request, pk):
    """What only one of both changed is merged already; the rest is chosen here."""
    record = found(request.user, pk)
    require(may_edit(request.user, record))
    working = keeping.working_of(record, request.user)
    version = latest(record)
    if working is None or working.base == version:
        return redirect("release-edit", pk)
    if request.method == "POST":
        if typed.number(request.POST.get("number", "")) == version.number:
            return merged(request, working, version)
        messages.warning(request, "合并期间又有新的一版，请再核对一次。")
    return merge_page(request, record)


def merged(request, working: Working, version: Version):
    """The merged text becomes the person's own unsaved text, on the version that stands."""
    places = places_of(working, version)
    choices = {
        number: request.POST.get(f"place-{number}", MINE)
        for number, place in enumerate(places)
        if place.disputed
    }
    keeping.keep(version, merged_page(places, choices), by=request.user, serial=working.serial)
    messages.success(request, "已合并，还没有保存。请核对后保存为新的一版。")
    return redirect("release-edit", version.release_id)


def places_of(working: Working, version: Version) -> list[Place]:
    base, theirs = (page_of(document_of(one)) for one in (working.base, version))
    return merged_places(base, keeping.page_in(working), theirs)


def merge_page(request, record: Release, status=200):
    working = keeping.working_of(record, request.user)
    version = latest(record)
    places = places_of(working, version)
    rows = [
        {
            "number": number,
            "disputed": place.disputed,
            "mine": words(place.mine),
            "theirs": words(place.theirs),
            "choices": choices(place),
        }
        for number, place in enumerate(places)
    ]
    context = {
        "release": record,
        "version": version,
        "working": working,
        "rows": rows,
        "disputed": sum(place.disputed for place in places),
    }
    return render(request, "releases/edit_merge.html", context, status=status)


def words(lines: tuple[Line, ...]) -> str:
    return "\n".join(line.text or "（表格、图片或分页）" for line in lines)


def choices(place: Place) -> list[tuple[str, str]]:
    """What may be chosen at a place: there is one title, and nothing is no second paragraph."""
    both = place.mine and place.theirs and place.mine[0].kind != "title"
    return [(name, word) for name, word in CHOICES.items() if name != BOTH or both]
