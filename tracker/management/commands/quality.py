"""How good the compiled documents are: every genre with many seeds, measured, nothing kept."""

from argparse import ArgumentParser
from collections.abc import Iterator, Sequence
from dataclasses import replace

from django.core.management.base import BaseCommand, CommandError

from accounts.models import Region
from tracker.catalogue.models import Span
from tracker.catalogue.spans import span_of
from tracker.documents.tree import Document
from tracker.releases.compiling import compose
from tracker.releases.dispatching import span_of_counties
from tracker.releases.genres import Genre, genres
from tracker.releases.proof import Ground, flatten, ground_of, prove_text
from tracker.releases.proof.counties import borne_out
from tracker.releases.quality import Quality, measure, missed
from tracker.releases.snapshot import take

HEAD = "文种\t必写\t错数\t文风/千字\t数/千字\t平均句长\t重复句式\t字数\t未达目标"


class Command(BaseCommand):
    help = "逐文种、逐种子试汇编并量一量：必写、错数、文风、密度、句长、重复句式；不留下任何文稿"

    def add_arguments(self, parser: ArgumentParser) -> None:
        parser.add_argument(
            "--region", default="370100", metavar="代码", help="区划代码，如 370100"
        )
        parser.add_argument("--period", default="2020", metavar="期间", help="如 2020、2020Q4")
        parser.add_argument("--seeds", type=int, default=20, metavar="N", help="每个文种几个种子")
        parser.add_argument("--genres", nargs="*", default=[], metavar="文种", help="只量这些")
        parser.add_argument("--prove", action="store_true", help="每份再对台账校验一遍（较慢）")

    def handle(self, *, region: str, period: str, seeds: int, prove: bool, **options) -> None:
        try:
            place, span = Region.objects.by_code(region), span_of(period)
        except (Region.DoesNotExist, ValueError) as problem:
            raise CommandError(f"没有这个区划或期间：{region} {period}。") from problem
        self.stdout.write(HEAD)
        made: list[Quality] = []
        short = False
        for folder, kind in genres().items():
            if options["genres"] and not {folder, kind.name} & set(options["genres"]):
                continue
            found = list(_measured(kind, place, span, seeds, prove))
            made += found
            short |= self._tell(folder, kind, found)
        hits = 1000 * sum(len(one.hits) for one in made) / max(sum(o.characters for o in made), 1)
        self.stdout.write(f"全部{len(made)}份：文风{hits:.2f}处/千字")
        if short or hits > MOST_HITS:
            raise SystemExit(1)

    def _tell(self, folder: str, kind: Genre, found: Sequence[Quality]) -> bool:
        """The worst of the seeds, and what they miss; is anything missed?"""
        if not found:
            self.stdout.write(f"{kind.name}\t没有可汇编的数据")
            return False
        goals = sorted({goal for one in found for goal in missed(one, folder)})
        said, owed = sum(one.said for one in found), sum(one.owed for one in found)
        density = sorted(one.density for one in found)
        self.stdout.write("\t".join([
            kind.name,
            f"{said}/{owed}",
            str(sum(len(one.wrong) for one in found)),
            f"{max(one.hits_per_1000 for one in found):.2f}",
            f"{density[0]:.1f}-{density[-1]:.1f}",
            f"{min(one.sentence for one in found):.1f}",
            str(max(len(one.repeats) for one in found)),
            str(max(one.characters for one in found)),
            "、".join(goals) or "无",
        ]))  # fmt: skip
        for words in sorted({words for one in found for words in one.wrong}):
            self.stdout.write(f"\t错数：{words}")
        return bool(goals)


MOST_HITS = 0.5


def _measured(
    kind: Genre, region: Region, span: Span, seeds: int, prove: bool
) -> Iterator[Quality]:
    if kind.by_county:
        span = span_of_counties(region) or span
    snapshot = take(
        region, span, [], {}, 0, span.end, is_public=not kind.is_internal, by_county=kind.by_county
    )
    if not snapshot.entries and not snapshot.passages:
        return
    ground = borne_out(ground_of(region, span), snapshot.material.dispatches) if prove else None
    for seed in range(seeds):
        one = replace(snapshot, material=replace(snapshot.material, seed=seed))
        document, _ = compose(kind, one)
        found = measure(document, one, span.end)
        yield found if ground is None else _proved(found, document, ground, kind)


def _proved(found: Quality, document: Document, ground: Ground, kind: Genre) -> Quality:
    flat = flatten(document)
    report = prove_text(
        flat.text, ground, anchors=flat.anchors, vouched=flat.vouched, public=not kind.is_internal
    )
    wrong = [f"{one.figure.raw}（{one.hint}）" for one in report.stops if hasattr(one, "figure")]
    return replace(found, wrong=(*found.wrong, *wrong))
