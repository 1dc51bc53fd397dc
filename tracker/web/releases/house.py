"""House style: what the city sets for all its documents, how that looks, and every version of it."""

from django.contrib import messages
from django.http import Http404
from django.shortcuts import get_object_or_404, redirect, render
from django.utils import timezone
from django.views.decorators.http import require_http_methods, require_safe

from accounts.models import Agency, Region
from tracker.documents.html import write_sheet
from tracker.releases.genres import genres
from tracker.releases.house.keeping import differences, house_of, may_set_house, newest, set_house
from tracker.releases.house.preview import preview
from tracker.releases.house.style import House
from tracker.releases.models import HouseStyle
from tracker.web import paging, typed
from tracker.web.people.access import only

from .chain import region_of
from .house_forms import GeneralForm, GenreForm

LEAD = ("reviewer", "editor", "issuer")
NAMES = {
    "order": "发布顺序",
    "counties": "区县顺序",
    "range_mark": "区间号",
    "settings": "要素",
    "formulas": "固定用语",
}


def own_of(region) -> tuple[House, int]:
    """The region's own style to change, or that from above to begin with; and the number seen."""
    row = newest(region)
    own = row and row.region_id == region.pk
    return house_of(row), row.number if own else 0


def agencies_of(region):
    rows = Agency.objects.active().filter(region=region).select_related("line")
    return rows.order_by("line__order", "pk")


def counties_of(region):
    """What stands directly below, by administrative code."""
    return Region.objects.filter(parent=region, valid_to=None).order_by("path")


@require_http_methods(["GET", "HEAD", "POST"])
@only(*LEAD)
def house_style(request):
    """The order of agencies and of counties, and the mark of a range."""
    region = region_of(request.user)
    house, number = own_of(region)
    known = {"agencies": agencies_of(region), "counties": counties_of(region), "house": house}
    return kept_or_shown(request, region, house, number, GeneralForm, known)


@require_http_methods(["GET", "HEAD", "POST"])
@only(*LEAD)
def house_genre(request, genre):
    """Masthead, readers and formulas of one genre."""
    kind = genres().get(genre)
    if kind is None:
        raise Http404
    region = region_of(request.user)
    house, number = own_of(region)
    known = {"folder": genre, "kind": kind, "house": house}
    return kept_or_shown(request, region, house, number, GenreForm, known, genre)


def kept_or_shown(request, region, house, number, form_class, known, folder=""):
    """Saved and led back, or the page: with what was typed, and how it would look."""
    if request.method != "POST":
        form = form_class(initial={"version": number}, **known)
        return shown(request, region, house, form, folder)
    form = typed.bound(request, form_class, **known)
    if not form.is_valid():
        return shown(request, region, house, form, folder, status=422)
    changed, data = form.changed(), form.cleaned_data
    if request.POST.get("act") == "preview":
        return shown(request, region, changed, form, folder, previewed=True)
    row = set_house(region, changed, by=request.user, version=data["version"], note=data["note"])
    messages.success(request, f"已保存为第{row.number}版，以后汇编的文稿按这一版。")
    return redirect(request.path)


def shown(request, region, house, form, folder, *, status=200, previewed=False):
    """With the genre as it would look; the general page shows a press conference."""
    look = folder or "press_conference"
    document = preview(genres()[look], look, house, region, timezone.localdate())
    context = {
        "form": form,
        "folder": folder,
        "genres": genres(),
        "kind": genres()[look],
        "region": region,
        "paper": write_sheet(document),
        "previewed": previewed,
        "last": newest(region),
        "may_set": may_set_house(request.user, region),
    }
    return render(request, "releases/house.html", context, status=status)


@require_safe
@only(*LEAD)
def house_version_list(request):
    """Every version, the newest first."""
    region = region_of(request.user)
    rows = HouseStyle.objects.filter(region=region).select_related("by")
    context = {"page": paging.page(request, rows, 50), "region": region}
    return render(request, "releases/house_versions.html", context)


@require_safe
@only(*LEAD)
def house_version(request, number):
    """What one version changed of the one before: old and new."""
    region = region_of(request.user)
    rows = HouseStyle.objects.filter(region=region).select_related("by")
    row = get_object_or_404(rows, number=number)
    before = rows.filter(number=number - 1).first()
    changes = differences(before.content if before else {}, row.content)
    names = {
        "order": dict(Agency.objects.filter(region=region).values_list("pk", "short_name")),
        "counties": dict(Region.objects.filter(parent=region).values_list("pk", "short_name")),
    }
    told = [
        (said_of(path), *(words_of(value, names.get(path)) for value in pair))
        for path, pair in changes.items()
    ]
    return render(request, "releases/house_version.html", {"row": row, "changes": told})


def said_of(path: str) -> str:
    """简报：刊名, for settings/brief/刊名."""
    head, *rest = path.split("/")
    if not rest:
        return NAMES.get(head, head)
    kind = genres().get(rest[0])
    return f"{kind.name if kind else rest[0]}：{'/'.join(rest[1:])}"


def words_of(value, names: dict[int, str] | None) -> str:
    if names and value:
        return "、".join(names.get(pk, str(pk)) for pk in value)
    return "\n".join(value) if isinstance(value, list) else value or ""
