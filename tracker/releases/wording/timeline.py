"""Which period the reader has in mind: words of time are said when they change."""

from collections.abc import Collection, Sequence

from tracker.documents.tree import Date, Inline, Inlines, Text
from tracker.language.dates import say_as_of
from tracker.releases.facts import Fact


class Timeline:
    """The state of one run of sentences."""

    def __init__(self):
        self._base, self._as_of, self._subject = "", "", ""

    def opening(self, facts: Sequence[Fact], said: Collection[str] = ()) -> Inlines:
        """近年来， 截至2020年底， both, or nothing; only what is stored with all of these facts.

        `said`: times that the sentence names itself.
        """
        base = _shared(fact.base for fact in facts)
        as_of = _shared(fact.as_of for fact in facts)
        new_base, new_as_of = base != self._base, as_of != self._as_of
        self._base, self._as_of = base, as_of
        words: list[Inline] = []
        if base and new_base and base not in said:
            words += [Date(base), Text("，")]
        if as_of and new_as_of and point(as_of) not in said:
            words += [Date(say_as_of(as_of)), Text("，")]
        return tuple(words)

    def subject(self, of: str, words: str) -> str:
        """全市 where it is not of whom the sentence before spoke; `of` is the kind of subject."""
        changed, self._subject = of != self._subject, of
        return words if changed else ""


def point(as_of: str) -> str:
    """2020年底, as a sentence names it behind its own 截至."""
    return as_of.removeprefix("截至")


def _shared(words) -> str:
    found = set(words)
    return found.pop() if len(found) == 1 else ""
