"""The parts of a .docx that a profile decides: styles, settings, page, headers and footers."""

from docx.oxml import OxmlElement
from docx.oxml.ns import qn

from tracker.documents.profiles import FONTS, Look, Page, Profile

# What Word forbids at the beginning and the end of a Chinese line, unless a document says more.
NEVER_FIRST = "!%),.:;>?]}¢¨°·ˇˉ―‖’”…‰′″›℃∶、。〃〉》」』】〕〗〞︶︺︾﹀﹄﹚﹜﹞！＂％＇），．：；？］｀｜｝～￠"
NEVER_LAST = "$([{£¥·‘“〈《「『【〔〖〝﹙﹛﹝＄（．［｛￡￥"
ALIGN = {"both": "both", "left": "left", "centre": "center", "right": "right"}


def el(tag: str, *children, **attributes):
    """One w: element with w: attributes; the caller keeps the order that the schema asks for."""
    element = OxmlElement(f"w:{tag}")
    for name, value in attributes.items():
        element.set(qn(f"w:{name}"), str(value))
    element.extend(child for child in children if child is not None)
    return element


def styles(profile: Profile):
    root = el("styles", el("docDefaults", el("rPrDefault", _defaults())))
    root.extend(_style(key, look) for key, look in profile.looks.items())
    return root


def _defaults():
    return el(
        "rPr",
        fonts("fang"),
        el("sz", val=32),
        el("szCs", val=32),
        el("lang", val="en-US", eastAsia="zh-CN"),
    )


def _style(key: str, look: Look):
    style = el("style", el("name", val=look.name), type="paragraph", styleId=key)
    if key == "body":
        style.set(qn("w:default"), "1")
    else:
        style.extend([el("basedOn", val="body"), el("next", val="body")])
    style.extend([el("qFormat"), paragraph_properties(look), _run_properties(look)])
    return style


def paragraph_properties(look: Look):
    return el(
        "pPr",
        el("keepNext", val=int(look.keep)),
        el("widowControl", val=0),
        el("autoSpaceDE", val=0),
        el("autoSpaceDN", val=0),
        _spacing(look),
        _indents(look),
        el("jc", val=ALIGN[look.align]),
        el("outlineLvl", val=look.level - 1) if look.level else None,
    )


def _spacing(look: Look):
    rule = (
        {"line": look.pitch, "lineRule": "exact"}
        if look.pitch
        else {"line": 240, "lineRule": "auto"}
    )
    return el("spacing", before=look.before, after=look.after, **rule)


def _indents(look: Look):
    """Characters for Word and WPS, twips for LibreOffice, which does not read characters."""
    wide = look.size + look.spacing
    return el(
        "ind",
        leftChars=look.left * 100,
        left=look.left * wide,
        rightChars=look.right * 100,
        right=look.right * wide,
        firstLineChars=look.indent * 100,
        firstLine=look.indent * wide,
    )


def _run_properties(look: Look):
    return el(
        "rPr",
        fonts(look.font),
        el("color", val=look.colour) if look.colour else None,
        el("spacing", val=look.spacing),
        el("sz", val=look.size // 10),
        el("szCs", val=look.size // 10),
    )


def fonts(role: str):
    name = FONTS[role].office
    return el("rFonts", hint="eastAsia", ascii=name, hAnsi=name, eastAsia=name, cs=name)


def settings(never_first: str):
    """`never_first`: characters besides the usual ones that must not begin a line."""
    return el(
        "settings",
        el("evenAndOddHeaders"),
        el("defaultTabStop", val=420),
        el("characterSpacingControl", val="doNotCompress"),
        _kinsoku("noLineBreaksAfter", NEVER_LAST),
        _kinsoku("noLineBreaksBefore", NEVER_FIRST + never_first),
        el("compat", el("doNotExpandShiftReturn"), el("useFELayout")),
    )


def _kinsoku(tag: str, characters: str):
    return el(tag, lang="zh-CN", val=characters)


def section_properties(page: Page, references: list):
    """`references`: header and footer references, which the schema wants first."""
    return el(
        "sectPr",
        *references,
        el("pgSz", w=page.width, h=page.height),
        el(
            "pgMar", top=page.top, right=page.right, bottom=page.bottom, left=page.left,
            header=850, footer=1389, gutter=0,
        ),
    )  # fmt: skip


def page_number(profile: Profile, parity: str):
    """— 1 —, outside on odd and even pages with one character of room."""
    if profile.numbers == "centre":
        place = [el("ind", firstLine=0), el("jc", val="center")]
    elif parity == "even":
        place = [el("ind", leftChars=100, left=280, firstLine=0), el("jc", val="left")]
    else:
        place = [el("ind", rightChars=100, right=280, firstLine=0), el("jc", val="right")]
    words = [run("— "), _field("begin"), _instruction("PAGE"), _field("separate"), run("1")]
    return el("p", el("pPr", el("pStyle", val="footer"), *place), *words, _field("end"), run(" —"))


def run(text: str):
    node = el("t")
    node.text = text
    node.set(qn("xml:space"), "preserve")
    return el("r", node)


def _field(kind: str):
    return el("r", el("fldChar", fldCharType=kind))


def _instruction(code: str):
    node = el("instrText")
    node.text = f" {code} "
    node.set(qn("xml:space"), "preserve")
    return el("r", node)
