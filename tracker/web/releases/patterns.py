"""句式: how a city words its programmes and indicators, proposed by one person and approved by another."""

from django.contrib import messages
from django.db.models import Q
from django.http import Http404
from django.shortcuts import get_object_or_404, redirect, render
from django.views.decorators.http import require_http_methods, require_POST, require_safe
from django_filters import CharFilter, ChoiceFilter, FilterSet

from accounts.models import Region
from accounts.rules import Refused
from tracker.catalogue.models import Indicator, Programme
from tracker.releases.models import PatternVersion
from tracker.releases.own_patterns import services as verbs
from tracker.releases.own_patterns.preview import periods_of
from tracker.releases.own_patterns.rules import may_decide, may_propose, may_withdraw
from tracker.releases.own_patterns.subjects import Subject, subject_of
from tracker.releases.patterns import PatternError
from tracker.releases.rules import COMPILERS
from tracker.web import jump, lists, typed
from tracker.web.people.access import only

from .pattern_check import fault_of, inserted, look_in
from .pattern_forms import DecisionForm, PatternForm, SubjectForm

READERS = (*COMPILERS, "auditor")
SORTS = {"at": ("at", "pk"), "number": ("number", "pk")}
STATES = [
    ("standing", "现行"),
    ("approved", "启用过"),
    ("rejected", "未同意"),
    ("withdrawn", "已撤回"),
]
NAMED = ("programme__line", "indicator__programme__line", "by", "decision__by", "region")


class PatternFilter(FilterSet):
    q = CharFilter(label="项目或指标", method="named")
    state = ChoiceFilter(label="状态", choices=STATES, method="in_state")

    class Meta:
        model = PatternVersion
        fields = ["q", "state"]

    def named(self, queryset, name, value):
        return queryset.filter(naming(value))

    def in_state(self, queryset, name, value):
        return (
            queryset.standing() if value == "standing" else queryset.filter(decision__outcome=value)
        )


def naming(words: str) -> Q:
    return Q(programme__name__icontains=words) | Q(indicator__name__icontains=words)


def seen(user):
    return PatternVersion.objects.visible_to(user).select_related(*NAMED)


@require_safe
@only(*READERS)
def pattern_list(request):
    """What waits for a word, then what holds."""
    listing = lists.listing(
        request, seen(request.user).exclude(decision=None), sorts=SORTS, sort="-at",
        filters=PatternFilter, given={"state": "standing"},
    )  # fmt: skip
    waiting = list(seen(request.user).undecided().order_by("pk"))
    for row in waiting:
        row.may_decide = may_decide(request.user, row)
    context = {"listing": listing, "waiting": waiting, "may_keep": keeps(request.user)}
    return render(request, "releases/patterns.html", context)


def keeps(user) -> bool:
    return not user.reach.roles.isdisjoint(COMPILERS)


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


def found(user, pk: int) -> PatternVersion:
    return get_object_or_404(seen(user), pk=pk)


@require_safe
@only(*READERS)
def pattern(request, pk):
    """One version: what it says on real figures, who wrote and who approved it, the versions beside it."""
    return shown(request, found(request.user, pk))


def shown(request, row: PatternVersion, form: DecisionForm | None = None):
    subject = subject_of(row.subject)
    periods = periods_of(subject, row.region)
    look, span = None, None
    # Figures are shown to those who compile them; an auditor reads the words.
    if keeps(request.user):
        asked = request.GET.get("period", "")
        look, span = look_in(subject, row.source, row.region, periods, asked)
    context = {
        "row": row,
        "subject": subject,
        "look": look,
        "span": span,
        "periods": periods,
        "standing": verbs.standing_of(subject, row.region),
        "versions": verbs.versions_of(subject, row.region),
        "form": form or DecisionForm(),
        "may_decide": may_decide(request.user, row),
        "may_withdraw": may_withdraw(request.user, row),
        "may_keep": keeps(request.user),
    }
    return render(request, "releases/pattern.html", context, status=422 if form else 200)


@require_POST
@only(*COMPILERS)
def pattern_decide(request, pk):
    row = found(request.user, pk)
    form = typed.bound(request, DecisionForm)
    if not form.is_valid():
        return shown(request, row, form)
    answer = form.cleaned_data["answer"]
    decide = verbs.approve if form.cleaned_data["approves"] == "yes" else verbs.reject
    with typed.said_on(form):
        decide(row, by=request.user, answer=answer)
    if form.errors:
        return shown(request, row, form)
    messages.success(request, "已办理，拟订人会收到通知。")
    return redirect("pattern-list")


@require_POST
@only(*COMPILERS)
def pattern_withdraw(request, pk):
    row = found(request.user, pk)
    verbs.withdraw(row, by=request.user)
    messages.success(request, "已撤回。")
    return redirect(row)


@jump.finds("句式")
def search(user, words):
    rows = seen(user).standing().filter(naming(words) | Q(source__icontains=words))[:8]
    return [
        jump.Hit(f"{row.subject}的句式", row.source[:40], row.get_absolute_url()) for row in rows
    ]
