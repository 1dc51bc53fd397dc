"""What one agency writes appears in no answer to another: planted strings, looked for everywhere."""

import io
import re
import zipfile

import pytest

from tests.gates.asking import address, ask, places_of
from tests.gates.routes import ROUTES
from tests.gates.world import PLACES, World, brought_to
from tracker.catalogue.models import Round
from tracker.releases import issuing
from tracker.releases.compiling import compile_release
from tracker.submissions.models import Submission, SubmissionQuerySet

pytestmark = pytest.mark.django_db
# What is issued is for all agencies of the region, with the names of what it counts.
PUBLIC = ("own approved text", "own approved figure", "below approved text",
          "below approved figure", "other approved text", "other approved figure",
          "own catalogue", "other catalogue")  # fmt: skip
CATALOGUE = ("own catalogue", "other catalogue")
# Who looks -> what is theirs to see. Places are named as 李 of the city's trade union sees them.
OUTSIDERS = {
    "sun": ("other", *PUBLIC),
    "jiang": ("other", *PUBLIC),
    "chen": ("below", *PUBLIC),
    "qin": ("abroad", "by-qin", *CATALOGUE),
    "qian": CATALOGUE,
    "zhou": CATALOGUE,
}
ENDINGS = ("docx", "md", "html", "xlsx", "json")
TAG = re.compile(r"<[^>]*>")
LINK = re.compile(r'href="(\?[^"]+)"')
FIELD = re.compile(r'<(?:input|select)[^>]*\bname="([\w-]+)"')
CHANGING = re.compile(r'((?:name="(?:csrfmiddlewaretoken|once)" value=|"X-CSRFToken": )")[^"]*')


def text_of(answer) -> str:
    """All the text of an answer; of an office file that of every part."""
    content = answer.content_given
    if content[:2] == b"PK":
        with zipfile.ZipFile(io.BytesIO(content)) as parts:
            content = b"\n".join(parts.read(name) for name in parts.namelist())
    text = content.decode("utf-8", "replace")
    headers = " ".join(f"{name}: {value}" for name, value in answer.items())
    return f"{headers}\n{text}\n{TAG.sub('', text)}"


def leaks(world: World, who: str, method: str, names=None) -> dict[str, set[str]]:
    """Address -> what stands in its answer to this person and is not theirs."""
    found: dict[str, set[str]] = {}
    for name in names or ROUTES:
        route = ROUTES[name]
        for place, thing in places_of(world, route):
            url = address(name, route, place, thing) + route.query(world, thing)
            body = route.body(world, thing) if method == "POST" else None
            answer = ask(world.client(who), method, url, body)
            seen = unseen(world, who, text_of(answer))
            if seen:
                found[f"{name} {place}"] = seen
    return found


def unseen(world: World, who: str, text: str) -> set[str]:
    return {
        place for place in world.canaries.found_in(text) if not place.startswith(OUTSIDERS[who])
    }


@pytest.mark.parametrize(
    ("who", "method"), [*((who, "GET") for who in OUTSIDERS), ("sun", "POST"), ("qian", "POST")]
)
def test_no_answer_holds_what_another_wrote(world, who, method):
    assert leaks(world, who, method) == {}


@pytest.mark.parametrize("who", OUTSIDERS)
def test_no_list_however_filtered_or_ordered_holds_it(world, who):
    found = {}
    lists = [name for name, route in ROUTES.items() if not route.of]
    for name in lists:
        url = address(name, ROUTES[name], "*", None)
        first = ask(world.client(who), "GET", url)
        if first.status_code != 200 or b"<html" not in first.content_given:
            continue
        page = first.content_given.decode()
        for query in queries(world, page):
            answer = ask(world.client(who), "GET", url + query.replace("&amp;", "&"))
            if seen := unseen(world, who, text_of(answer)):
                found[url + query] = seen
    assert found == {}


def queries(world: World, page: str) -> set[str]:
    """Every link of the page to itself, and each field asked for somebody else's record or word."""
    asked = set(LINK.findall(page))
    word = next(iter(world.canaries.where))[:6]
    draft, release = world.things["draft"]["own"], world.things["release"]["city-draft"]
    others = {
        word,
        str(draft.pk),
        str(draft.round_id),
        str(draft.agency_id),
        str(release.pk),
        "union",
    }
    names = set(FIELD.findall(page)) - {"csrfmiddlewaretoken", "once"}
    return asked | {f"?{name}={value}" for name in names for value in others}


@pytest.mark.parametrize("who", ["sun", "chen"])
def test_what_is_issued_is_open_in_every_format_and_no_more(world, who):
    release, seen = world.things["release"]["city-issued"], {}
    number = issuing.latest(release).number
    for ending in ENDINGS:
        url = f"/releases/{release.pk}/versions/{number}/files/{ending}/"
        answer = ask(world.client(who), "GET", url)
        assert answer.status_code == 200
        seen[ending] = world.canaries.found_in(text_of(answer))
    assert set().union(*seen.values()) <= set(PUBLIC)
    assert "own approved text" in seen["docx"]


def moved(world: World, who: str) -> list[str]:
    """The pages that look otherwise to this person after the union and the lead office have worked.

    The queue of jobs is left out: how much there is to do is its administrator's business.
    """
    names = [name for name, route in ROUTES.items() if not route.of and not name.startswith("job")]
    before = {name: page(world, who, name) for name in names}
    row = Submission.objects.get(agency=world.homes["own"][0], round__span__key="2026-06")
    another = Round.objects.filter(cycle=row.round.cycle).exclude(submissions__status="approved")
    spare = Submission.objects.filter(
        agency=world.homes["below"][0], round__in=another, status="draft"
    ).exclude(pk=world.things["draft"]["below"].pk)
    brought_to(world, spare.first(), "below", "submitted")
    wang = world.city.people["wang"]
    compile_release("简报", world.city.region, world.things["approved"]["own"].round.span, by=wang)
    return [name for name in names if before[name] != page(world, who, name)]


@pytest.mark.parametrize("who", ["sun", "tang", "qian", "zhou"])
def test_no_count_moves_when_another_agency_works(world, who):
    """Page by page the same bytes before and after, but for the tokens of the forms."""
    assert moved(world, who) == []


def test_a_count_that_forgets_its_scope_is_caught(world, monkeypatch):
    monkeypatch.setattr(SubmissionQuerySet, "visible_to", lambda self, user: self)
    assert moved(world, "sun") != []


def page(world: World, who: str, name: str) -> str:
    url = address(name, ROUTES[name], "*", None)
    content = ask(world.client(who), "GET", url).content_given
    return "" if content[:2] == b"PK" else CHANGING.sub(r"\1", content.decode())


@pytest.mark.parametrize(
    ("who", "places"), [("li", ("own", "colleague", "below")), ("wang", PLACES[:-1])]
)
def test_the_strings_do_stand_where_they_may_be_seen(world, who, places):
    for place in places:
        draft = world.things["draft"][place]
        beside = address("submission-figure", ROUTES["submission-figure"], place, draft)
        pages = (draft.get_absolute_url(), beside)
        text = "".join(text_of(ask(world.client(who), "GET", url)) for url in pages)
        wanted = {f"{place} draft {part}" for part in ("figure", "note", "text", "file", "caption")}
        assert world.canaries.found_in(text) >= wanted


@pytest.mark.parametrize("name", ["submission", "evidence-download", "api-submission-detail"])
def test_a_view_that_forgets_its_scope_is_caught(world, monkeypatch, name):
    monkeypatch.setattr(SubmissionQuerySet, "visible_to", lambda self, user: self)
    assert leaks(world, "sun", "GET", [name]) != {}
