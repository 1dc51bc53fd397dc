"""What an office does with a file: LibreOffice and poppler at the shell."""

import os
import re
import subprocess
from pathlib import Path

from tracker.documents.faces import OWN

ALIASES = {
    "仿宋_GB2312": "FandolFang R",
    "楷体_GB2312": "Shiji Kai",
    "黑体": "Noto Sans CJK SC",
    "宋体": "Noto Serif CJK SC",
    "方正小标宋简体": "Noto Serif CJK SC",
}


def run(*command, **more):
    return subprocess.run(command, check=True, capture_output=True, timeout=120, **more).stdout


def convert(data, folder, ending, source="docx"):
    """The bytes that LibreOffice makes of a file, with the committed fonts and no others."""
    given = Path(folder) / f"given.{source}"
    given.write_bytes(data)
    profile = f"-env:UserInstallation=file://{folder}/office"
    environment = {**os.environ, "FONTCONFIG_FILE": str(_fontconfig(folder))}
    out = Path(folder) / "converted"
    convert_to = ("--convert-to", ending, "--outdir", str(out))
    run("soffice", profile, "--headless", *convert_to, str(given), env=environment)
    return (out / f"given.{ending.split(':')[0]}").read_bytes()


def _fontconfig(folder):
    aliases = "".join(
        f'<alias binding="same"><family>{name}</family><prefer><family>{ours}</family></prefer></alias>'
        for name, ours in ALIASES.items()
    )
    path = Path(folder) / "fonts.conf"
    cache = f"<cachedir>{folder}/fontcache</cachedir>"
    path.write_text(f"<fontconfig><dir>{OWN}</dir>{cache}{aliases}</fontconfig>", encoding="utf-8")
    return path


def pages(pdf):
    """The lines of each page without blanks, page numbers and empty lines."""
    text = run("pdftotext", "-layout", "-", "-", input=pdf).decode()
    lines = [[re.sub(r"\s", "", line) for line in page.split("\n")] for page in text.split("\f")]
    return [[line for line in page if line and not re.fullmatch(r"—\d+—", line)] for page in lines]


def fonts(pdf):
    """Family names embedded in a PDF, without the tag of the subset."""
    rows = run("pdffonts", "-", input=pdf).decode().splitlines()[2:]
    names = {row.split()[0].partition("+")[2].removesuffix("-Identity-H") for row in rows}
    assert all(" yes yes yes " in row for row in rows)
    return names
