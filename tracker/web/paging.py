"""Pages of a list, by number or, where counting would cost too much, by the last row seen."""

from typing import NamedTuple

from django.core.paginator import Page, Paginator
from django.db import models

SIZE = 50


def page(request, rows: models.QuerySet, size: int = SIZE) -> Page:
    """The page named by `page` in the address; a wrong or too large number gives the nearest."""
    found = Paginator(rows, size).get_page(request.GET.get("page"))
    found.links = found.paginator.get_elided_page_range(found.number, on_each_side=2, on_ends=1)
    return found


class Window(NamedTuple):
    """Some rows, newest first; `further` is the key to go on from, None at the end."""

    rows: list
    further: int | None
    begins: bool


def window(request, rows: models.QuerySet, size: int = SIZE) -> Window:
    """Rows below the key named by `before` in the address: no count and no offset, however many."""
    before = request.GET.get("before", "")
    begins = not (before.isascii() and before.isdigit() and len(before) <= 18)
    rows = rows.order_by("-pk")
    some = list((rows if begins else rows.filter(pk__lt=int(before)))[: size + 1])
    further = some[size - 1].pk if len(some) > size else None
    return Window(some[:size], further, begins)
