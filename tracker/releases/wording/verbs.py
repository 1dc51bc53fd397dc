"""The words by which an indicator's name is taken apart, from verbs.toml, where each list is explained."""

import tomllib
from pathlib import Path

_LISTS = tomllib.loads((Path(__file__).parent / "verbs.toml").read_text("utf-8"))


def _words(name: str) -> tuple[str, ...]:
    return tuple(_LISTS[name].split())


VERBS = _words("verbs")
NOUNY = frozenset(_words("nouny"))
INNER = _words("inner")
DONE_BY_PEOPLE = frozenset(_words("done_by_people"))
COPULAS = frozenset(_words("copulas"))
ACTIVE = _words("active")
NOUN_TAILS = _words("noun_tails")
HOLDING = _words("holding")
HOLDERS = _words("holders")
META = _words("meta")
NOISE = _words("noise")
COUNTERS = frozenset(_words("counters"))
GOODS = _words("goods")
VERBAL = _words("verbal")
TITLED = _words("titled")
