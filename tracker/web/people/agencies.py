"""Agencies: list, found, rename, move, lead, close; and the lines they belong to."""

from django.contrib import messages
from django.shortcuts import get_object_or_404, redirect, render
from django.utils import timezone
from django.views.decorators.http import require_http_methods, require_POST, require_safe

from accounts import rules, services
from accounts.models import Agency, Appointment, Line
from tracker.web import lists, typed
from tracker.web.people.access import only
from tracker.web.people.filters import AgencyFilter
from tracker.web.people.forms import (
    AgencyEditForm,
    AgencyForm,
    LineForm,
    MoveForm,
    ReasonForm,
    RenameForm,
)

SORTS = {
    "name": ("name",),
    "line": ("line__order", "region__path"),
    "region": ("region__path", "line__order"),
}
KEEPERS = ("system_admin", "reviewer")


@require_safe
@only(*KEEPERS)
def agency_list(request):
    rows = Agency.objects.visible_to(request.user).select_related(
        "line", "region", "superior", "leads"
    )
    listing = lists.listing(request, rows, sorts=SORTS, sort="region", filters=AgencyFilter)
    return render(request, "accounts/agency_list.html", {"listing": listing})


@require_http_methods(["GET", "HEAD", "POST"])
@only(*KEEPERS)
def agency_new(request):
    posted = request.method == "POST"
    by = request.user
    form = typed.bound(request, AgencyForm, by=by) if posted else AgencyForm(by=by)
    if posted and form.is_valid():
        fields = form.cleaned_data
        region = fields.pop("region_code")
        leads = region if fields.pop("leads") else None
        agency = services.create_agency(**fields, region=region, leads=leads, by=by)
        messages.success(request, f"已建立机构“{agency.name}”。")
        return redirect("agency-page", agency.pk)
    return render(request, "accounts/agency_new.html", {"form": form})


def seen(request, pk) -> Agency:
    rows = Agency.objects.visible_to(request.user)
    return get_object_or_404(rows.select_related("line", "region", "superior", "leads"), pk=pk)


@require_safe
@only(*KEEPERS)
def agency_page(request, pk):
    return shown(request, seen(request, pk))


def shown(request, agency, **bound):
    """The page of one agency; `bound` holds a form that came back with errors, by its name."""
    posts = Appointment.objects.current(timezone.localdate()).filter(agency=agency)
    context = {
        "agency": agency,
        "verdict": rules.may_manage_agency(request.user, agency),
        "posts": posts.select_related("user").prefetch_related("grants"),
        "names": agency.names.order_by("-valid_from"),
        "links": agency.links.select_related("superior").order_by("-valid_from"),
        "subordinates": agency.subordinates.active().select_related("region"),
        "rename_form": RenameForm(agency=agency),
        "edit_form": AgencyEditForm(agency=agency, auto_id="edit_%s"),
        "move_form": MoveForm(agency=agency, by=request.user, auto_id="move_%s"),
        "close_form": ReasonForm(auto_id="close_%s"),
    }
    return render(request, "accounts/agency_page.html", context | bound)


@require_POST
@only(*KEEPERS)
def agency_rename(request, pk):
    agency = seen(request, pk)
    form = typed.bound(request, RenameForm, agency=agency)
    if not form.is_valid():
        return shown(request, agency, rename_form=form)
    services.rename_agency(agency, **form.cleaned_data, by=request.user)
    messages.success(request, "机构已更名，原名称保留在沿革中。")
    return redirect("agency-page", pk)


@require_POST
@only(*KEEPERS)
def agency_edit(request, pk):
    agency = seen(request, pk)
    form = typed.bound(request, AgencyEditForm, agency=agency, auto_id="edit_%s")
    if not form.is_valid():
        return shown(request, agency, edit_form=form)
    services.edit_agency(agency, **form.cleaned_data, by=request.user)
    messages.success(request, "机构资料已保存。")
    return redirect("agency-page", pk)


@require_POST
@only(*KEEPERS)
def agency_move(request, pk):
    agency = seen(request, pk)
    form = typed.bound(request, MoveForm, agency=agency, by=request.user, auto_id="move_%s")
    if not form.is_valid():
        return shown(request, agency, move_form=form)
    services.move_agency(agency, **form.cleaned_data, by=request.user)
    messages.success(request, "上级机构已调整，原隶属关系保留在沿革中。")
    return redirect("agency-page", pk)


@require_POST
@only(*KEEPERS)
def agency_lead(request, pk):
    """One button: it becomes the lead office of its own region, or ceases to be one."""
    agency = seen(request, pk)
    services.set_lead(agency, None if agency.leads_id else agency.region, by=request.user)
    messages.success(request, "牵头单位已调整。")
    return redirect("agency-page", pk)


@require_POST
@only(*KEEPERS)
def agency_close(request, pk):
    agency = seen(request, pk)
    form = typed.bound(request, ReasonForm, auto_id="close_%s")
    if not form.is_valid():
        return shown(request, agency, close_form=form)
    services.close_agency(agency, **form.cleaned_data, by=request.user)
    messages.success(request, "机构已停用，已报送的数据仍然保留。")
    return redirect("agency-page", pk)


@require_POST
@only(*KEEPERS)
def agency_reopen(request, pk):
    services.reopen_agency(seen(request, pk), by=request.user)
    messages.success(request, "机构已恢复使用。")
    return redirect("agency-page", pk)


@require_http_methods(["GET", "HEAD", "POST"])
@only(*KEEPERS)
def line_list(request, pk=None):
    """Every line, with a form for a new one, or for the one named."""
    line = get_object_or_404(Line, pk=pk) if pk else None
    posted = request.method == "POST"
    form = typed.bound(request, LineForm, instance=line) if posted else LineForm(instance=line)
    if posted and form.is_valid():
        services.save_line(line, **form.cleaned_data, by=request.user)
        messages.success(request, "条线已保存。")
        return redirect("line-list")
    context = {"lines": Line.objects.all(), "form": form, "line": line}
    return render(request, "accounts/line_list.html", context)
