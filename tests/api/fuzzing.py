"""Requests made from the document of the interface, and what is wrong with an answer to one.

The document says what may be sent and what comes back. From it are drawn requests that are right,
nearly right and wild; an answer that the document does not announce is a fault of ours.
"""

import json
import re
from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field
from functools import cached_property
from typing import Any
from urllib.parse import quote, urlencode

from django.core.files.uploadedfile import SimpleUploadedFile
from hypothesis import strategies as st
from jsonschema import Draft202012Validator

HAN, ENGLISH = re.compile("[一-鿿]"), re.compile("[a-z]+ [a-z]+ [a-z]+")
JSON, FORM = "application/json", "multipart/form-data"
# What the document cannot announce for an address: another kind of body, or too many requests.
EVERYWHERE = {"406", "413", "415", "429"}
WILD: st.SearchStrategy[Any] = st.one_of(
    st.sampled_from(
        [None, True, 0, -1, 1.5, 2**31, 2**63, 10**40, "", " ", "\x00", "\ud800", "９", "1e999", "NaN",
         "一" * 5000, "<b>", "../..", "' OR 1=1", [], {}, [[]], [None], {"a": 1}]
    ),
    st.integers(),
    st.text(max_size=8),
)  # fmt: skip
RAW = ("", "{", "[]", "null", '"x"', '{"version": NaN}', "[" * 100_000, '{"version": 1', "\ufeff{}")


@dataclass(frozen=True)
class Asked:
    """One request, ready to be sent."""

    method: str
    url: str
    body: Any = None
    media: str = JSON
    headers: Mapping[str, str] = field(default_factory=dict)

    def of(self, client):
        if self.method == "get":
            return client.get(self.url, headers=self.headers)
        given = {"headers": self.headers}
        if self.media == FORM:
            return client.post(self.url, files_of(self.body), format="multipart", **given)
        return client.post(self.url, self.body, content_type=self.media, **given)


def files_of(body: dict) -> dict:
    """Bytes as a file that is sent; a file is read once, so it is made for each request."""
    return {
        name: SimpleUploadedFile("表.xlsx", value) if isinstance(value, bytes) else value
        for name, value in body.items()
    }


@dataclass(frozen=True)
class Operation:
    """A method at an address, as the document describes it."""

    document: dict
    path: str
    method: str

    @cached_property
    def said(self) -> dict:
        return self.document["paths"][self.path][self.method]

    def __str__(self) -> str:
        return f"{self.method.upper()} {self.path}"

    def parameters(self, where: str) -> dict[str, dict]:
        return {
            one["name"]: one["schema"]
            for one in self.said.get("parameters", ())
            if one["in"] == where
        }

    @cached_property
    def body(self) -> tuple[str, dict] | None:
        """Media type and schema of what is sent."""
        content = self.said.get("requestBody", {}).get("content", {})
        return next(((media, one["schema"]) for media, one in content.items()), None)

    def resolved(self, schema: dict) -> dict:
        """What a reference leads to."""
        if len(schema.get("allOf", ())) == 1:
            return schema | self.resolved(schema["allOf"][0])
        if "$ref" not in schema:
            return schema
        return self.resolved(self.document["components"]["schemas"][schema["$ref"].split("/")[-1]])

    @property
    def collection(self) -> str:
        """What the address is about: submissions."""
        return self.path.split("/")[3]

    # What may be sent

    def requests(self, known: Mapping[str, list]) -> st.SearchStrategy[Asked]:
        """Requests to this address; `known` are values of the database, by the names of fields."""
        return st.builds(
            lambda path, query, sent, headers: Asked(
                self.method, address(self.path, path, query), *sent, headers
            ),
            st.fixed_dictionaries(
                {
                    name: self.value(f"{self.collection}.{name}", one, known)
                    for name, one in self.parameters("path").items()
                }
            ),
            st.fixed_dictionaries(
                {}, optional={n: self.value(n, s, known) for n, s in self.parameters("query").items()}
            ),
            self.sent(known),
            st.sampled_from([{}, {}, {"Idempotency-Key": "a"}, {"Idempotency-Key": "a" * 201}])
            if self.method == "post"
            else st.just({}),
        )  # fmt: skip

    def sent(self, known: Mapping[str, list]) -> st.SearchStrategy[tuple[Any, str]]:
        if self.body is None:
            return st.just((None, JSON))
        media, schema = self.body
        right = self.value("", schema, known, wild=False)
        if media == FORM:
            return st.tuples(right, st.just(FORM))
        nearly = self.value("", schema, known)
        written = st.one_of(right, right, nearly, nearly, WILD).map(json.dumps)
        odd = st.tuples(st.just("{}"), st.sampled_from(["text/plain", "application/xml"]))
        plain = st.tuples(written, st.just(JSON))
        return st.one_of(
            plain, plain, plain, plain, st.tuples(st.sampled_from(RAW), st.just(JSON)), odd
        )

    def value(self, name: str, schema: dict, known, wild: bool = True) -> st.SearchStrategy[Any]:
        """A value of the schema, known to the database where there is one; mostly not a wild one."""
        right = self.right(name, self.resolved(schema), known, wild)
        if name in known:
            right = st.sampled_from(known[name])
        return st.one_of(right, right, right, WILD) if wild and name else right

    def right(self, name: str, schema: dict, known, wild: bool) -> st.SearchStrategy[Any]:
        if "enum" in schema:
            return st.sampled_from(schema["enum"])
        if "oneOf" in schema:
            parts = [self.value(name, one, known, wild) for one in schema["oneOf"]]
            return st.one_of(parts)
        kind = schema.get("type")
        if kind == "object":
            must = set(schema.get("required", ()))
            fields = {n: self.value(n, s, known, wild) for n, s in schema["properties"].items()}
            return st.fixed_dictionaries(
                {n: one for n, one in fields.items() if n in must},
                optional={n: one for n, one in fields.items() if n not in must},
            )
        if kind == "array":
            items = self.value(name, schema["items"], known, wild)
            return st.lists(items, min_size=schema.get("minItems", 0), max_size=3)
        if schema.get("format") == "binary":
            return st.sampled_from([b"", b"PK\x03\x04", b"\x89PNG\r\n\x1a\n", "x" * 9])
        return PLAIN.get(kind, st.text(max_size=12))

    # What may come back

    def faults(self, answer) -> Iterator[str]:
        """What is wrong with an answer."""
        status = str(answer.status_code)
        if answer.status_code >= 500:
            yield f"{status}"
            return
        announced = self.said["responses"].get(status)
        if announced is None and status not in EVERYWHERE:
            yield f"{status} is not announced"
        if answer["Content-Type"].partition(";")[0] != JSON:
            if answer["Content-Type"].partition(";")[0] not in (announced or {}).get("content", {}):
                yield f"{status} as {answer['Content-Type']}"
            return
        body = answer.json()
        if answer.status_code >= 400:
            yield from (f"{status} in no Chinese: {words}" for words in foreign(body))
        schema = (announced or {}).get("content", {}).get(JSON, {}).get("schema")
        if schema is not None and schema.get("format") != "binary":
            yield from (
                f"{status} {one.json_path}: {one.message[:200]}"
                for one in self.checked(schema, body)
            )

    def checked(self, schema: dict, body: Any):
        whole = {"components": self.document["components"]}
        return Draft202012Validator(strict(whole | schema)).iter_errors(body)


PLAIN: dict[str | None, st.SearchStrategy[Any]] = {
    "integer": st.integers(-2, 2**40),
    "number": st.floats(allow_nan=False, allow_infinity=False),
    "boolean": st.booleans(),
}


def operations(document: dict) -> list[Operation]:
    return [
        Operation(document, path, method)
        for path, methods in sorted(document["paths"].items())
        for method in sorted(methods)
    ]


def address(path: str, parts: Mapping[str, Any], query: Mapping[str, Any]) -> str:
    for name, value in parts.items():
        path = path.replace(f"{{{name}}}", written(value) or "0")
    return f"{path}?{urlencode({n: written(v) for n, v in query.items()})}" if query else path


def written(value: Any) -> str:
    """As a part of an address; what no browser can send is left out."""
    return quote(str(value).replace("\ud800", "")[:300], safe="")


def strict(schema: Any) -> Any:
    """The schema as JSON Schema has it: null where it may be, and nothing that is not announced."""
    if isinstance(schema, list):
        return [strict(one) for one in schema]
    if not isinstance(schema, dict):
        return schema
    made = {name: strict(one) for name, one in schema.items() if name != "nullable"}
    if "properties" in made and made.get("type") == "object":
        made.setdefault("additionalProperties", False)
    return {"anyOf": [made, {"type": "null"}]} if schema.get("nullable") is True else made


def foreign(body: Any) -> Iterator[str]:
    """The sentences of a refusal that hold no Chinese."""
    if isinstance(body, dict):
        told = {
            name: one for name, one in body.items() if name not in ("present", "steps", "errors")
        }
        for one in told.values():
            yield from foreign(one)
    elif isinstance(body, list):
        for one in body:
            yield from foreign(one)
    elif isinstance(body, str) and (ENGLISH.search(body) or (" " in body and not HAN.search(body))):
        yield body
