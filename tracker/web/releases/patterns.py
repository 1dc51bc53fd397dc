"""句式: how a city words its programmes and indicators: listed, read, and decided by a second person."""

from django.contrib import messages
from django.db.models import Q
from django.shortcuts import get_object_or_404, redirect, render
from django.views.decorators.http import require_POST, require_safe
from django_filters import CharFilter, ChoiceFilter, FilterSet

from tracker.releases.models import PatternVersion
from tracker.releases.own_patterns import services as verbs
from tracker.releases.own_patterns.preview import periods_of
from tracker.releases.own_patterns.rules import may_decide, may_withdraw
from tracker.releases.own_patterns.subjects import subject_of
from tracker.releases.rules import COMPILERS
from tracker.web import jump, lists, typed
from tracker.web.people.access import only

from .pattern_check import look_in
from .pattern_forms import DecisionForm

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
