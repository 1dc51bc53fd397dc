"""套稿: an earlier document as the example of its series, and a new period told after it."""

from io import BytesIO
from itertools import groupby

from django.contrib import messages
from django.shortcuts import get_object_or_404, redirect, render
from django.views.decorators.http import require_http_methods, require_POST, require_safe

from accounts.rules import Refused
from tracker.catalogue.spans import span_of
from tracker.releases.example import services
from tracker.releases.example.filling import Filled
from tracker.releases.example.showing import lines_of, sentences_of
from tracker.releases.genres import genres
from tracker.releases.models import Example
from tracker.releases.rules import COMPILERS, may_compile
from tracker.web import files, typed
from tracker.web.people.access import only
from tracker.workbooks.papers import NotAPaper

from .example_forms import ExampleForm, PeriodForm


def found(user, pk: int) -> Example:
    rows = Example.objects.visible_to(user).select_related("region", "span", "by")
    return get_object_or_404(rows, pk=pk)


@require_safe
@only(*COMPILERS)
def example_list(request):
    """The series, the newest example of each first."""
    rows = Example.objects.visible_to(request.user).filter(retired_at=None)
    rows = rows.select_related("region", "span", "by").order_by("region", "name", "-pk")
    series = [
        {"name": name, "region": region, "examples": list(each)}
        for (region, name), each in groupby(rows, lambda row: (row.region, row.name))
    ]
    return render(request, "releases/examples.html", {"series": series, "genres": genres()})


@require_http_methods(["GET", "HEAD", "POST"])
@only(*COMPILERS)
def example_add(request):
    """Upload a document; its figures are looked up in the ledger of its own period."""
    if request.method == "POST":
        form = typed.bound(request, ExampleForm, user=request.user)
        if form.is_valid() and (made := _learned(request, form)):
            messages.success(request, f"已认出{len(made.slots)}个数，可以套用到新的一期。")
            return redirect("example", made.pk)
    else:
        form = ExampleForm(user=request.user)
    return render(
        request, "releases/example_add.html", {"form": form}, status=422 if form.errors else 200
    )


def _learned(request, form: ExampleForm) -> Example | None:
    """The example; None when the file or its figures stand against it, which the form then says."""
    chosen = form.cleaned_data
    file = chosen["file"]
    try:
        return services.learn(
            file.read(),
            file.name,
            name=chosen["name"],
            genre=chosen["genre"],
            region=chosen["region"],
            span=span_of(chosen["period"]),
            lines=list(chosen["lines"]),
            by=request.user,
        )
    except NotAPaper as problem:
        form.add_error("file", problem.message)
    except Refused as problem:
        form.add_error(None, str(problem))
    return None


@require_safe
@only(*COMPILERS)
def example(request, pk):
    """The example with its bound figures marked; with a period, old and new side by side."""
    record = found(request.user, pk)
    form = PeriodForm(request.GET if "period" in request.GET else None)
    made = _told(record, form)
    context = {
        "example": record,
        "form": form,
        "made": made,
        "period": form.cleaned_data["period"] if made else "",
        "lines": lines_of(record.text, record.slots),
        "pairs": sentences_of(made) if made else [],
        "kind": genres()[record.genre].name if record.genre in genres() else record.genre,
        "may_draft": may_compile(request.user, record.region),
    }
    return render(request, "releases/example.html", context, status=422 if form.errors else 200)


def _told(record: Example, form: PeriodForm) -> Filled | None:
    if not form.is_bound or not form.is_valid():
        return None
    return services.filled(record, span_of(form.cleaned_data["period"]))


@require_safe
@only(*COMPILERS)
def example_word(request, pk):
    """The new period in the example's own Word file."""
    record = found(request.user, pk)
    form = PeriodForm(request.GET)
    made = _told(record, form)
    if made is None:
        return redirect("example", record.pk)
    content = services.word_file(record, made)
    name = f"{record.name}{form.cleaned_data['period']}（套稿待核）.docx"
    return files.download(may_compile(request.user, record.region), BytesIO(content), name)


@require_POST
@only(*COMPILERS)
def example_draft(request, pk):
    """The new period as a draft that is edited, proved and issued like any other."""
    record = found(request.user, pk)
    form = typed.bound(request, PeriodForm)
    if not form.is_valid():
        messages.error(request, "请先填写要套用的期间。")
        return redirect("example", record.pk)
    release = services.draft(record, span_of(form.cleaned_data["period"]), by=request.user)
    messages.success(request, "已生成文稿草稿，请逐条核对标出的句子。")
    return redirect(release)


@require_POST
@only(*COMPILERS)
def example_retire(request, pk):
    record = found(request.user, pk)
    services.retire(record, by=request.user)
    messages.success(request, "范文已停用，已生成的文稿不受影响。")
    return redirect("example-list")
