"""Small pictures of pictures, made in a child process that limits itself.

`python -m tracker.submissions.thumbnails`: a picture on standard input, a JPEG on standard output.
Only what Pillow has decoded and we have written anew ever reaches a page; places and cameras that
the original names stay in the original.
"""

import sys
from io import BytesIO
from typing import IO

from PIL import Image, ImageOps

from tracker.workbooks.gates import NotAWorkbook
from tracker.workbooks.limits import limit
from tracker.workbooks.sandbox import child

SIZE = (240, 180)
MOST_PIXELS = 160_000_000
FORMATS = ("JPEG", "PNG")
CHUNK = 2**20


def thumbnail_of(upload: IO[bytes]) -> bytes:
    """A JPEG of at most 240 × 180; nothing for what is no picture or too much of one."""
    upload.seek(0)
    try:
        with child(__name__, iter(lambda: upload.read(CHUNK), b"")) as out:
            return out.read()
    except NotAWorkbook:
        return b""
    finally:
        upload.seek(0)


def small(data: bytes) -> bytes:
    Image.MAX_IMAGE_PIXELS = MOST_PIXELS // 2  # Pillow refuses above twice this
    with Image.open(BytesIO(data), formats=FORMATS) as picture:
        picture.draft("RGB", (SIZE[0] * 2, SIZE[1] * 2))
        picture.thumbnail((SIZE[0] * 2, SIZE[1] * 2))
        upright = ImageOps.exif_transpose(picture).convert("RGBA")
    upright.thumbnail(SIZE)
    page = Image.new("RGB", upright.size, "white")
    page.paste(upright, mask=upright.getchannel("A"))
    out = BytesIO()
    page.save(out, "JPEG", quality=80)
    return out.getvalue()


if __name__ == "__main__":
    limit()
    sys.stdout.buffer.write(small(sys.stdin.buffer.read()))
