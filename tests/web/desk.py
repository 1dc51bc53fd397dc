"""A small desk that no city has: every part, tag and door of the interface on a few pages."""

from django import forms
from django.contrib import messages
from django.db import transaction
from django.http import HttpResponse
from django.shortcuts import redirect, render
from django.urls import include, path
from django.views.decorators.http import require_POST
from django_filters import ChoiceFilter, FilterSet

from accounts.models import Agency, Line, Region
from accounts.rules import ALLOWED, Refused, refused
from tracker.web import errors, jump, lists, paging, typed, undo
from tracker.workflow import Stale

SORTS = {"name": ("name",), "place": ("region__path", "-name")}


class AgencyFilter(FilterSet):
    line = ChoiceFilter(
        label="条线", choices=[("union", "工会"), ("league", "团委")], field_name="line__code"
    )

    class Meta:
        model = Agency
        fields = ["line"]


class AgencyForm(forms.ModelForm):
    class Meta:
        model = Agency
        fields = ["name", "short_name"]
        help_texts = {"name": "以机构编制部门批准的名称为准。"}


class OrderForm(forms.ModelForm):
    class Meta:
        model = Line
        fields = ["name"]


def agencies(request):
    rows = Agency.objects.select_related("region", "line")
    found = lists.listing(request, rows, sorts=SORTS, sort="name", filters=AgencyFilter, size=2)
    verdicts = {"may": ALLOWED, "may_not": refused("本期已截止。")}
    return render(request, "desk/list.html", {"listing": found, **verdicts})


def regions(request):
    return render(
        request, "desk/window.html", {"window": paging.window(request, Region.objects.all(), 2)}
    )


def edit(request):
    form = typed.bound(request, AgencyForm) if request.method == "POST" else AgencyForm()
    if request.method == "POST" and form.is_valid():
        raise Refused("该单位的期次已经截止，不能再改名。")
    return render(request, "desk/form.html", {"form": form})


@require_POST
def found(request):
    """Adds a line of business, at each call one more."""
    if not request.POST.get("name"):
        return HttpResponse("名称没有填写。")
    number = Line.objects.count()
    Line.objects.create(code=f"line{number}", name=f"{request.POST['name']}{number}")
    messages.success(request, "已新增。")
    return redirect("desk-agencies")


@require_POST
@transaction.atomic
def forbid(request):
    Line.objects.create(code="never", name="写了一半")
    raise Refused("本期已截止，不能退回。")


@require_POST
def stale(request):
    typed.bound(request, AgencyForm)
    record = Agency.objects.order_by("pk").last()
    record.version = 7
    raise Stale(record)


@require_POST
def withdraw(request):
    undo.offer(request, "已撤回报送。", "/desk/found/")
    return redirect("desk-agencies")


def crash(request):
    raise ZeroDivisionError


@jump.finds("测试机构")
def by_name(user, words):
    rows = Agency.objects.visible_to(user).filter(name__contains=words)
    return [jump.Hit(row.name, row.short_name, f"/agencies/{row.pk}/") for row in rows]


# Other tests see no search of ours.
del jump.SEARCHES["测试机构"]

urlpatterns = [
    path("", include("tracker.web.urls")),
    path("desk/agencies/", agencies, name="desk-agencies"),
    path("desk/regions/", regions, name="desk-regions"),
    path("desk/edit/", edit, name="desk-edit"),
    path("desk/found/", found, name="desk-found"),
    path("desk/forbid/<int:pk>/", lambda request, pk: forbid(request), name="desk-forbid"),
    path("desk/stale/", stale, name="desk-stale"),
    path("desk/withdraw/", withdraw, name="desk-withdraw"),
    path("desk/crash/", crash, name="desk-crash"),
    path("desk/busy/", lambda request: errors.too_many(request, 5), name="desk-busy"),
    path("desk/closed/", errors.unavailable, name="desk-closed"),
]
