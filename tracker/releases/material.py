"""What a genre is given: approved facts and passages by agency and programme, guests, settings.

Plain values without a database: the same material and seed always give the same document.
"""

from collections.abc import Mapping
from dataclasses import dataclass, field, replace
from datetime import date
from decimal import Decimal

from tracker.releases.facts import Fact, Topic
from tracker.releases.house.style import PLAIN, Style
from tracker.releases.patterns import Own


@dataclass(frozen=True)
class Number:
    """A confirmed figure of a passage: text[start:end] == raw."""

    id: int
    start: int
    end: int
    raw: str
    value: Decimal
    unit: str = ""
    qualifier: str = ""
    role: str = "actual"


@dataclass(frozen=True)
class Words:
    """An approved passage; `kind` is practice, case, problem, next, honour, quote or answer."""

    id: int
    kind: str
    text: str
    numbers: tuple[Number, ...] = ()
    speaker: str = ""
    question: str = ""

    def first_sentence(self) -> "Words":
        """Its beginning up to the first full stop, verbatim."""
        end = self.text.find("。") + 1 or len(self.text)
        kept = tuple(number for number in self.numbers if number.end <= end)
        return replace(self, text=self.text[:end], numbers=kept)


@dataclass(frozen=True)
class Programme:
    """One project of an agency, with what was approved about it; `own` is the city's own sentence."""

    id: int
    name: str
    facts: tuple[Fact, ...] = ()
    words: tuple[Words, ...] = ()
    purpose: str = ""
    protected_name: str = ""
    own: Own | None = None

    def passages(self, kind: str) -> tuple[Words, ...]:
        return tuple(words for words in self.words if words.kind == kind)


@dataclass(frozen=True)
class Guest:
    """Who speaks for an agency: a dated appointment with a speaking order, or r<id> of the roster."""

    id: int | str
    name: str
    post: str


@dataclass(frozen=True)
class Contributor:
    """An agency with what it has to say; `guest` is empty when nobody was named to speak."""

    id: int
    name: str
    short_name: str
    spoken_name: str
    programmes: tuple[Programme, ...]
    guest: Guest | None = None

    def passages(self, kind: str) -> tuple[Words, ...]:
        return tuple(words for programme in self.programmes for words in programme.passages(kind))

    @property
    def facts(self) -> tuple[Fact, ...]:
        return tuple(fact for programme in self.programmes for fact in programme.facts)


@dataclass(frozen=True)
class County:
    """One county's line of a dispatch; what is not approved, or has no base, is None.

    `change` keeps its sign; `ahead` is above zero where the county is faster than the calendar.
    """

    name: str
    now: Fact | None = None
    change: Fact | None = None
    to_date: Fact | None = None
    rate: Fact | None = None
    ahead: Decimal | None = None
    rank: int | None = None


@dataclass(frozen=True)
class Dispatch:
    """One indicator across the counties; `whole` is the line of the place that they make up.

    `schedule`: the part of the year that is over, in percent; it stands on the calendar alone.
    """

    topic: Topic
    counties: tuple[County, ...]
    whole: County | None = None
    schedule: Fact | None = None


@dataclass(frozen=True)
class MadeGood:
    """What a place makes good for in the span that is told, of the earlier span `about`; signed."""

    place: str
    about: str
    fact: Fact


@dataclass(frozen=True)
class Shared:
    """What two places both reported of one span, and the sum holds once."""

    places: tuple[str, str]
    span: str
    fact: Fact


@dataclass(frozen=True)
class Picture:
    """A PNG or JPEG that an agency supplied with its caption."""

    id: int
    caption: str
    source: bytes


@dataclass(frozen=True)
class Material:
    """Everything that one compile may use. `span` is a key, `whole` the region in a word (全市)."""

    region: str
    whole: str
    authority: str
    span: str
    span_end: date
    contributors: tuple[Contributor, ...]
    settings: Mapping[str, str] = field(default_factory=dict)
    seed: int = 0
    lead_office: str = ""
    demo: bool = False
    dispatches: tuple[Dispatch, ...] = ()
    pictures: tuple[Picture, ...] = ()
    made_good: tuple[MadeGood, ...] = ()
    shared: tuple[Shared, ...] = ()
    style: Style = PLAIN
    kept_names: tuple[str, ...] = ()

    def setting(self, name: str) -> str:
        return str(self.settings.get(name, "")).strip()

    @property
    def names(self) -> tuple[str, ...]:
        """Names that may hold a numeral and are kept whole."""
        programmes = [p for one in self.contributors for p in one.programmes]
        kept = [name for p in programmes for name in (p.protected_name, p.name)]
        return tuple(dict.fromkeys((*filter(None, kept), *self.kept_names)))
