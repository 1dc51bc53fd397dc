"""The filled text as a document tree: each new figure a node with its entries."""

from collections import Counter
from collections.abc import Iterator, Sequence

from tracker.documents.tree import Date, Document, Figure, Inline, Inlines, Paragraph, Section, Text
from tracker.releases.example.filling import Change, Filled
from tracker.releases.genres import genres


def document_of(made: Filled, genre: str) -> Document:
    """The first line is the title, every other a paragraph; empty lines fall away."""
    lines = list(_lines(made))
    title, *rest = lines or [(Text("未命名"),)]
    paragraphs = tuple(Paragraph(line) for line in rest)
    kind = genres().get(genre)
    meta = {"genre": kind.name if kind else genre}
    profile = kind.profile if kind else "plain"
    return Document(title, (Section("all", None, paragraphs),), profile, meta)


def _lines(made: Filled) -> Iterator[Inlines]:
    used: Counter[str] = Counter()
    at = 0
    for line in made.text.split("\n"):
        end = at + len(line)
        inside = [one for one in made.changes if at <= one.start and one.end <= end]
        if line.strip():
            yield tuple(_pieces(made.text, at, end, inside, used))
        at = end + 1


def _pieces(
    text: str, start: int, end: int, changes: Sequence[Change], used: Counter[str]
) -> Iterator[Inline]:
    at = start
    for one in changes:
        yield from _text(text[at : one.start])
        yield _node(one, used)
        at = one.end
    yield from _text(text[at:end])


def _text(words: str) -> Iterator[Text]:
    if words:
        yield Text(words)


def _node(one: Change, used: Counter[str]) -> Inline:
    if one.source is None or one.slot is None:
        return Date(one.new) if one.slot is None and one.new[:1].isdigit() else Text(one.new)
    source = one.source
    base = (
        source.key
        if not source.op or source.op == "SUM"
        else f"{_entry(source.key)}_{source.op.lower()}"
    )
    used[base] += 1
    key = base if used[base] == 1 else f"{base}_{used[base]}"
    return Figure(
        key, source.entries, one.new, source.value, source.unit, source.qualifier, _role(source.op)
    )


def _entry(key: str) -> str:
    return key.partition("_")[0]


def _role(op: str) -> str:
    return {"GROWTH": "growth", "POINTS": "growth", "MULTIPLE": "multiple", "COMPLETION": "share", "OVER_TARGET": "growth", "TARGET": "target"}.get(op, "actual")  # fmt: skip
