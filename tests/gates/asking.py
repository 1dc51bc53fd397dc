"""Asking an address as a person, without a trace, and naming the answer in one word."""

from collections.abc import Iterator
from json import dumps
from typing import Any

from django.db import transaction
from django.test import Client
from django.urls import reverse

from accounts.models import AuditEntry
from tests.gates.routes import NOWHERE, Route
from tests.gates.world import ROLES, World

# The columns of the matrix: every role, and somebody who has not signed in.
COLUMNS = (*ROLES, "anonymous")
WORDS = {200: "page", 201: "done", 204: "done", 404: "-", 409: "409", 422: "422"}


def places_of(world: World, route: Route) -> Iterator[tuple[str, Any]]:
    """Where a thing of the route stands; with "none" for one that does not exist."""
    if not route.of:
        yield "*", None
        return
    things = world.things[route.of]
    yield from things.items()
    some = next(iter(things.values()))
    if route.args(some):
        yield "none", some


def address(name: str, route: Route, place: str, thing) -> str:
    if not route.of:
        return reverse(name)
    kwargs = route.args(thing)
    if place == "none":
        wrong = [part for part, value in kwargs.items() if isinstance(value, int)] or list(kwargs)
        kwargs |= {wrong[-1]: NOWHERE if isinstance(kwargs[wrong[-1]], int) else "nowhere"}
    return reverse(name, kwargs=kwargs)


def browser(world: World, column: str) -> Client:
    return Client() if column == "anonymous" else world.client(ROLES[column])


def ask(client: Client, method: str, url: str, body: dict | None = None, json: bool = False):
    """The answer; whatever the request did is undone."""
    with transaction.atomic():
        last = AuditEntry.objects.order_by("-seq").values_list("seq", flat=True).first()
        if method == "POST" and not json:
            answer = client.post(url, body or {})
        else:
            answer = client.generic(method, url, dumps(body or {}), "application/json")
        if answer.streaming:
            answer.content_given = b"".join(answer.streaming_content)
        else:
            answer.content_given = answer.content
        acts = AuditEntry.objects.filter(seq__gt=last, outcome="done")
        answer.acts = list(acts.values_list("act", flat=True))
        transaction.set_rollback(True)
    return answer


def word_for(answer) -> str:
    """page, - (not found), done (an act, recorded), goes (led on), door (to sign in), 409 …"""
    if answer.status_code in (301, 302, 303):
        if answer["Location"].startswith("/sign-in/?next="):
            return "door"
        return "done" if answer.acts else "goes"
    if answer.status_code == 200 and answer.acts and answer.wsgi_request.method == "POST":
        # A program is not led on: its answer is the record as it stands.
        return "done" if answer.wsgi_request.path.startswith("/api/") else "page"
    return WORDS.get(answer.status_code, str(answer.status_code))


def answer_of(world: World, name: str, route: Route, method: str, column: str, place: str, thing):
    url = address(name, route, place, thing) + route.query(world, thing)
    body = route.body(world, thing) if method not in ("GET", "HEAD", "OPTIONS") else None
    return ask(browser(world, column), method, url, body, route.json)
