"""The dictionaries: listed and extended on a page."""

import django_filters
from django.contrib import messages
from django.shortcuts import get_object_or_404, redirect, render
from django.views.decorators.http import require_http_methods, require_POST, require_safe

from accounts.rules import require
from tracker.catalogue import dictionary as verbs
from tracker.catalogue.models import CityWord
from tracker.catalogue.rules import may_keep_words
from tracker.web import lists, typed
from tracker.web.people.access import only

from .chain import region_of
from .words_forms import WordForm

LEAD = ("reviewer", "editor", "issuer")
SORTS = {
    "words": ("words",),
    "kind": ("kind", "words"),
    "since": ("valid_from", "words"),
    "at": ("at",),
}


class WordFilter(django_filters.FilterSet):
    words = django_filters.CharFilter(label="词", lookup_expr="icontains")

    class Meta:
        model = CityWord
        fields = ["kind"]


def words_of(user):
    """The words of the person's own region that hold or held."""
    rows = CityWord.objects.visible_to(user).active()
    return rows.filter(region=region_of(user)).select_related("region", "by")


@require_safe
@only(*LEAD)
def word_list(request):
    region = region_of(request.user)
    rows = words_of(request.user)
    listing = lists.listing(request, rows, sorts=SORTS, sort="kind", filters=WordFilter)
    context = {"listing": listing, "may_keep": may_keep_words(request.user, region)}
    return render(request, "releases/words.html", context)


@require_http_methods(["GET", "HEAD", "POST"])
@only(*LEAD)
def word_add(request):
    return kept_or_shown(request, None)


@require_http_methods(["GET", "HEAD", "POST"])
@only(*LEAD)
def word_edit(request, pk):
    return kept_or_shown(request, get_object_or_404(words_of(request.user), pk=pk))


def kept_or_shown(request, word: CityWord | None):
    region = region_of(request.user)
    require(may_keep_words(request.user, region))
    if request.method == "POST":
        form = typed.bound(request, WordForm)
        if form.is_valid() and kept(request, region, word, form):
            messages.success(request, "词典已保存，立即用于校验。")
            return redirect("word-list")
    else:
        form = WordForm(word=word)
    status = 422 if form.errors else 200
    return render(request, "releases/word.html", {"form": form, "word": word}, status=status)


def kept(request, region, word: CityWord | None, form: WordForm) -> bool:
    """Kept; False with what stands against it at its field."""
    with typed.said_on(form):
        if word is None:
            verbs.add_word(region, by=request.user, **form.columns())
        else:
            seen = form.cleaned_data["version"] or 0
            verbs.edit_word(word, by=request.user, version=seen, **form.columns())
    return not form.errors


@require_POST
@only(*LEAD)
def word_drop(request, pk):
    word = get_object_or_404(words_of(request.user), pk=pk)
    seen = typed.number(request.POST.get("version", "")) or 0
    verbs.drop_word(word, by=request.user, version=seen)
    messages.success(request, f"已删去“{word}”，校验不再使用。")
    return redirect("word-list")
