"""An editor's change of words in one call."""

from tracker.documents.tree import plain
from tracker.releases.drafting.marked import marked
from tracker.releases.drafting.page import page_of
from tracker.releases.drafting.rebuilding import known
from tracker.releases.drafting.saving import save
from tracker.releases.models import Version
from tracker.releases.recording import document_of


def reword(version: Version, old: str, new: str, *, by) -> Version:
    """The next version, in which the first place that says `old` says `new`."""
    document = document_of(version)
    text = marked(page_of(document), known(document).blocks)
    assert old in text, plain(document.title)
    return save(version, text.replace(old, new, 1), by=by)
