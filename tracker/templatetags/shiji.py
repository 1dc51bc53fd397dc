"""Tags of every page: icon, state, due, once, sort_head, span_said, history, diff."""

import secrets

from django import template
from django.templatetags.static import static
from django.utils import timezone
from django.utils.html import format_html

from tracker.catalogue.working import city_workdays
from tracker.releases.occasion import span_words
from tracker.templatetags import deadlines, differences

register = template.Library()

# Blue acts, orange came back, green is decided, grey is not begun, red went wrong.
TONES = {
    "blue": "asked replied open signing submitted line_review chain checking running leased staged waiting",
    "orange": "impossible returned suspended reopened questioned refused rejected proposed",
    "green": "corrected granted filed sent approved issued closed done confirmed current active zero",
    "red": "overdue failed dead void",
    "grey": "dropped draft upcoming queued blank disabled ended superseded withdrawn dismissed merged skipped",
}
TONE_OF = {status: tone for tone, statuses in TONES.items() for status in statuses.split()}
NOTE_ICONS = {"success": "circle-check", "warning": "alert-triangle", "error": "alert-circle"}


@register.simple_tag
def icon(name, label=""):
    """One icon of the sprite; with `label` it speaks, without it is decoration."""
    href = f"{static('vendor/tabler-icons/sprite.svg')}#{name}"
    if label:
        return format_html(
            '<svg class="ico" role="img" aria-label="{}"><use href="{}"/></svg>', label, href
        )
    return format_html('<svg class="ico" aria-hidden="true"><use href="{}"/></svg>', href)


@register.filter
def note_icon(level_tag):
    """Icon name for a message's level tag."""
    return NOTE_ICONS.get(level_tag, "info-circle")


@register.simple_tag
def state(value, field="status"):
    """A state as a word with its colour: of a record (`field` names the column) or an enum member."""
    if hasattr(value, "_meta"):
        word, value = getattr(value, f"get_{field}_display")(), getattr(value, field)
    else:
        word = value.label
    return format_html(
        '<span class="state state-{}">{}</span>', TONE_OF.get(str(value), "grey"), word
    )


@register.simple_tag(takes_context=True)
def due(context, at):
    """A due time in words; the city's calendar is read once a page, however many are on it."""
    if at is None:
        return "未定"
    request = context["request"]
    if not hasattr(request, "workdays"):
        request.workdays = city_workdays()
    words, urgency = deadlines.due(at, timezone.now(), request.workdays)
    if urgency:
        return format_html('<span class="due due-{}">{}</span>', urgency, words)
    return format_html('<span class="due">{}</span>', words)


@register.simple_tag
def once():
    """The hidden field that makes a double click one act (tracker.web.once)."""
    return format_html('<input type="hidden" name="once" value="{}">', secrets.token_urlsafe(16))


@register.inclusion_tag("_sort_head.html", takes_context=True)
def sort_head(context, listing, key, label, kind=""):
    """A heading that sorts by `key`, the other way round at the second click; kind "num" is right-aligned."""
    down = listing.sort == f"-{key}"
    order = {key: "ascending", f"-{key}": "descending"}.get(listing.sort, "")
    query = context["request"].GET.copy()
    query.pop("page", None)
    query["sort"] = f"-{key}" if listing.sort == key else key
    address = f"?{query.urlencode()}"
    return {"label": label, "kind": kind, "order": order, "down": down, "address": address}


@register.filter
def span_said(key):
    """2026-06 as people say it: 2026年6月; nothing stays nothing."""
    return span_words(str(key)) if key else ""


@register.inclusion_tag("_history.html")
def history(record, words=None):
    """The changes of status of a record that keeps its moves, newest first, with their reasons."""
    statuses = dict(type(record).Status.choices)
    moves = record.moves.select_related("by").order_by("-pk")
    steps = [{"move": move, "word": statuses.get(move.to_status, "")} for move in moves]
    return {"steps": steps}


@register.inclusion_tag("_diff.html")
def diff(old, new):
    """What went and what came between two texts."""
    return {"pieces": differences.pieces(str(old), str(new))}
