"""A catalogue of the trade union, and a second reviewer of the lead office."""

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.db import connection
from django.test.utils import CaptureQueriesContext

from tests import factories
from tests.cast import employ
from tracker.catalogue.indicators import create_indicator, create_programme
from tracker.catalogue.units import unit_named


@pytest.fixture
def feng(city_with_people, lead_office):
    """The lead office's second reviewer."""
    return employ(city_with_people, "feng", "冯", lead_office, "处长", "reviewer")


@pytest.fixture
def training(wang):
    line = factories.Line.objects.get(code="union")
    return create_programme(line=line, name="提升素质行动", by=wang)


@pytest.fixture
def trained(wang, training):
    """培训农民工, in 人次."""
    return indicator(wang, training)


def indicator(by, programme, name="培训农民工", code="GH01", unit="人次", **fields):
    return create_indicator(
        programme=programme, name=name, code=code, unit=unit_named(unit), by=by, **fields
    )


@pytest.fixture
def june(union, trained):
    """The round of June, open."""
    return factories.open_round(factories.cycle(union), factories.month(2026, 6))


def text(answer) -> str:
    return answer.content.decode()


def sent(data: bytes, name: str = "目录.xlsx") -> dict:
    return {"file": SimpleUploadedFile(name, data)}


def queries(browser, address) -> int:
    """How many queries the page takes, the session's warm-up apart."""
    browser.get(address)
    with CaptureQueriesContext(connection) as seen:
        browser.get(address)
    return len(seen)
