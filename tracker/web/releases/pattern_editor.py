"""句式: a pattern written and proposed, checked and shown on real figures while somebody types."""

from django.contrib import messages
from django.http import Http404
from django.shortcuts import get_object_or_404, redirect, render
from django.views.decorators.http import require_http_methods

from accounts.models import Region
from accounts.rules import Refused
from tracker.catalogue.models import Indicator, Programme
from tracker.releases.models import PatternVersion
from tracker.releases.own_patterns import services as verbs
from tracker.releases.own_patterns.preview import periods_of
from tracker.releases.own_patterns.rules import may_propose
from tracker.releases.own_patterns.subjects import Subject, subject_of
from tracker.releases.patterns import PatternError
from tracker.releases.rules import COMPILERS
from tracker.web import typed
from tracker.web.people.access import only

from .pattern_check import fault_of, inserted, look_in
from .pattern_forms import PatternForm, SubjectForm


def led(user) -> Region:
    """The highest region for whose documents the person works."""
    return get_object_or_404(Region, path=min(user.reach.leads(*COMPILERS), key=len, default=""))


def subject_named(user, key: str) -> Subject:
    """p12 or i34, if the person sees it; 404 otherwise."""
    model = {"p": Programme, "i": Indicator}.get(key[:1])
    pk = typed.number(key[1:])
    if model is None or not pk:
        raise Http404
    related = ("line",) if model is Programme else ("programme__line", "unit")
    rows = model.objects.visible_to(user).select_related(*related)
    return subject_of(get_object_or_404(rows, pk=pk))


@require_http_methods(["GET", "HEAD", "POST"])
@only(*COMPILERS)
def pattern_edit(request):
    """The text with its check; without a subject, the choice of one."""
    if not request.GET.get("subject"):
        if request.method == "POST":
            raise Http404
        return render(
            request, "releases/pattern_add.html", {"form": SubjectForm(user=request.user)}
        )
    subject, region = subject_named(request.user, request.GET["subject"]), led(request.user)
    periods = periods_of(subject, region)
    if request.method == "POST":
        return posted(request, subject, region, periods)
    return editor(request, subject, region, periods, begun(request, subject, region, periods))


def begun(request, subject: Subject, region: Region, periods) -> PatternForm:
    """The text that holds, or the earlier version that was asked for."""
    versions = verbs.versions_of(subject, region)
    pk = typed.number(request.GET.get("from", ""))
    start = get_object_or_404(versions, pk=pk) if pk else verbs.standing_of(subject, region)
    last = versions.first()
    initial = {"source": start.source if start else "", "seen": last.number if last else 0,
               "note": f"恢复第{start.number}版" if pk else ""}  # fmt: skip
    return PatternForm(initial=initial, periods=periods)


def posted(request, subject: Subject, region: Region, periods):
    """A check, a slot put in by its button, or the proposal; nothing typed is lost."""
    if "insert" in request.POST:
        data = request.POST.copy()
        data["source"] = inserted(data.get("source", ""), request.POST["insert"])
        return editor(request, subject, region, periods, PatternForm(data, periods=periods))
    form = typed.bound(request, PatternForm, periods=periods)
    fault = None
    if form.is_valid() and request.POST.get("act") == "propose":
        try:
            made = proposed(request, subject, region, form.cleaned_data)
        except PatternError as error:
            fault = fault_of(form.data.get("source", ""), error)
        except Refused as refusal:
            form.add_error(None, str(refusal))
        else:
            messages.success(request, "已提交，由另一人审定后启用。")
            return redirect(made)
    return editor(request, subject, region, periods, form, fault)


def proposed(request, subject: Subject, region: Region, chosen: dict) -> PatternVersion:
    return verbs.propose(
        region, subject, chosen["source"], by=request.user, note=chosen["note"], seen=chosen["seen"]
    )


def editor(request, subject: Subject, region: Region, periods, form: PatternForm, fault=None):
    """The page, or the check alone while somebody types."""
    source = str(form["source"].value() or "")
    look, span = look_in(subject, source, region, periods, str(form["period"].value() or ""))
    context = {"look": look, "subject": subject, "form": form, "span": span, "source": source}
    wrong = bool(look.fault or fault or form.errors) and request.method == "POST"
    if request.htmx:
        return render(request, "releases/_pattern_check.html", context)
    context |= {
        "versions": verbs.versions_of(subject, region),
        "region": region,
        "verdict": may_propose(request.user, region),
        "offers": subject.offers(),
        "operations": subject.operations(),
    }
    return render(request, "releases/pattern_edit.html", context, status=422 if wrong else 200)
