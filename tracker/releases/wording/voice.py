"""The one voice of a document: figures with their keys, names in full first, choices without repetition."""

from collections.abc import Sequence
from copy import copy, deepcopy

from tracker.documents.tree import Agency, Figure, Inline, Inlines, Name, Passage, Text
from tracker.language.guard import stray_numbers
from tracker.language.numerals import round_half_up
from tracker.language.units import SCALES, split_scale
from tracker.language.writing import CHINESE, WIDE, suggest_display, write_figure
from tracker.releases.facts import Fact
from tracker.releases.material import Contributor, Material, Number, Words
from tracker.releases.patterns import Chooser


class Voice:
    """State of one compile: which keys are used, who was named, what the editor has to know."""

    def __init__(self, material: Material):
        self.material = material
        self.chooser = Chooser(material.seed)
        self.remarks: list[str] = []
        self._used: dict[str, int] = {}
        self._named: set[int] = set()

    def remark(self, words: str) -> None:
        """Tell the editor something, once."""
        if words not in self.remarks:
            self.remarks.append(words)

    def pick(self, label: str, options: Sequence[str]) -> str:
        return self.chooser.pick(label, options)

    def own(self, name: str, usual: Sequence[str]) -> Sequence[str]:
        """The city's wordings of a formula, else the product's."""
        return self.material.style.own(name, usual)

    def formula(self, name: str, usual: str) -> str:
        """A formula that is always said alike, as the city says it."""
        return self.own(name, (usual,))[0]

    def key(self, base: str) -> str:
        """A key that stands only once in the document."""
        self._used[base] = count = self._used.get(base, 0) + 1
        return base if count == 1 else f"{base}_{count}"

    def attempt(self) -> "Voice":
        """The same voice for words that may yet be dropped: `keep` takes over what it has used."""
        other = copy(self)
        other.chooser = deepcopy(self.chooser)
        other._used, other._named = dict(self._used), set(self._named)
        return other

    def keep(self, attempt: "Voice") -> None:
        """What the attempt said is said."""
        self.chooser, self._used, self._named = attempt.chooser, attempt._used, attempt._named

    def keep_still(self) -> None:
        """From now on nothing varies: fixed formulas."""
        self.chooser = Chooser(self.material.seed, steady=True)

    def begin(self) -> None:
        """A paper of its own begins: agencies are named in full again."""
        self._named.clear()

    def quoted(self, text: str) -> Passage:
        """Approved words that are no passage of their own: the question before an answer."""
        return Passage(self.key("q"), (Text(text),))

    def words(self, text: str) -> Inline:
        """Words of the catalogue: a name where they hold a numeral, else plain text, its brackets wide."""
        if stray_numbers(text, self.material.names):
            return Name(text)
        return Text(text.translate(WIDE))

    def surface(self, fact: Fact, value=None, display: str | None = None) -> str:
        """How a fact is printed, for where no figure can stand: beside the bar of a chart."""
        value = fact.value if value is None else value
        form = form_of(fact)
        if display is not None and display != form["display"]:
            form = {"display": display, "decimals": None}
        return write_figure(value, fact.unit, **form, qualifier=fact.qualifier)

    def figure(self, fact: Fact, value=None, display: str | None = None) -> Figure:
        """The figure of a fact as it is printed; `display`: in 万 or, empty, in the unit itself."""
        value = fact.value if value is None else value
        return Figure(
            key=self.key(fact.key),
            entries=fact.entries,
            surface=self.surface(fact, value, display),
            value=value,
            unit=fact.unit,
            qualifier=fact.qualifier,
            role=fact.role,
        )

    def agency(self, contributor: Contributor) -> Agency:
        """The full name at the first mention, the short one afterwards."""
        first = contributor.id not in self._named
        self._named.add(contributor.id)
        return Agency(f"a{contributor.id}", contributor.name if first else contributor.short_name)

    def passage(self, words: Words) -> Inlines:
        """Approved words verbatim, their confirmed figures as nodes; a full stop where none stands."""
        inside: list[Inline] = []
        at = 0
        for number in words.numbers:
            # The two ends of a range share one place in the text.
            if number.start < at:
                continue
            inside += [Text(words.text[at : number.start]), self._confirmed(words, number)]
            at = number.end
        inside.append(Text(words.text[at:]))
        node = Passage(
            self.key(f"p{words.id}"), tuple(inline for inline in inside if inline != Text(""))
        )
        ended = words.text.rstrip().endswith(tuple("。！？!?…”’；;"))
        return (node,) if ended else (node, Text("。"))

    def _confirmed(self, words: Words, number: Number) -> Figure:
        """A figure of a passage as it stands there: the words are never touched."""
        return Figure(
            key=self.key(f"pf{number.id}"),
            entries=(),
            surface=words.text[number.start : number.end],
            value=number.value,
            unit=number.unit,
            qualifier=number.qualifier,
            role=number.role,
        )


def form_of(fact: Fact) -> dict:
    """Display unit and decimals: as entered, else by the indicator, else as officials choose."""
    if fact.unit == "%":
        return {"display": "", "decimals": _kept(fact, "")}
    wanted = fact.topic.display
    if wanted == CHINESE and not _small(fact):
        wanted = ""
    display = wanted or fact.scale or suggest_display(fact.value, fact.unit)
    return {"display": display, "decimals": _kept(fact, display)}


def _small(fact: Fact) -> bool:
    """三批, but 120场: Chinese numerals are for small counts."""
    return 0 < fact.value < 100 and fact.value == int(fact.value)


def _kept(fact: Fact, display: str) -> int | None:
    """The decimals as entered; None, for all that the value needs, where they would change it."""
    if fact.decimals is None or display != fact.scale:
        return None
    shown = fact.value / SCALES[fact.scale]
    return fact.decimals if round_half_up(shown, fact.decimals) == shown else None


def scale_of(entered_unit: str) -> str:
    """万 or 亿 of a unit as entered: 万元 -> 万."""
    size, _ = split_scale(entered_unit)
    return {10**4: "万", 10**8: "亿"}.get(int(size), "")
