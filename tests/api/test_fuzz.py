"""S5: requests drawn from the document of the interface, by three people and by nobody.

No answer is a failure of ours, every one is announced by the document and agrees with it to the
field, and what is wrong is said in Chinese. SHIJI_FUZZ=200 asks that often at each address.
"""

import json
import os

import pytest
from django.core.cache import cache
from django.db import transaction
from django.urls import reverse
from hypothesis import HealthCheck, Phase, find, given, settings
from rest_framework.test import APIClient
from rest_framework.throttling import UserRateThrottle

from tests.api.fuzzing import Operation, operations
from tracker.api import deciding
from tracker.api.fields import Number
from tracker.catalogue.models import Cycle, Indicator, Programme, Round, Target
from tracker.ledger.models import Entry
from tracker.releases.models import Release
from tracker.submissions.models import Narrative, Submission

TIMES = int(os.environ.get("SHIJI_FUZZ", "4"))
QUICK = settings(
    deadline=None, database=None, phases=[Phase.generate], suppress_health_check=list(HealthCheck)
)


@pytest.fixture(autouse=True)
def _as_often_as_one_likes(monkeypatch):
    monkeypatch.setattr(UserRateThrottle, "THROTTLE_RATES", {"user": None, "anon": None})
    cache.clear()


@pytest.fixture
def document(everything, program, li) -> dict:
    return json.loads(program(li).get(reverse("api-schema")).content)


@pytest.fixture
def known(everything, submission, trained, training, li) -> dict[str, list]:
    """Values that the database knows, by the names that the document gives them."""
    text = Narrative.objects.create(
        submission=submission, programme=training, kind="practice", text="走访320户。", edited_by=li
    )
    ids = {
        name: list(model.objects.values_list("pk", flat=True))
        for name, model in {
            "id": Submission, "round": Round, "cycle": Cycle, "programme": Programme,
            "entry": Entry, "first": Entry,
        }.items()
    }  # fmt: skip
    figures = list(submission.figures.values_list("pk", flat=True))
    places = {
        f"{name}.id": list(model.objects.values_list("pk", flat=True))
        for name, model in {
            "submissions": Submission, "rounds": Round, "cycles": Cycle, "programmes": Programme,
            "indicators": Indicator, "targets": Target, "figures": Entry, "releases": Release,
        }.items()
    }  # fmt: skip
    return (
        ids
        | places
        | {
            "submissions.narrative": [text.pk],
            "releases.number": [1],
            "releases.ending": ["docx", "json", "pdf"],
            "lines.code": [trained.line.code],
            "agency": [submission.agency_id],
            "figure": figures,
            "indicator": list(Indicator.objects.values_list("code", flat=True)),
            "line": [trained.line.code],
            "narrative": [text.pk],
            "region": [submission.agency.region.code],
            "span": ["2026-06", "2020"],
            "status": ["draft", "issued"],
            "text": ["3221", "12", "7000多", "请核对", "一些"],
            "version": [submission.version],
        }
    )


def faults(client, asked: list[Operation], known, times: int = TIMES) -> list[str]:
    """What was wrong with the answers; everything that was done is undone."""
    client.raise_request_exception = False
    return [one for operation in asked for one in asking(client, operation, known, times)]


def asking(client, operation: Operation, known, times: int) -> list[str]:
    found: list[str] = []

    @settings(QUICK, max_examples=times)
    @given(operation.requests(known))
    def ask(request):
        with transaction.atomic():
            wrong = list(operation.faults(request.of(client)))
            transaction.set_rollback(True)
        found.extend(f"{operation}: {one}; {str(request)[:300]}" for one in wrong)

    ask()
    return found


@pytest.mark.parametrize("who", ["li", "wang", "sun"])
def test_every_answer_is_the_one_that_the_document_announces(
    document, known, program, city_with_people, who
):
    client = program(city_with_people.people[who], may_act=True)
    asked = operations(document)
    found = faults(client, asked, known)
    assert (len(asked) > 40, "\n".join(found)) == (True, "")


def test_nobody_gets_more_than_the_way_in(document, known):
    client = APIClient()
    answers = {
        request.of(client).status_code
        for operation in operations(document)
        for request in [drawn(operation, known)]
    }
    assert answers == {401}


def drawn(operation: Operation, known):
    """One request, the simplest."""
    return find(operation.requests(known), lambda one: True, settings=QUICK)


# Planted


def only(document, *paths: str) -> list[Operation]:
    return [one for one in operations(document) if one.path in paths]


def test_a_failure_of_ours_would_be_seen(document, known, program, wang, monkeypatch):
    monkeypatch.setattr(deciding, "chosen_of", lambda user, items: 1 / 0)
    asked = only(document, "/api/v1/submissions/approve/")
    assert any(": 500;" in one for one in faults(program(wang, may_act=True), asked, known, 30))


def test_a_field_of_another_kind_would_be_seen(document, known, program, wang, monkeypatch):
    monkeypatch.setattr(Number, "to_representation", lambda self, value: float(value))
    asked = only(document, "/api/v1/figures/")
    assert any("is not valid under any" in one for one in faults(program(wang), asked, known, 30))


def test_a_field_that_nobody_announced_would_be_seen(document, known, program, wang):
    del document["components"]["schemas"]["Entry"]["properties"]["reporter"]
    asked = only(document, "/api/v1/figures/")
    assert any(
        "'reporter' was unexpected" in one for one in faults(program(wang), asked, known, 30)
    )


def test_a_refusal_in_another_language_would_be_seen(document, known, program, li, monkeypatch):
    monkeypatch.setattr("tracker.api.errors.STALE", "the record was changed meanwhile")
    known["version"] = [99]
    asked = only(document, "/api/v1/submissions/{id}/sign/")
    assert any(
        "in no Chinese" in one for one in faults(program(li, may_act=True), asked, known, 30)
    )
