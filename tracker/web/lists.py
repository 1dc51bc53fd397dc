"""A list: filtered, sorted by one of a closed set of keys, and paged; all of it in the address."""

from collections.abc import Mapping
from dataclasses import dataclass

from django.core.paginator import Page
from django.db import models
from django_filters import FilterSet

from tracker.web import paging

Sorts = dict[str, tuple[str, ...]]


@dataclass(frozen=True)
class Listing:
    """What the parts `_filters.html`, `_paging.html` and the tag `sort_head` show."""

    page: Page
    sort: str
    sorts: Sorts
    filters: FilterSet | None
    given: Mapping[str, str]

    def __iter__(self):
        return iter(self.page)

    @property
    def filtered(self) -> bool:
        """Is something left out because somebody set a filter?"""
        form = self.filters.form if self.filters is not None else None
        set_ = {name: form.data.get(name) for name in form.fields} if form and form.is_bound else {}
        return any(said and said != self.given.get(name) for name, said in set_.items())


def listing(
    request,
    rows: models.QuerySet,
    *,
    sorts: Sorts,
    sort: str,
    filters: type[FilterSet] | None = None,
    size: int = paging.SIZE,
    given: Mapping[str, str] | None = None,
) -> Listing:
    """The list that the address asks for. `given`: filters that hold, and show, until one is chosen.

    `sorts` maps each allowed key to the columns it orders by; `sort` is the key (with "-" for
    downwards) when the address names none, or one that is not allowed.
    """
    asked = request.GET
    if given and not any(name in asked for name in given):
        asked = asked.copy()
        asked.update(given)
    found = filters(asked or None, queryset=rows, request=request) if filters else None
    rows = found.qs if found is not None else rows
    key = request.GET.get("sort", sort)
    key = key if key.removeprefix("-") in sorts else sort
    ordered = rows.order_by(*columns(sorts, key))
    return Listing(paging.page(request, ordered, size), key, sorts, found, given or {})


def columns(sorts: Sorts, key: str) -> list[str]:
    """Columns to order by, all turned round for a key with "-", and the row's own key at the end."""
    names = sorts[key.removeprefix("-")]
    turned = [turn(name) for name in names] if key.startswith("-") else list(names)
    return [*turned, "pk"]


def turn(column: str) -> str:
    return column[1:] if column.startswith("-") else f"-{column}"
