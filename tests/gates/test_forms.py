"""Every form there is: fields that nobody offered change nothing, a second copy does nothing, and
what was seen in another version is refused."""

import csv
import io
import re
import zipfile
from urllib.parse import urlencode

import pytest
from django import forms
from django.db import models, transaction
from rest_framework import serializers

from accounts.models import Agency, AuditEntry, User
from tests.gates.asking import address, ask, browser, places_of
from tests.gates.routes import ROUTES
from tests.gates.test_matrix import EXPECTED
from tests.gates.traces import acts, trace
from tracker.catalogue.models import Indicator, Programme
from tracker.receipts.models import Receipt
from tracker.releases.compiling import compile_release
from tracker.web.people.forms import ProfileForm

pytestmark = pytest.mark.django_db
ACTS = acts()
# The session itself changes with these.
OF_THE_SESSION = {"sign-in", "sign-out", "change-password"}
# Read by the view itself, beside its form: they are offered.
OFFERED = {
    "act", "active", "ask", "figure", "grant", "late", "next", "number", "once", "passage", "pick",
    "programme", "q", "seen", "start", "version",
}  # fmt: skip
ALWAYS = {"status": "approved", "is_superuser": "on", "is_staff": "on", "role": "reviewer",
          "kind": "system", "by": "1", "user": "1", "decided_by": "1", "user_permissions": "1"}  # fmt: skip
FORMULAS = ("=1+1", "+1+1", "-1+1", "@SUM(1)", '=HYPERLINK("http://elsewhere.example","点")')


def sent(world, name: str, place: str, role: str, more=None, keep=None):
    """The answer to the form with something added, and what it left behind; all of it undone."""
    route = ROUTES[name]
    thing = world.things[route.of][place] if route.of else None
    body = (more or {}) | route.body(world, thing)
    url = address(name, route, place, thing) + route.query(world, thing)
    with transaction.atomic():
        client = browser(world, role)
        answer = client.post(url, body)
        again = client.post(url, route.body(world, thing) | (more or {})) if keep else None
        left = trace()
        transaction.set_rollback(True)
    return answer, again, left


def unoffered(world, name: str, place: str, answer) -> dict[str, str]:
    """A value for every column of the thing and of its parts that the form does not offer."""
    route = ROUTES[name]
    thing = world.things[route.of][place] if route.of else None
    offered = {
        field for form in getattr(answer.wsgi_request, "bound_forms", []) for field in form.fields
    }
    known = {} if thing is None else {f.name: value_for(f) for f in thing._meta.local_fields}
    known |= {f.attname: value_for(f) for f in thing._meta.local_fields} if thing else {}
    fields = ALWAYS | known
    body = route.body(world, thing)
    return {
        field: value
        for field, value in fields.items()
        if field not in offered | OFFERED and field not in body
    }


def value_for(field: models.Field) -> str:
    if isinstance(field, models.ForeignKey):
        last = field.related_model._base_manager.order_by("-pk").first()
        return str(last.pk if last else 1)
    return "on" if isinstance(field, models.BooleanField) else "7"


@pytest.mark.parametrize(("name", "place", "role"), ACTS, ids=lambda part: part)
def test_what_the_form_does_not_offer_changes_nothing(world, name, place, role):
    plain, _, left = sent(world, name, place, role)
    extra = unoffered(world, name, place, plain)
    assert len(extra) >= 5
    answer, _, also = sent(world, name, place, role, extra)
    assert answer.status_code == plain.status_code
    assert {table: rows for table, rows in also.items() if rows != left[table]} == {}


def test_a_form_that_takes_what_it_did_not_offer_is_seen(world, monkeypatch):
    """Planted: the profile also writes a field that it does not show."""

    class Careless(ProfileForm):
        def is_valid(self):
            if "role" in self.data:
                User.objects.filter(username="li").update(name=self.data["role"])
            return super().is_valid()

    monkeypatch.setattr("tracker.web.people.own.ProfileForm", Careless)
    plain, _, left = sent(world, "profile", "*", "reporter")
    _, _, also = sent(world, "profile", "*", "reporter", unoffered(world, "profile", "*", plain))
    assert [table for table, rows in also.items() if rows != left[table]] == ["User"]


def below(parent: type) -> set[type]:
    """Every class of ours that is made from it."""
    found = set()
    for one in parent.__subclasses__():
        found |= below(one) | (
            {one} if one.__module__.startswith(("accounts.", "tracker.")) else set()
        )
    return found


@pytest.mark.parametrize("parent", [forms.ModelForm, serializers.ModelSerializer])
def test_every_form_and_serializer_names_its_fields(parent):
    named = {one: getattr(one, "Meta", None) for one in below(parent)}
    loose = [
        one.__name__
        for one, meta in named.items()
        if meta is not None
        and (not isinstance(getattr(meta, "fields", None), list) or hasattr(meta, "exclude"))
    ]
    assert (len(named) >= 5, loose) == (True, [])


def test_programs_act_on_three_things_only_and_never_by_put_patch_or_delete():
    rows = [row for row in EXPECTED if row.route.startswith("api-")]
    assert {row.method for row in rows} == {"GET", "OPTIONS", "POST"}
    written = {row.route for row in rows if row.method == "POST"}
    assert {route.split("-")[1] for route in written} == {"submission", "dispute", "pattern"}


ODD = ("\N{SUPERSCRIPT TWO}", "9" * 40, "9" * 5000 + "-1", "\x00")
NUMBERS = ("page", "before", "round", "figure", "programme", "start", "number", "pick", "ask",
           "grant", "passage", "version", "seen", "size", "cursor", "year", "line", "agency")  # fmt: skip


@pytest.mark.parametrize("name", sorted({row.route for row in EXPECTED}))
def test_an_odd_number_is_no_failure_of_ours(world, name):
    route = ROUTES[name]
    place, thing = next(iter(places_of(world, route)))
    url = address(name, route, place, thing)
    methods = {row.method for row in EXPECTED if row.route == name}
    role = next((act[2] for act in ACTS if act[0] == name), "reviewer")
    for odd in ODD:
        fields = dict.fromkeys(NUMBERS, odd)
        if "GET" in methods:
            answer = ask(browser(world, role), "GET", f"{url}?{urlencode(fields)}")
            assert answer.status_code < 500 or name == "health"
        if "POST" in methods:
            answer = ask(browser(world, role), "POST", url, route.body(world, thing) | fields)
            assert answer.status_code < 500


@pytest.mark.parametrize(
    ("name", "place", "role"), [act for act in ACTS if act[0] not in OF_THE_SESSION], ids=str
)
def test_a_form_that_comes_twice_is_one_act(world, name, place, role):
    once = {"once": "a-form-of-its-own"}
    first, _, left = sent(world, name, place, role, once)
    before = AuditEntry.objects.count(), Receipt.objects.count()
    answer, again, also = sent(world, name, place, role, once, keep=True)
    assert (AuditEntry.objects.count(), Receipt.objects.count()) == before
    assert again.status_code == 302
    assert again["Location"] == answer["Location"]
    assert {table: rows for table, rows in also.items() if rows != left[table]} == {}


VERSIONED = [act for act in ACTS if act[0].startswith(("submission-", "review-", "release-"))]


@pytest.mark.parametrize(("name", "place", "role"), VERSIONED, ids=str)
def test_what_was_seen_in_another_version_is_refused(world, name, place, role):
    route = ROUTES[name]
    thing = world.things[route.of][place]
    body = route.body(world, thing)
    if "version" not in body:
        return
    answer = ask(
        browser(world, role), "POST", address(name, route, place, thing),
        body | {"version": thing.version + 1},
    )  # fmt: skip
    assert (answer.status_code, answer.acts) == (409, [])


# Formulas: a text that begins like one stays a text in every file.


@pytest.fixture
def formulas(world):
    """Names of every kind that begin like a formula."""
    own = world.things["indicator"]["own"]
    Indicator.objects.filter(pk=own.pk).update(verb=FORMULAS[0], aliases=list(FORMULAS))
    Programme.objects.filter(pk=own.programme_id).update(purpose=FORMULAS[3], name=FORMULAS[1])
    Agency.objects.filter(pk=world.city.union.pk).update(
        short_name=FORMULAS[2], spoken_name=FORMULAS[4], name=FORMULAS[4]
    )
    return world


def formula_cells(content: bytes) -> list[str]:
    """Cells of an .xlsx that are formulas, or links that were made of a text."""
    with zipfile.ZipFile(io.BytesIO(content)) as book:
        parts = {
            name: book.read(name).decode() for name in book.namelist() if name.endswith(".xml")
        }
    sheets = [text for name, text in parts.items() if name.startswith("xl/worksheets/")]
    assert sheets
    return [found for text in sheets for found in re.findall(r"<f[ >]|<hyperlink", text)]


def test_no_cell_of_the_catalogue_is_a_formula(formulas):
    answer = ask(browser(formulas, "reviewer"), "GET", "/catalogue/workbook/export/")
    assert formula_cells(answer.content_given) == []
    assert FORMULAS[3] in everything(answer.content_given)


def test_no_cell_of_a_provenance_sheet_is_a_formula(formulas):
    span = formulas.things["approved"]["own"].round.span
    made = compile_release("简报", formulas.city.region, span, by=formulas.person("reviewer"))
    answer = ask(
        browser(formulas, "reviewer"), "GET", f"/releases/{made.pk}/versions/1/files/xlsx/"
    )
    assert formula_cells(answer.content_given) == []
    assert FORMULAS[2] in everything(answer.content_given) or "1+1" in everything(
        answer.content_given
    )


def everything(content: bytes) -> str:
    with zipfile.ZipFile(io.BytesIO(content)) as book:
        return "".join(book.read(name).decode() for name in book.namelist()).replace("&quot;", '"')


def test_no_cell_of_the_audit_record_begins_like_a_formula(formulas):
    role = formulas.person("system_admin")
    formulas.city.people["li"].name = FORMULAS[0]
    AuditEntry.objects.create(
        seq=10**6, at=role.opened_at, actor_name=FORMULAS[0], act="account.edit",
        target_label=FORMULAS[3], outcome="done", previous_hash="", hash="x",
    )  # fmt: skip
    answer = ask(browser(formulas, "auditor"), "POST", "/audit/export/")
    cells = [cell for row in csv.reader(io.StringIO(answer.content_given.decode())) for cell in row]
    assert [cell for cell in cells if cell.startswith(("=", "+", "-", "@"))] == []
    assert f"'{FORMULAS[0]}" in cells


def test_a_formula_would_be_seen():
    """Planted: a workbook that holds one."""
    content = io.BytesIO()
    with zipfile.ZipFile(content, "w") as book:
        book.writestr("xl/worksheets/sheet1.xml", "<c r='A1'><f>1+1</f></c>")
    assert formula_cells(content.getvalue()) == ["<f>"]
