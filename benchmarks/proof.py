"""Proving an edited text against ten thousand facts, beside only reading its figures (P9): processor time."""

from _harness import ROUNDS, head, installation, least, row

installation()

import random  # noqa: E402
from decimal import Decimal  # noqa: E402

from tracker.language.figures import recognise  # noqa: E402
from tracker.releases.proof import Ground, Source, prove_text  # noqa: E402

VERBS = (
    "培训",
    "救助",
    "帮扶",
    "发放",
    "建设",
    "组织",
    "资助",
    "安置",
    "改造",
    "新增",
    "服务",
    "走访",
)
KINDS = (
    "农村",
    "城镇",
    "困难",
    "重点",
    "新型",
    "残疾",
    "留守",
    "高龄",
    "失业",
    "返乡",
    "低保",
    "优抚",
)
NOUNS = {"职工": "人", "农民工": "人", "学生": "名", "家庭": "户", "企业": "家", "社区": "个", "场所": "处", "资金": "元", "补贴": "元"}  # fmt: skip
CAMPAIGNS = ("温暖", "阳光", "春风", "希望", "金秋", "筑梦", "同心", "民生")
FACTS, CHARACTERS, FIGURES = 10_000, 8_000, 120


def facts(chance: random.Random) -> tuple[Source, ...]:
    return tuple(_fact(number, chance) for number in range(FACTS))


def _fact(number: int, chance: random.Random) -> Source:
    noun = chance.choice(list(NOUNS))
    name = chance.choice(VERBS) + chance.choice(KINDS) + noun
    programme = f"{chance.choice(CAMPAIGNS)}{chance.choice(KINDS)}行动"
    value = Decimal(chance.randint(11, 99_999))
    return Source(f"e{number}", f"I{number}", name, value, NOUNS[noun], "2020", "3701", (number,), programme=programme, indicator=number)  # fmt: skip


def text_of(sources: tuple[Source, ...], chance: random.Random) -> str:
    """As many figures as were asked for, in sentences that fill the text."""
    sentences = []
    for source in chance.sample(sources, FIGURES):
        sentences.append(
            f"{source.programme}取得实效，全市{source.name}{source.value}{source.unit}。"
        )
    filler = "各级各部门认真落实工作部署，健全机制，压实责任。"
    missing = CHARACTERS - sum(map(len, sentences))
    more = [filler] * (missing // len(filler))
    mixed = sentences + more
    chance.shuffle(mixed)
    return "".join(mixed)


def main() -> None:
    chance = random.Random(1)  # noqa: S311 - the same text in each run
    sources = facts(chance)
    ground = Ground("3701", "2020", sources)
    text = text_of(sources, chance)
    figures = recognise(text).figures
    what = f"{len(text)} characters, {len(figures)} figures, {FACTS} facts"
    head()
    spent = least(lambda: recognise(text), lambda: prove_text(text, ground), ROUNDS)
    row(what, *spent, "300 ms (P9)")


main()
