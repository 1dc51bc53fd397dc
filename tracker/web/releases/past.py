"""A published document laid beside the ledger: sent, proved, what is lacking taken along."""

from io import BytesIO

from django import forms
from django.contrib import messages
from django.shortcuts import get_object_or_404, redirect, render
from django.views.decorators.http import require_http_methods, require_POST, require_safe

from accounts.models import Region
from accounts.rules import Refused
from tracker.catalogue.models import Span
from tracker.catalogue.spans import parse_key, span_of
from tracker.releases.past import Past, may_prove_past, prove_past, sheets_of, take_past
from tracker.releases.rules import COMPILERS
from tracker.web import files, typed
from tracker.web.file_forms import file_field
from tracker.web.people.access import only
from tracker.workbooks import papers, uploads
from tracker.workbooks.models import Upload

from .forms import led_regions

LISTED = 20


class PastForm(forms.Form):
    file = file_field("已发文稿", "只核对，不写入台账", papers.ENDINGS, papers.MAX_BYTES)
    region = forms.ModelChoiceField(Region.objects.none(), label="区划", empty_label=None)
    period = forms.CharField(
        label="期间", max_length=10, help_text="文稿所讲的期间，如：2020、2020H1、2020Q4、2020-12"
    )

    def __init__(self, *args, user, **kwargs):
        super().__init__(*args, **kwargs)
        self.fields["region"].queryset = led_regions(user)

    def clean_period(self) -> str:
        key = self.cleaned_data["period"].strip()
        try:
            parse_key(key)
        except ValueError as problem:
            raise forms.ValidationError(str(problem)) from problem
        return key


def mine(request):
    """The published documents that this person has sent."""
    rows = Upload.objects.visible_to(request.user).filter(purpose=Upload.Purpose.PAST)
    return rows.waiting()


@require_http_methods(["GET", "HEAD", "POST"])
@only(*COMPILERS)
def past_list(request):
    """Send a published document; those that were sent before."""
    form = PastForm(user=request.user)
    if request.method == "POST":
        form = typed.bound(request, PastForm, user=request.user)
        if form.is_valid() and (upload := kept(request, form)):
            return redirect("past-proof", upload.pk)
    context = {"form": form, "uploads": mine(request).defer("content")[:LISTED]}
    return render(request, "releases/past.html", context, status=422 if form.errors else 200)


def kept(request, form: PastForm) -> Upload | None:
    """The upload; None when something stands against it, which the form then says."""
    file, region = form.cleaned_data["file"], form.cleaned_data["region"]
    try:
        span = span_of(form.cleaned_data["period"])
        return take_past(file.read(), file.name, region, span, by=request.user)
    except papers.NotAPaper as problem:
        form.add_error("file", problem.message)
    except Refused as problem:
        form.add_error("region", str(problem))
    return None


def proved(request, pk: int) -> tuple[Upload, Region, Span, Past]:
    """The document, what it is about, and its proof; 404 for anybody else's."""
    upload = get_object_or_404(mine(request), pk=pk)
    region = get_object_or_404(led_regions(request.user), pk=upload.outcome.get("region"))
    span = get_object_or_404(Span, key=upload.outcome.get("span"))
    text = papers.read(bytes(upload.content), upload.name).text
    return upload, region, span, prove_past(text, region, span)


@require_safe
@only(*COMPILERS)
def past_proof(request, pk):
    """Every figure with its verdict, those that the ledger lacks first."""
    upload, region, span, past = proved(request, pk)
    context = {
        "upload": upload,
        "region": region,
        "span": span,
        "past": past,
        "groups": [
            ("台账没有的数", past.lacking, "state-orange"),
            ("与台账不一致的数", past.differing, "state-red"),
            ("出处不唯一或偏宽的数", past.open, "state-blue"),
            ("与台账一致的数", past.agreeing, "state-green"),
        ],
        "may_prove": may_prove_past(request.user, region),
    }
    return render(request, "releases/past_proof.html", context)


@require_safe
@only(*COMPILERS)
def past_lacking(request, pk):
    """What the ledger lacks, and has otherwise, as a workbook."""
    upload, region, _, past = proved(request, pk)
    stem = upload.name.rpartition(".")[0] or upload.name
    content = BytesIO(sheets_of(past))
    return files.download(may_prove_past(request.user, region), content, f"{stem}（台账缺数）.xlsx")


@require_POST
@only(*COMPILERS)
def past_drop(request, pk):
    uploads.settle(get_object_or_404(mine(request), pk=pk), dropped=True)
    messages.success(request, "已移除这份文稿，台账没有改动。")
    return redirect("past-list")
