"""A pattern and what its slots hold -> inlines of the document tree."""

from collections.abc import Mapping, Sequence

from tracker.documents.tree import Inline, Inlines, Text
from tracker.language.prose import Openers

from .parsing import Literal, Optional, Part, Pattern, Slot, Variants

Slots = Mapping[str, Inlines]  # only `get` is asked


class EmptySlot(LookupError):
    """A slot outside every […] has nothing to say; the argument is its name."""


class Chooser:
    """Draws among variants without repetition; the same seed always draws alike.

    A steady one always takes the first: briefs and yearbooks keep their fixed formulas.
    """

    def __init__(self, seed: int | str, *, steady: bool = False):
        self._seed, self._openers, self._steady = seed, {}, steady

    def pick(self, label: str, options: Sequence[str]) -> str:
        """One of `options`; the label says which draws belong together."""
        if self._steady:
            return options[0]
        known = self._openers.get(label)
        if known is None:
            known = self._openers[label] = Openers(tuple(options), self._seed, label)
        return known.draw()


def render(pattern: Pattern, slots: Slots, chooser: Chooser) -> Inlines:
    """The sentence as inlines. EmptySlot when a slot that may not be left out is empty."""
    return merged(_render(pattern.parts, slots, chooser, pattern.source))


def _render(parts: Sequence[Part], slots: Slots, chooser: Chooser, label: str) -> list[Inline]:
    made: list[Inline] = []
    for number, part in enumerate(parts):
        if isinstance(part, Literal):
            made.append(Text(part.text))
        elif isinstance(part, Slot):
            made.extend(_value(part, slots))
        elif isinstance(part, Variants):
            drawn = chooser.pick(f"{label}#{number}", [str(i) for i in range(len(part.options))])
            made.extend(_render(part.options[int(drawn)], slots, chooser, f"{label}#{drawn}"))
        else:
            made.extend(_optional(part, slots, chooser, f"{label}[{number}"))
    return made


def _value(slot: Slot, slots: Slots) -> Inlines:
    # Asked once: what fills it may be made anew for each place.
    inlines = slots.get(slot.full_name)
    if not inlines:
        raise EmptySlot(slot.full_name)
    return inlines


def _optional(part: Optional, slots: Slots, chooser: Chooser, label: str) -> list[Inline]:
    try:
        return _render(part.parts, slots, chooser, label)
    except EmptySlot:
        return []


def merged(inlines: Sequence[Inline]) -> Inlines:
    """The same inlines with adjacent texts joined and empty ones left out."""
    joined: list[Inline] = []
    for inline in inlines:
        if isinstance(inline, Text) and joined and isinstance(joined[-1], Text):
            joined[-1] = Text(joined[-1].text + inline.text)
        elif inline != Text(""):
            joined.append(inline)
    return tuple(joined)
