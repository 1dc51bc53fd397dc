"""Writing the files of a document against the bare libraries that write the same words."""

from _harness import head, in_turn, installation, row

installation()

import io  # noqa: E402

import docx  # noqa: E402
import typst  # noqa: E402
from _city import Large  # noqa: E402

from tests import factories  # noqa: E402
from tracker.releases.compiling import compile_release  # noqa: E402
from tracker.releases.files import make  # noqa: E402
from tracker.releases.issuing import latest  # noqa: E402
from tracker.review.services import approve  # noqa: E402


def main() -> None:
    large = Large(indicators=60)
    filed = large.filed(large.filled(large.draft(large.cycle(), factories.month(2026, 6))))
    wang = large.people["wang"]
    approve(filed, by=wang, version=filed.version)
    version = latest(compile_release("简报", large.city.region, filed.round.span, by=wang))
    lines = [line for line in make(version, "md").decode().splitlines() if line.strip()]

    def bare_docx() -> None:
        document = docx.Document()
        for line in lines:
            document.add_paragraph(line)
        document.save(io.BytesIO())

    def bare_pdf() -> None:
        source = "\n\n".join("".join(f"\\u{{{ord(char):x}}}" for char in line) for line in lines)
        typst.compile(source.encode(), format="pdf")

    head()
    row("a document as .docx", *in_turn(bare_docx, lambda: make(version, "docx")), "2x (P2)")
    row("a document as .pdf", *in_turn(bare_pdf, lambda: make(version, "pdf")), "2x (P2)")


main()
