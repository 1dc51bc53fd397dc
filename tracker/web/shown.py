"""A form that edits a record knows what it showed: what somebody saved meanwhile is not overwritten."""

import hashlib
from collections.abc import Mapping, Sequence

from django import forms
from django.db import models

from tracker.web.typed import Entry
from tracker.workflow import Stale

HIDDEN = "已填写，不显示"


class Overtaken(Stale):
    """The record shows something else than the form did.

    `fields` are those that say so anew; `both` is what was typed beside how it stands.
    """

    def __init__(self, record: models.Model | str, shown: str, both: Sequence[Entry] = ()):
        Exception.__init__(self, f"{record} shows something else by now")
        self.record, self.fields, self.both = record, {"shown": shown}, list(both)


class Shown:
    """Of a form: a digest of what it showed goes along and comes back with what was typed.

    A model form knows its record; any other is given `record` (a row or its name) and `stands`, how
    each of its fields stands now, which is also what it shows. Without a record nothing was shown.
    Raises Overtaken where the record shows something else by then. A record that counts its versions
    needs none of this.
    """

    def __init__(self, *args, record: models.Model | str | None = None, stands=None, **kwargs):
        if stands is not None:
            kwargs["initial"] = {**stands, **(kwargs.get("initial") or {})}
        super().__init__(*args, **kwargs)
        own = getattr(self, "instance", None)
        self.record, self.given = record or (own if own and own.pk else None), stands
        if self.record:
            hidden = forms.HiddenInput()
            self.fields["shown"] = forms.CharField(
                required=False, widget=hidden, initial=self.digest
            )

    def standing(self) -> Mapping[str, object]:
        """How each field stands before anything is typed."""
        if self.given is not None:
            return self.given
        names = (name for name in self.fields if name != "shown")
        return {name: self.get_initial_for_field(self.fields[name], name) for name in names}

    def digest(self) -> str:
        return digest_of(self.standing())

    def clean(self):
        cleaned = super().clean()
        seen = cleaned.pop("shown", "")
        if seen and seen != self.digest():
            raise Overtaken(self.record, self.digest(), both(self, self.standing()))
        return cleaned


def require_seen(request, record: models.Model | str, standing: Mapping[str, object], rows=()):
    """For a page that is no single form: Overtaken unless what was posted goes with how it stands."""
    seen, digest = request.POST.get("shown"), digest_of(standing)
    if seen and seen != digest:
        raise Overtaken(record, digest, rows)


def digest_of(standing: Mapping[str, object]) -> str:
    words = [(name, plainly(value)) for name, value in standing.items()]
    return hashlib.sha256(repr(words).encode()).hexdigest()[:16]


def plainly(value) -> str:
    """A value of a field; rows by their ids, in any order."""
    if isinstance(value, list | tuple):
        return repr(sorted(str(getattr(one, "pk", one)) for one in value))
    return "" if value is None else str(getattr(value, "pk", value))


def both(form: forms.BaseForm, standing: Mapping[str, object]) -> list[Entry]:
    """What was typed into each field beside how it stands, as the page would say them."""
    rows = [
        Entry(
            form.add_prefix(name),
            str(form[name].label),
            in_words(field, form[name].data),
            in_words(field, standing.get(name)),
        )
        for name, field in form.fields.items()
        if not form[name].is_hidden
    ]
    return [row for row in rows if row.text or row.current]


def in_words(field: forms.Field, value) -> str:
    """A value as the page says it: the words of what is chosen, 是 or 否; never a secret."""
    if isinstance(field, forms.BooleanField):
        return "是" if field.to_python(value) else "否"
    if getattr(field, "secret", False):
        return HIDDEN if value else ""
    if value is None or value == "":
        return ""
    many = value if isinstance(value, list | tuple) else [value]
    keys = [str(getattr(one, "pk", one)) for one in many]
    if not hasattr(field, "choices"):
        return "、".join(keys) if len(many) > 1 else str(field.prepare_value(many[0]))
    said = {str(key): str(label) for key, label in flat(field.choices)}
    return "、".join(said.get(key, key) for key in keys)


def flat(choices):
    """Choices, those in groups too."""
    for key, label in choices:
        yield from label if isinstance(label, list | tuple) else [(key, label)]
