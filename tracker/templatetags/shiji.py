"""Tags of every page: icon, state, once, sort, due."""

import secrets

from django import template
from django.templatetags.static import static
from django.utils.html import format_html

register = template.Library()

# Blue acts, orange came back, green is decided, grey is not begun, red went wrong (design: screens).
TONES = {
    "blue": "open signing submitted line_review review running sent checking chain countersigning proofing staged leased",
    "orange": "returned rework retry extended suspended reopened paused questioned rectifying",
    "green": "approved issued closed done confirmed current active published decided zero",
    "red": "overdue failed dead void escalated error expired",
    "grey": "draft upcoming queued new missing not_started disabled ended superseded cancelled archived proposed waived",
}
TONE_OF = {state: tone for tone, states in TONES.items() for state in states.split()}
NOTE_ICONS = {
    "success": "circle-check",
    "warning": "alert-triangle",
    "error": "alert-circle",
}


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
    """A state as a word with its colour: of a record (`field` names the column) or of an enum member."""
    if hasattr(value, "_meta"):
        word, value = getattr(value, f"get_{field}_display")(), getattr(value, field)
    else:
        word = value.label
    return format_html(
        '<span class="state state-{}">{}</span>', TONE_OF.get(str(value), "grey"), word
    )


@register.simple_tag
def once():
    """The hidden field that makes a double click one act (tracker.web.once)."""
    return format_html('<input type="hidden" name="once" value="{}">', secrets.token_urlsafe(16))
