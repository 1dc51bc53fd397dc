"""The jump box (Ctrl K): any indicator, agency or release, by a part of its name."""

from collections.abc import Callable, Iterable
from typing import NamedTuple

from django.shortcuts import render
from django.views.decorators.http import require_safe

SHORTEST, MOST = 1, 8
LONGEST = 40


class Hit(NamedTuple):
    """One place to go to: its name, a word beside it, its address."""

    title: str
    note: str
    url: str


Search = Callable[[object, str], Iterable[Hit]]
SEARCHES: dict[str, Search] = {}


def finds(group: str) -> Callable[[Search], Search]:
    """Register a search under its heading. It gets the user and the words, and must scope itself
    by `visible_to(user)`; more than eight hits are cut."""

    def register(search: Search) -> Search:
        SEARCHES[group] = search
        return search

    return register


def hits(user, words: str) -> dict[str, list[Hit]]:
    """What the person may see of what the words find, by heading; empty groups left out."""
    words = words.strip()[:LONGEST]
    if len(words) < SHORTEST:
        return {}
    found = {group: list(search(user, words))[:MOST] for group, search in SEARCHES.items()}
    return {group: some for group, some in found.items() if some}


@require_safe
def jump(request):
    words = request.GET.get("q", "").strip()
    context = {"words": words, "groups": hits(request.user, words)}
    return render(request, "_jump_results.html" if request.htmx else "jump.html", context)
