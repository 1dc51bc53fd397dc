"""The tree as JSON: one spelling per document, so that a digest names a text for ever."""

import base64
import dataclasses
import hashlib
import json
from collections.abc import Mapping
from decimal import Decimal

from tracker.documents import tree

NODES = {
    node.__name__.lower(): node
    for node in (
        tree.Text, tree.Figure, tree.Agency, tree.Person, tree.Date, tree.Ordinal, tree.Name,
        tree.Passage, tree.Heading, tree.Paragraph, tree.Table, tree.Image, tree.PageBreak,
        tree.Section, tree.Document,
    )
}  # fmt: skip


def to_json(document: tree.Document) -> str:
    """Canonical JSON: sorted keys, no spaces, decimals and bytes as strings."""
    return json.dumps(
        _plain(document), ensure_ascii=False, sort_keys=True, separators=(",", ":"), allow_nan=False
    )


def from_json(text: str) -> tree.Document:
    """The document that `to_json` wrote. ValueError if it is none."""
    document = json.loads(text, object_hook=_node)
    if not isinstance(document, tree.Document):
        raise ValueError("not a document tree")
    return document


def digest(document: tree.Document) -> str:
    """SHA-256 of the canonical JSON, 64 hex digits."""
    return hashlib.sha256(to_json(document).encode()).hexdigest()


def _plain(value: object) -> object:
    if dataclasses.is_dataclass(value):
        present = (f for f in dataclasses.fields(value) if not _left_out(f, getattr(value, f.name)))
        fields = {f.name: _plain(getattr(value, f.name)) for f in present}
        return {"node": type(value).__name__.lower(), **fields}
    if isinstance(value, Decimal):
        return f"{value:f}"
    if isinstance(value, bytes):
        return base64.b64encode(value).decode()
    if isinstance(value, Mapping):
        return {key: _plain(item) for key, item in value.items()}
    return [_plain(item) for item in value] if isinstance(value, tuple | list) else value


def _left_out(field: dataclasses.Field, value: object) -> bool:
    return "spare" in field.metadata and not value


def _node(pairs: dict) -> object:
    values = {name: _tuples(value) for name, value in pairs.items()}
    if "node" not in pairs:
        return values
    node = NODES.get(values.pop("node"))
    if node is None:
        raise ValueError("not a document tree")
    if node is tree.Figure:
        values["value"] = Decimal(values["value"])
    if node is tree.Image:
        values["source"] = base64.b64decode(values["source"])
    return node(**values)


def _tuples(value: object) -> object:
    return tuple(_tuples(item) for item in value) if isinstance(value, list) else value
