"""The verdict on each figure, once it is settled what it says and what its words mean."""

import re
from collections.abc import Sequence
from dataclasses import replace
from heapq import nlargest

from tracker.language.qualifiers import Agreement
from tracker.language.reading import FigureInText, Role
from tracker.releases.proof.aims import whose_rate
from tracker.releases.proof.deriving import Derivation, Deriver, Known, holds
from tracker.releases.proof.directions import against_the_pair, opposed
from tracker.releases.proof.foreign import tells_another_act
from tracker.releases.proof.ground import Ground
from tracker.releases.proof.matching import FAINT, Option
from tracker.releases.proof.saying import says, verdict_of
from tracker.releases.proof.settling import Settled
from tracker.releases.proof.slips import hint, said, slip
from tracker.releases.proof.standings import asks_around, is_claim
from tracker.releases.proof.verdicts import Checked, Source, Verdict

_NO_LEDGER = frozenset({Role.CRITERION, Role.DURATION, Role.STRUCTURAL, Role.RANK})
_MEANT_STRONGLY, _MEANT_LIKELY = 700, 300
_RULE = re.compile(r"标准|规定|办法|不低于|不超过|最高|封顶|起付|每人每|每户每")
_OPS = {
    "GROWTH": "增幅", "POINTS": "百分点之差", "SHARE": "占比", "COMPLETION": "完成率", "OVER_TARGET": "超额比例",
    "MULTIPLE": "倍数", "DIFFERENCE": "差额", "PER_HEAD": "人均数", "SUM": "合计", "TARGET": "目标",
    "AGAINST_PLAN": "与序时进度之差", "RANK": "名次", "COUNT": "个数",
}  # fmt: skip


class Judge:
    """Verdicts for one text."""

    def __init__(self, text: str, ground: Ground, settled: Sequence[Settled]):
        self.text, self.ground, self.settled = text, ground, settled
        known = [
            Known(one.choice.figure, one.said.source)
            for one in settled
            if one.said and not one.exchanged
        ]
        self.deriver = Deriver(text, ground, known)
        self.reversed = against_the_pair(text, [one.choice.figure for one in settled])

    def verdicts(self) -> tuple[Checked, ...]:
        return tuple(self._verdict(one) for one in self.settled)

    def _verdict(self, one: Settled) -> Checked:
        figure = one.choice.figure
        derived = self._derivations(one)
        if one.exchanged:
            others = (one.said.source,)
            return Checked(figure, Verdict.MISMATCH, one.exchanged, self._explain(figure, one.exchanged), others)  # fmt: skip
        if one.said:
            return self._said(one, derived)
        strongly = (
            one.meant and one.meant.agreed == Agreement.WRONG and one.meant.words > _MEANT_STRONGLY
        )
        likely = [each for each in derived if each.claimed] if strongly else derived
        return (
            self._derived(figure, likely)
            or self._stale(one)
            or self._claimed(one, derived)
            or self._not_said(one)
        )

    def _derivations(self, one: Settled) -> tuple[Derivation, ...]:
        sentence = one.choice.around.sentence
        named = [option.source for option in one.choice.meant[:4] if option.words >= _MEANT_LIKELY]
        if asks_around(self.text, one.choice.figure):
            named += self._named_at_all(one)
        return self.deriver.of(one.choice.figure, sentence.start, sentence.end, named)

    def _named_at_all(self, one: Settled) -> list[Source]:
        """What the words name, in whatever unit: a rank or a count of counties has another one."""
        names, around = self.ground.facts.names, one.choice.around
        fits = ((names.fit(key, around), str(key), key) for key in names.sharing(around))
        best = nlargest(24, (each for each in fits if each[0] >= _MEANT_LIKELY))
        return [self.ground.by_key[key] for _, _, key in best]

    def _said(self, one: Settled, derived: Sequence[Derivation]) -> Checked:
        figure, option = one.choice.figure, one.said
        if figure.start in self.reversed or opposed(self.text, figure, option.source):
            return Checked(
                figure, Verdict.DIRECTION, option.source, f"方向与台账“{option.source.name}”相反。"
            )
        if figure.role == Role.GROWTH and (wrong := self._pair_denies(one, derived)):
            return wrong
        if one.rivals:
            return Checked(figure, Verdict.AMBIGUOUS, option.source, "不止一项数据是这个数，请选定出处。", one.rivals)  # fmt: skip
        return Checked(figure, verdict_of(figure, option.source, option.agreed), option.source)

    def _pair_denies(self, one: Settled, derived: Sequence[Derivation]) -> Checked | None:
        """A stored rate is wrong here all the same when the two values beside it give another."""
        figure = one.choice.figure
        claims = [each for each in derived if each.claimed and each.source.op == "GROWTH"]
        if not claims or any(holds(figure, each.source) for each in derived):
            return None
        return self._claimed(one, claims)

    def _derived(self, figure: FigureInText, derived: Sequence[Derivation]) -> Checked | None:
        fitting = [one.source for one in derived if holds(figure, one.source)]
        if not fitting:
            return None
        right = [source for source in fitting if not opposed(self.text, figure, source)]
        if not right:
            return Checked(figure, Verdict.DIRECTION, fitting[0], self._computed(fitting[0]))
        verdict = Verdict.VERIFIED if right[0].op == "TARGET" else Verdict.DERIVED
        return Checked(figure, verdict, right[0], self._computed(right[0]))

    def _claimed(self, one: Settled, derived: Sequence[Derivation]) -> Checked | None:
        """The words claim a computation, and it gives another number."""
        figure, meant = one.choice.figure, one.meant
        claims = [
            each.source for each in derived if each.claimed and each.source.unit == figure.unit
        ]
        rate = figure.unit in ("%", "倍", "百分点") or figure.role in (Role.TARGET, Role.RANK)
        if not claims or (meant and meant.words > _MEANT_LIKELY and not rate):
            return None
        words = f"{self._computed(claims[0])}应为{_rounded(claims[0], figure)}。"
        if claims[0].op == "COMPLETION":
            words += whose_rate(figure, self.ground, claims[0].indicator)
        others = [option.source for option in one.choice.meant[:3]]
        return Checked(figure, Verdict.MISMATCH, claims[0], words, (*others, *claims[1:3]))

    def _computed(self, source: Source) -> str:
        return f"按“{source.name}”推算的{_OPS.get(source.op, '数')}"

    def _stale(self, one: Settled) -> Checked | None:
        """A value that stood once, where the words name its fact."""
        figure, facts = one.choice.figure, self.ground.old
        least = max(FAINT, one.meant.words - _MEANT_LIKELY if one.meant else 0)
        for candidate in facts.near(figure):
            old = self.ground.by_key[candidate.key]
            words = facts.names.fit(old.key, one.choice.around)
            if words >= least and says(figure, old) == Agreement.WRITTEN:
                now = self._successor(old)
                tail = f"，现为{said(now)}。" if now else "。"
                return Checked(figure, Verdict.STALE, now or old, f"台账“{old.name}”的这个数{old.standing}{tail}")  # fmt: skip
        return None

    def _successor(self, old: Source) -> Source | None:
        return self.ground.series.get(self.ground.line_of(old), {}).get(old.span)

    def _not_said(self, one: Settled) -> Checked:
        figure, meant = one.choice.figure, one.meant
        if meant and _is_of_another_act(one, meant):
            meant = None
        others = tuple(
            option.source for option in one.choice.meant if not _is_of_another_act(one, option)
        )
        if other := self._other_end(figure):
            return Checked(
                figure, Verdict.MISMATCH, other, self._explain(figure, other), others[:3]
            )
        if _need_not_stand(self.text, figure, meant):
            return Checked(figure, Verdict.NO_LEDGER)
        if one.elsewhere and (meant is None or one.elsewhere.words >= meant.words - FAINT):
            now = meant.source if meant else one.elsewhere.source
            return Checked(
                figure, Verdict.MISMATCH, now, self._where(one.elsewhere.source), others[:4]
            )
        if meant and meant.score >= FAINT and meant.agreed == Agreement.WRONG:
            rest = tuple(source for source in others if source.key != meant.source.key)
            return Checked(figure, Verdict.MISMATCH, meant.source, self._explain(figure, meant.source), rest[:4])  # fmt: skip
        return self._unsupported(one)

    def _unsupported(self, one: Settled) -> Checked:
        """Nothing fits; facts of the same value, which the words do not name, are offered first."""
        alike = [
            option.source for option in one.choice.agreeing if option.agreed == Agreement.WRITTEN
        ]
        meant = [each.source for each in one.choice.meant if not _is_of_another_act(one, each)]
        rank = one.choice.figure.role == Role.RANK
        words = "台账中没有这个名次，也排不出来。" if rank else "台账中没有这个数。"
        if alike:
            words = f"文字没有指明出处；台账“{alike[0].name}”是这个数，如果写的是它，请选定。"
        words += whose_rate(one.choice.figure, self.ground)
        rivals = tuple(dict.fromkeys([*alike[:3], *meant[:3]]))
        return Checked(one.choice.figure, Verdict.UNSUPPORTED, None, words, rivals)

    def _other_end(self, figure: FigureInText) -> Source | None:
        """Of a range whose one end stands in the ledger, the end that this figure should be."""
        if not figure.qualifier.startswith("区间"):
            return None
        ends = (
            one.said.source
            for one in self.settled
            if one.said
            and one.choice.figure is not figure
            and (one.choice.figure.start, one.choice.figure.end) == (figure.start, figure.end)
        )
        for end in ends:
            for other in self.ground.by_programme.get(end.programme, ()):
                if other.qualifier == figure.qualifier and other.unit == end.unit:
                    return other
        return None

    def _explain(self, figure: FigureInText, source: Source) -> str:
        """What the ledger says; and where the wrong number stands, if it stands anywhere near."""
        words = hint(figure, source)
        if slip(figure, source):
            return words
        for other in self.ground.by_indicator.get(source.indicator, ()):
            if other.key != source.key and says(figure, other) == Agreement.WRITTEN:
                return f"{words[:-1]}，{self._where(other)}"
        for candidate in self.ground.facts.near(figure):
            other = self.ground.by_key[candidate.key]
            if other.programme == source.programme and says(figure, other) == Agreement.WRITTEN:
                return f"{words[:-1]}，文中是“{other.name}”的数。"
        return words

    def _where(self, other: Source) -> str:
        if other.region != self.ground.region:
            return f"文中是{other.place}的数。"
        if other.span != self.ground.span:
            return f"文中是{other.span}的数，期间不符。"
        return f"文中是“{other.name}”的数，统计范围不符。"


def _is_of_another_act(one: Settled, option: Option) -> bool:
    """Neither its words nor its number lead from the fact to the figure: it is not what was meant."""
    return not slip(one.choice.figure, option.source) and tells_another_act(
        option.source, one.choice.around
    )


def _need_not_stand(text: str, figure: FigureInText, meant: Option | None) -> bool:
    """Criteria, durations, counts of the text's own parts, ranks that choose (前5名), and standards
    quoted from a rule; not a rank that is claimed (位居第三)."""
    if figure.role == Role.STANDARD:
        clause = re.split("[，；。\n]", text[max(0, figure.start - 40) : figure.start])[-1]
        quoted = _RULE.search(clause + figure.raw)
        return bool(quoted) and not (meant and meant.words > _MEANT_LIKELY)
    if figure.role not in _NO_LEDGER or is_claim(text, figure):
        return False
    if meant is None:
        return True
    if figure.role == Role.STRUCTURAL:
        # 两个方面 is no fact of the ledger, however much is said around it; 四个群体 may be one.
        return (
            text[figure.end : figure.end + 2] not in meant.source.name
            or meant.words <= _MEANT_STRONGLY
        )
    likely = slip(figure, meant.source) and meant.words > _MEANT_LIKELY
    return not (likely or meant.words > _MEANT_STRONGLY)


def _rounded(source: Source, figure: FigureInText) -> str:
    exponent = figure.value.as_tuple().exponent
    digits = max(0, -exponent) if isinstance(exponent, int) else 0
    return said(replace(source, value=round(abs(source.value), digits)))
