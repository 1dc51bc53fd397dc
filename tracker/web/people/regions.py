"""Regions: the tree, reporting areas, townships that another district manages."""

from django.contrib import messages
from django.shortcuts import get_object_or_404, redirect, render
from django.views.decorators.http import require_POST, require_safe

from accounts import services
from accounts.models import Agency, Region, RegionOverlap
from tracker.web import lists, typed
from tracker.web.people.access import only
from tracker.web.people.filters import RegionFilter
from tracker.web.people.forms import AreaForm, ManagerForm, RetireForm

SORTS = {"code": ("path",), "name": ("name",), "level": ("level", "path")}


@require_safe
@only("system_admin")
def region_list(request):
    rows = Region.objects.select_related("parent")
    listing = lists.listing(request, rows, sorts=SORTS, sort="code", filters=RegionFilter)
    return render(request, "accounts/region_list.html", {"listing": listing})


def seen(pk) -> Region:
    return get_object_or_404(Region.objects.select_related("parent"), pk=pk)


@require_safe
@only("system_admin")
def region_page(request, pk):
    return shown(request, seen(pk))


def shown(request, region, **bound):
    """The page of one region; `bound` holds a form that came back with errors, by its name."""
    context = {
        "region": region,
        "above": Region.objects.above(region).exclude(pk=region.pk),
        "children": region.children.all(),
        "agencies": Agency.objects.filter(region=region).select_related("line"),
        "overlaps": region.overlaps.select_related("managed_by"),
        "manages": region.manages.select_related("region"),
        "area_form": AreaForm(auto_id="area_%s"),
        "retire_form": RetireForm(initial={"ends": region.valid_to}, auto_id="retire_%s"),
        "manager_form": ManagerForm(auto_id="manager_%s"),
    }
    return render(request, "accounts/region_page.html", context | bound)


@require_POST
@only("system_admin")
def area_new(request, pk):
    region = seen(pk)
    form = typed.bound(request, AreaForm, auto_id="area_%s")
    if not form.is_valid():
        return shown(request, region, area_form=form)
    area = services.add_area(**form.cleaned_data, parent=region, by=request.user)
    messages.success(request, f"已登记功能区“{area}”。")
    return redirect("region-page", pk)


@require_POST
@only("system_admin")
def region_retire(request, pk):
    region = seen(pk)
    form = typed.bound(request, RetireForm, auto_id="retire_%s")
    if not form.is_valid():
        return shown(request, region, retire_form=form)
    services.retire_region(region, **form.cleaned_data, by=request.user)
    messages.success(request, f"已登记{region}的停用日期，已有数据仍然保留。")
    return redirect("region-page", pk)


@require_POST
@only("system_admin")
def region_manage(request, pk):
    region = seen(pk)
    form = typed.bound(request, ManagerForm, auto_id="manager_%s")
    if not form.is_valid():
        return shown(request, region, manager_form=form)
    manager, note = form.cleaned_data["manager_code"], form.cleaned_data["note"]
    services.manage_for(region, manager, note=note, by=request.user)
    messages.success(request, f"已登记{region}由{manager}代管，汇总时只计一次。")
    return redirect("region-page", pk)


@require_POST
@only("system_admin")
def overlap_end(request, pk):
    overlap = get_object_or_404(RegionOverlap.objects.filter(valid_to__isnull=True), pk=pk)
    services.end_overlap(overlap, by=request.user)
    messages.success(request, "代管登记已结束。")
    return redirect("region-page", overlap.region_id)
