"""Two workers that compile the same material write the same bytes, whatever their hashes are."""

import os
import subprocess
import sys

import pytest

# Run in a process of its own: one line for each kind of document and ending.
TELL = """
import hashlib
import django
django.setup()
from tests.releases.conference import conference
from tracker.documents.formats import render
from tracker.releases.genres import genres
from tracker.releases.wording.voice import Voice
given = conference(seed=7)
for folder, kind in genres().items():
    document = kind.compose(given, Voice(given))
    for ending in ("json", "docx", "txt"):
        print(folder, ending, hashlib.sha256(render(document, ending)).hexdigest())
print("pdf", hashlib.sha256(render(document, "pdf")).hexdigest())
"""


def worker(hash_seed: str) -> subprocess.Popen:
    known = {
        **os.environ,
        "PYTHONHASHSEED": hash_seed,
        "DJANGO_SETTINGS_MODULE": "tracker.settings",
    }
    return subprocess.Popen(
        [sys.executable, "-c", TELL], env=known, stdout=subprocess.PIPE, text=True
    )


@pytest.fixture(scope="module")
def said():
    workers = [worker(seed) for seed in ("0", "1")]
    return [one.communicate(timeout=120)[0].splitlines() for one in workers]


def test_two_workers_write_the_same_bytes(said):
    one, other = said
    assert one == other
    assert len(one) > 20


def test_the_control_shows_that_other_material_gives_other_bytes(said):
    digests = [line.split()[-1] for line in said[0]]
    assert len(set(digests)) == len(digests)
