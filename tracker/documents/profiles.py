"""Layout profiles: how a document looks, as data. Apart from genre, which is what it says.

Lengths are whole twips (a twentieth of a point, 1440 to the inch), indents are whole characters.
`official` follows GB/T 9704-2012: A4, text area 156 x 225 mm, 22 lines of 28 characters. The line
of 28.95 pt and the spacing of -0.25 pt give that grid in Word, WPS, LibreOffice and the PDF alike.
"""

from collections.abc import Mapping
from dataclasses import dataclass, replace

SIZE_1, SIZE_2, SIZE_2S, SIZE_3, SIZE_4, SIZE_4S, SIZE_5, SIZE_6 = (
    520, 440, 360, 320, 280, 240, 210, 150,
)  # fmt: skip
RED = "E60012"
GREY = "7F7F7F"


@dataclass(frozen=True)
class Font:
    """`office` is named in the .docx; the PDF takes the first family that is there."""

    office: str
    families: tuple[str, ...]
    weight: int = 400


FONTS = {
    "title": Font(
        "方正小标宋简体",
        ("方正小标宋简体", "FZXiaoBiaoSong-B05S", "FZXiaoBiaoSong-B05", "Noto Serif CJK SC"),
        700,
    ),
    "song": Font("宋体", ("宋体", "SimSun", "Noto Serif CJK SC")),
    "hei": Font("黑体", ("黑体", "SimHei", "Noto Sans CJK SC"), 500),
    "kai": Font("楷体_GB2312", ("楷体_GB2312", "KaiTi_GB2312", "楷体", "KaiTi", "Shiji Kai")),
    "fang": Font(
        "仿宋_GB2312", ("仿宋_GB2312", "FangSong_GB2312", "仿宋", "FangSong", "FandolFang R")
    ),
}  # fmt: skip


@dataclass(frozen=True)
class Look:
    """One kind of paragraph. `name` is the style's name in Word's list of styles."""

    name: str
    font: str = "fang"
    size: int = SIZE_3
    align: str = "both"  # left, centre, right, both
    indent: int = 2  # first line, in characters
    left: int = 0
    right: int = 0
    before: int = 0
    after: int = 0
    pitch: int = 579
    spacing: int = 0  # added to every character
    colour: str = ""
    level: int = 0  # place in the outline
    keep: bool = False  # on the page of what follows


@dataclass(frozen=True)
class Page:
    width: int = 11906
    height: int = 16838
    top: int = 2098
    left: int = 1588
    right: int = 1474
    bottom: int = 1984

    @property
    def measure(self) -> int:
        """Width of the text area."""
        return self.width - self.left - self.right


@dataclass(frozen=True)
class Profile:
    """`numbers`: where — 1 — stands: outside (odd right, even left), centre, or nowhere ("")."""

    name: str
    label: str
    looks: Mapping[str, Look]
    page: Page = Page()
    numbers: str = "outside"


BODY = Look("Normal", spacing=-5)
PLAIN = Look("", indent=0, align="left")
CELL = replace(PLAIN, size=SIZE_4S, pitch=360)

OFFICIAL = {
    "body": BODY,
    "title": Look("Title", "title", SIZE_2, "centre", 0, after=290, pitch=700),
    "subtitle": Look("Subtitle", "kai", SIZE_3, "centre", 0, after=289),
    "dateline": Look("时间地点", "kai", SIZE_3, "centre", 0, after=290),
    "part": Look("文稿标题", "title", SIZE_2S, "centre", 0, after=145, level=1, keep=True),
    "heading1": Look("heading 1", "hei", spacing=-5, level=1, keep=True),
    "heading2": Look("heading 2", "kai", spacing=-5, level=2, keep=True),
    "heading3": Look("heading 3", "fang", spacing=-5, level=3, keep=True),
    "heading4": Look("heading 4", "fang", spacing=-5, level=4, keep=True),
    "lead": replace(BODY, name="导语"),
    "answer": replace(BODY, name="答"),
    "question": replace(BODY, name="问", font="kai"),
    "quote": replace(BODY, name="引语", font="kai"),
    "speaker": replace(BODY, name="发言人", font="hei", keep=True),
    "note": replace(BODY, name="按语", font="kai", size=SIZE_4, spacing=0, pitch=520),
    "flush": replace(BODY, name="主送", indent=0),
    "centre": replace(PLAIN, name="居中", align="centre"),
    "right": replace(PLAIN, name="右空四字", align="right", right=4),
    "signature": replace(PLAIN, name="署名", align="right", right=4, before=579, keep=True),
    "caption": replace(CELL, name="caption", font="hei", align="centre", before=145, keep=True),
    "head": replace(CELL, name="表头", font="hei", align="centre"),
    "cell": replace(CELL, name="表格文字"),
    "number": replace(CELL, name="表格数字", align="right"),
    "picture": replace(PLAIN, name="图片", align="centre", pitch=0, before=145, keep=True),
    "picture-caption": replace(CELL, name="图题", font="kai", align="centre", after=145),
    "masthead": Look("刊头", "title", 1040, "centre", 0, pitch=0, colour=RED, before=200, after=200),
    "issue": Look("期号", "fang", SIZE_3, "centre", 0),
    "imprint": replace(PLAIN, name="编发单位和日期"),
    "rule": Look("横线", "fang", 20, "left", 0, pitch=20),
    "foot": Look("版记", "fang", SIZE_4, "left", 0, left=1, right=1, pitch=520),
    "stamp": Look("文件校验", "song", SIZE_6, "left", 0, before=290, pitch=220, colour=GREY),
    "header": Look("header", "hei", SIZE_5, "right", 0, pitch=300),
    "footer": Look("footer", "song", SIZE_4, "left", 0, pitch=0),
}  # fmt: skip

#: What a Paragraph may ask for; the rest is set by the writers themselves.
STYLES = (
    "body", "lead", "part", "speaker", "question", "answer", "quote", "note", "flush", "centre",
    "right", "subtitle",
)  # fmt: skip


def _resized(size: int, pitch: int) -> dict[str, Look]:
    """The official looks with everything that is set in 3号 in another size."""
    return {
        style: replace(look, size=size, pitch=pitch, spacing=0) if look.size == SIZE_3 else look
        for style, look in OFFICIAL.items()
    }


SPEECH = _resized(SIZE_2S, 760)
REPORT = _resized(SIZE_4, 500)
WIDE = Page(top=1440, left=1440, right=1440, bottom=1440)

PROFILES = {
    profile.name: profile
    for profile in (
        Profile("official", "公文", OFFICIAL),
        Profile("brief", "简报", OFFICIAL),
        Profile("report", "报表", REPORT, WIDE, "centre"),
        Profile("approval", "文稿审签单", REPORT, WIDE, ""),
        Profile("speech", "讲话稿", SPEECH, WIDE, "centre"),
        Profile("plain", "通稿", REPORT, WIDE, "centre"),
        Profile("web", "网页", REPORT, WIDE, "centre"),
    )
}
