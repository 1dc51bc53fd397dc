"""The kinds of documents, one folder each, found by folder: to make a new one, copy one.

A folder's `__init__.py` holds `GENRE`, which says its Chinese name, its layout profile, what may be
set, and the function that composes a document of `material` in a `voice`.
"""

import importlib
import pkgutil
from collections.abc import Callable
from dataclasses import dataclass

from tracker.documents.tree import Document
from tracker.releases.house.style import slots_of
from tracker.releases.material import Material
from tracker.releases.wording.voice import Voice


@dataclass(frozen=True)
class Setting:
    """What a person may set for a document; `hint` is shown beside the field.

    `usual`: a city may set it once for all documents of the genre.
    """

    name: str
    hint: str = ""
    usual: bool = False


@dataclass(frozen=True)
class Formula:
    """Words that the genre says every time, under the name by which a city sets its own.

    `options` are the product's own wordings; `several`: one is drawn, so a city may give more than
    one. Names in braces are filled in when it is said.
    """

    name: str
    options: tuple[str, ...]
    several: bool = False

    @property
    def slots(self) -> frozenset[str]:
        """The names in braces that its wordings may hold."""
        return frozenset(name for words in self.options for name in slots_of(words))


@dataclass(frozen=True)
class Chain:
    """Who looks at a document before it is issued; a city may ask otherwise on a page.

    `countersign_days`: working days that the supplying agencies have for their word.
    """

    readings: int = 1
    countersign: bool = False
    countersign_days: int = 1
    secrecy: bool = False


@dataclass(frozen=True)
class Genre:
    """`is_internal`: it goes to a list of readers and is never made public. `finals`: it is read for
    years, so the annual final is used wherever there is one. `by_county`: it shows how each county
    stands, which only an internal one may."""

    name: str
    profile: str
    compose: Callable[[Material, Voice], Document]
    settings: tuple[Setting, ...] = ()
    is_internal: bool = False
    finals: bool = False
    by_county: bool = False
    chain: Chain = Chain()
    formulas: tuple[Formula, ...] = ()


class UnknownGenre(LookupError):
    """No folder holds the genre; the message lists those that exist."""


def genres() -> dict[str, Genre]:
    """Folder name -> genre, in the order of the folder names."""
    folders = sorted(module.name for module in pkgutil.iter_modules(__path__) if module.ispkg)
    return {name: importlib.import_module(f"{__name__}.{name}").GENRE for name in folders}


def genre(name: str) -> tuple[str, Genre]:
    """Folder and genre by folder name or Chinese name; UnknownGenre."""
    known = genres()
    for folder, one in known.items():
        if name in (folder, one.name):
            return folder, one
    names = "、".join(f"{one.name}（{folder}）" for folder, one in known.items())
    raise UnknownGenre(f"没有名为“{name}”的文种。可用的文种：{names}。")
