"""The words of each kind of notice, as the city wants them."""

from django.contrib import messages
from django.http import Http404
from django.shortcuts import redirect, render
from django.views.decorators.http import require_http_methods, require_POST, require_safe

from tracker.notices.models import Kind, Wording, WordingVersion
from tracker.notices.wording import (
    Pattern,
    default_of,
    pattern_of,
    reset_wording,
    save_wording,
)
from tracker.web import typed
from tracker.web.chase_tabs import tabs
from tracker.web.notices_forms import WordingForm
from tracker.web.notices_out import KEEPERS
from tracker.web.people.access import only
from tracker.web.shown import digest_of, require_seen

MOST = 50
# A round as it might be, to see the words in.
SAMPLE = {
    "agency": "市总工会", "round": "月度工作数据（2026年6月）", "due": "2026年7月10日 17:00",
    "days": "2", "person": "王某", "reason": "口径不符", "release": "工作简报", "count": "3",
}  # fmt: skip


def kind_of(text: str) -> Kind:
    try:
        return Kind(text)
    except ValueError:
        raise Http404 from None


@require_safe
@only(*KEEPERS)
def notice_words(request):
    own = {row.kind: row for row in Wording.objects.all()}
    rows = [
        {"kind": kind, "own": kind in own, "pattern": patterned(own.get(kind), kind)}
        for kind in Kind
    ]
    return render(request, "notices/words.html", {"rows": rows} | tabs(request.user))


def patterned(row: Wording | None, kind: Kind) -> Pattern:
    return Pattern(row.title, row.text) if row else default_of(kind)


def begin_of(kind: Kind, asked, pattern: Pattern) -> Pattern:
    """The words that the form begins with: those of the version that was asked for, else today's."""
    number = typed.number(asked.get("version", "")) or 0
    row = WordingVersion.objects.filter(kind=kind, number=number).first()
    return Pattern(row.title, row.text) if row else pattern


@require_http_methods(["GET", "HEAD", "POST"])
@only(*KEEPERS)
def notice_word(request, kind):
    kind = kind_of(kind)
    pattern = pattern_of(kind)
    versions = WordingVersion.objects.filter(kind=kind).select_related("by")
    given = {"kind": kind, "record": kind.label, "stands": vars(pattern)}
    form = WordingForm(initial=vars(begin_of(kind, request.GET, pattern)), **given)
    if request.method == "POST":
        form = typed.bound(request, WordingForm, **given)
        if form.is_valid():
            save_wording(kind, by=request.user, **form.cleaned_data)
            messages.success(request, f"“{kind.label}”的文字已保存。")
            return redirect("notice-words")
    title, text = pattern.fill(SAMPLE)
    context = {
        "form": form,
        "kind": kind,
        "shown": digest_of(vars(pattern)),
        "names": sorted(default_of(kind).names | {"单位", "期次"}),
        "versions": versions[:MOST],
        "own": Wording.objects.filter(kind=kind).exists(),
        "sample": {"title": title, "text": text},
    }
    return render(
        request,
        "notices/word.html",
        context | tabs(request.user),
        status=422 if form.errors else 200,
    )


@require_POST
@only(*KEEPERS)
def notice_word_reset(request, kind):
    kind = kind_of(kind)
    require_seen(request, kind.label, vars(pattern_of(kind)))
    reset_wording(kind, by=request.user)
    messages.success(request, "已恢复系统原来的文字。")
    return redirect("notice-words")
