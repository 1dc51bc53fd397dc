"""The fonts of the PDF: which families are there, and which characters they hold."""

import functools
import unicodedata
from pathlib import Path

import typst
from fontTools.ttLib import TTFont

from tracker.documents.profiles import FONTS

#: Committed with their licences, see fonts/README.md.
OWN = Path(__file__).parent / "fonts"
#: These show what a role's own family lacks. All are named: typst, left to itself, may give up.
BEHIND = ("Noto Serif CJK SC", "Noto Sans CJK SC", "Shiji Kai", "FandolFang R")

Folders = tuple[Path, ...]


@functools.lru_cache(maxsize=8)
def load(folders: Folders, *, system: bool = False) -> typst.Fonts:
    """Fonts of these folders in this order, the system's last and only if asked for."""
    return typst.Fonts(
        include_system_fonts=system,
        include_embedded_fonts=False,
        font_paths=[str(folder) for folder in folders],
    )


def families(role: str, folders: Folders) -> list[str]:
    """Names to try for a role of `profiles.FONTS`: those that are in the folders, best first."""
    present = set(load(folders).families())
    names = dict.fromkeys((*FONTS[role].families, *BEHIND))
    return [name for name in names if name in present]


def lacking(text: str, folders: Folders, *, system: bool = False) -> list[str]:
    """The characters of a text that no font shows; marks without a shape do not count."""
    held = {char for _, chars in _held(folders, system=system) for char in chars}
    return sorted(filter(_has_shape, set(text) - held))


def helpers(characters: list[str], folders: Folders) -> list[str]:
    """Families of the system that show at least one of these characters."""
    wanted = set(characters)
    faces = _held(folders, system=True) if wanted else ()
    return list(dict.fromkeys(family for family, chars in faces if wanted & chars))


@functools.lru_cache(maxsize=8)
def _held(folders: Folders, *, system: bool) -> tuple[tuple[str, frozenset[str]], ...]:
    """(family, characters) of every face."""
    faces = [face for face in load(folders, system=system).fonts() if face.path]
    return tuple((face.family, _characters(face.path, face.index)) for face in faces)


@functools.lru_cache(maxsize=512)
def _characters(path: str, index: int) -> frozenset[str]:
    with TTFont(path, fontNumber=index, lazy=True) as font:
        return frozenset(map(chr, font.getBestCmap() or ()))


def _has_shape(char: str) -> bool:
    invisible = unicodedata.category(char) in {"Cc", "Cf", "Zs", "Zl", "Zp"}
    return not invisible and "VARIATION SELECTOR" not in unicodedata.name(char, "")
