"""The fonts of the PDF: which families are there, and which characters they hold."""

import functools
import unicodedata
from pathlib import Path

import typst
from fontTools.ttLib import TTFont

from tracker.documents.profiles import FONTS

#: Committed with their licences, see fonts/README.md.
OWN = Path(__file__).parent / "fonts"
BEHIND = "Noto Serif CJK SC"  # shows what a role's own family lacks

Folders = tuple[Path, ...]


@functools.lru_cache(maxsize=8)
def load(folders: Folders, *, system: bool = False) -> typst.Fonts:
    """Fonts of these folders in this order, the system's last and only if asked for."""
    paths = [str(folder) for folder in folders]
    return typst.Fonts(include_system_fonts=system, include_embedded_fonts=False, font_paths=paths)


def families(role: str, folders: Folders) -> list[str]:
    """Names to try for a role of `profiles.FONTS`: those that are in the folders, best first."""
    present = set(load(folders).families())
    return [name for name in (*FONTS[role].families, BEHIND) if name in present]


@functools.lru_cache(maxsize=8)
def covered(folders: Folders, *, system: bool = False) -> frozenset[str]:
    """Every character that one of the fonts can show."""
    held: set[int] = set()
    for face in load(folders, system=system).fonts():
        if face.path:
            with TTFont(face.path, fontNumber=face.index, lazy=True) as font:
                held |= set(font.getBestCmap() or ())
    return frozenset(map(chr, held))


def lacking(text: str, folders: Folders, *, system: bool = False) -> list[str]:
    """The characters of a text that no font shows; marks without a shape do not count."""
    return sorted(filter(_has_shape, set(text) - covered(folders, system=system)))


def _has_shape(char: str) -> bool:
    invisible = unicodedata.category(char) in {"Cc", "Cf", "Zs", "Zl", "Zp"}
    return not invisible and "VARIATION SELECTOR" not in unicodedata.name(char, "")
