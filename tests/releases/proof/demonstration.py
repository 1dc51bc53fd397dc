"""A ground as JSON, to prove texts of another installation in this process."""

import json
from dataclasses import asdict
from decimal import Decimal

from tracker.releases.proof import Ground, Source
from tracker.releases.proof.ground import Aim, Kin

# Run inside the installation: prints its ground and the words of its newest release, the annexed table
# among them.
TELL = """
import json
from accounts.models import Region
from tests.releases.proof.demonstration import told
from tracker.catalogue.models import Span
from tracker.releases.models import Release
from tracker.releases.proof import flatten, ground_of
from tracker.releases.recording import document_of
release = Release.objects.latest("pk")
ground = ground_of(release.region, release.span)
print(told(ground, flatten(document_of(release.versions.last())).text))
"""


def told(ground: Ground, text: str) -> str:
    kin = {key: _plain(one) for key, one in ground.kin.items()}
    aims = [[*about, asdict(one)] for about, one in ground.aims.items()]
    return json.dumps(
        {
            "region": ground.region, "span": ground.span, "names": ground.names, "kin": kin, "aims": aims,
            "sources": [asdict(one) for one in ground.sources], "text": text,
        },
        default=str,
    )  # fmt: skip


def _plain(one: Kin) -> dict:
    return {
        name: sorted(value) if isinstance(value, frozenset) else value
        for name, value in asdict(one).items()
    }


def heard(line: str) -> tuple[Ground, str]:
    """The ground and the text that were told."""
    data = json.loads(line)
    sources = tuple(
        Source(**{**row, "value": Decimal(row["value"]), "entries": tuple(row["entries"])})
        for row in data["sources"]
    )
    kin = {
        int(key): Kin(
            **{**row, "wholes": frozenset(row["wholes"]), "not_above": frozenset(row["not_above"])}
        )
        for key, row in data["kin"].items()
    }
    aims = {
        (indicator, region): Aim(**{**row, "value": row["value"] and Decimal(row["value"])})
        for indicator, region, row in data["aims"]
    }
    names = tuple(data["names"])
    return Ground(data["region"], data["span"], sources, kin=kin, aims=aims, names=names), data[
        "text"
    ]
