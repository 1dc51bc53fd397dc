"""Fixed formulas of a press conference, and how its speakers are addressed."""

from tracker.language.numerals import ordinal

ADDRESS = "各位媒体朋友："
WELCOME = "{问候}！欢迎大家参加今天的新闻发布会。"
QUESTIONS = "现在进入答问环节。请需要提问的记者举手示意，提问时先报一下所在的新闻机构。"
BETWEEN_QUESTIONS = "（记者提问，各发布人按答问口径作答。）"
CLOSE = (
    "因时间关系，提问就到这里。会后如需进一步采访，请与各发布单位联系。"
    "今天的新闻发布会到此结束，感谢各位发布人，感谢媒体朋友们！"
)
THANKS = ("的介绍。", "的发布。", "的详细介绍。", "的情况介绍。")
NEXT = ("接下来，请", "下面，请", "下面有请")
PLEASE = ("作情况发布。", "介绍有关工作情况。", "向大家作介绍。")

COMPOUND_SURNAMES = (
    "欧阳", "司马", "上官", "诸葛", "东方", "皇甫", "尉迟", "公孙", "慕容", "司徒", "夏侯", "长孙", "令狐",
)  # fmt: skip
ADDRESSES = (
    "书记", "主席", "主任", "部长", "局长", "市长", "区长", "县长", "厅长", "秘书长", "会长", "理事长", "院长", "校长",
    "处长", "科长", "总经理", "董事长", "经理", "站长", "所长", "队长", "行长", "台长", "社长", "馆长", "政委",
)  # fmt: skip


def session(number: str) -> str:
    """6 -> 第六场; what is no number is kept as it was typed."""
    digits = number.removeprefix("第").removesuffix("场")
    return f"{ordinal(int(digits))}场" if digits.isascii() and digits.isdigit() else f"第{digits}场"


def addressed(name: str, post: str) -> str:
    """李主席: surname and title without 副; the full name where the post has no such title."""
    title = post.split("、")[-1].split("，")[-1]
    found = next((word for word in ADDRESSES if title.endswith(word)), "")
    return surname(name) + found if found and len(name) > 1 else name


def surname(name: str) -> str:
    return name[:2] if name.startswith(COMPOUND_SURNAMES) and len(name) > 2 else name[:1]
