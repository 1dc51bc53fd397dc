"""What a person typed into a form, kept for the answer that could not take it."""

from contextlib import contextmanager
from typing import NamedTuple

from django import forms
from django.core.exceptions import FieldDoesNotExist, ValidationError
from django.db import models

PLUMBING = {"csrfmiddlewaretoken", "once", "version", "shown", "next"}
ACTS = {"act", "action", "confirm"}
LONGEST_NUMBER = 18


class Entry(NamedTuple):
    """One typed field: its Chinese label, the text, and (when asked for) how the record has it."""

    name: str
    label: str
    text: str
    current: str = ""

    @property
    def differs(self) -> bool:
        return self.text != self.current


def bound(request, form_class, *args, **kwargs):
    """The form bound to what was posted, remembered so that a refusal can name its fields."""
    form = form_class(request.POST, request.FILES, *args, **kwargs)
    request.bound_forms = [*getattr(request, "bound_forms", []), form]
    return form


@contextmanager
def said_on(form: forms.Form, *problems: type[Exception], field: str | None = None):
    """What stands against the act is said on the form: at `field`, else at the field that the problem names.

    ValidationError unless other `problems` are named. Afterwards `form.errors` tells whether it was done.
    """
    kinds = problems or (ValidationError,)
    try:
        yield
    except kinds as problem:
        form.add_error(field, problem if isinstance(problem, ValidationError) else str(problem))


def number(text: str) -> int | None:
    """What a field names by number: None when it is empty, 0 (no row's number) when it is none."""
    if not text:
        return None
    return int(text) if text.isascii() and text.isdigit() and len(text) <= LONGEST_NUMBER else 0


def labels(request) -> dict[str, str]:
    """Labels by the names under which the bound forms were posted."""
    return {
        form.add_prefix(name): str(form[name].label)
        for form in getattr(request, "bound_forms", [])
        for name in form.fields
        if not form[name].is_hidden
    }


def entries(request) -> list[Entry]:
    """What was typed, in the order of the page; empty when only buttons were pressed."""
    named = labels(request)
    return [
        Entry(name, named.get(name, ""), text)
        for name, texts in request.POST.lists()
        for text in texts
        if name not in PLUMBING | ACTS and text.strip() and (name in named or not named)
    ]


def hidden(request, **changed) -> list[tuple[str, str]]:
    """Every posted field as it came, for sending it once more; `changed` names new values."""
    kept = [
        (name, text)
        for name, texts in request.POST.lists()
        for text in texts
        if name not in {"csrfmiddlewaretoken", "once", *changed}
    ]
    return kept + [(name, str(value)) for name, value in changed.items()]


def compared(request, record: models.Model) -> list[Entry]:
    """What was typed beside what the record says now, for the fields that the record has."""
    return [
        entry._replace(label=entry.label or label_on(record, entry.name), current=shown)
        for entry in entries(request)
        for shown in [value_on(record, entry.name)]
    ]


def label_on(record: models.Model, name: str) -> str:
    try:
        return str(record._meta.get_field(name).verbose_name)
    except FieldDoesNotExist:
        return "填写内容"


def value_on(record: models.Model, name: str) -> str:
    try:
        record._meta.get_field(name)
    except FieldDoesNotExist:
        return ""
    value = getattr(record, name)
    return "" if value is None or hasattr(value, "all") else str(value)
