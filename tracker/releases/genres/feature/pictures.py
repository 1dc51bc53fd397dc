"""The pictures that the editor asked for, numbered in the order in which they are printed."""

from tracker.documents.tree import Image, Ordinal, Section, Text
from tracker.releases.material import Material, Picture
from tracker.releases.patterns.rendering import merged
from tracker.releases.wording.voice import Voice


class Gallery:
    """Hands out one picture after another; a caption without a picture is told to the editor."""

    def __init__(self, material: Material, voice: Voice):
        self.voice, self._left = voice, list(material.pictures)
        self._printed = 0
        there = {one.caption for one in material.pictures}
        for caption in filter(None, map(str.strip, material.setting("图片").split("；"))):
            if caption not in there:
                voice.remark(f"已核定的报送材料里没有说明为“{caption}”的图片。")

    def next(self) -> tuple[Image, ...]:
        """The next picture, none when all are printed."""
        return (self._image(self._left.pop(0)),) if self._left else ()

    def rest(self) -> list[Section]:
        """What found no part of its own."""
        images = []
        while self._left:
            images.append(self._image(self._left.pop(0)))
        return [Section("pictures", None, tuple(images))] if images else []

    def _image(self, picture: Picture) -> Image:
        self._printed += 1
        caption = merged(
            [Ordinal(f"图{self._printed}"), Text("　"), self.voice.words(picture.caption)]
        )
        return Image(picture.source, picture.caption, caption)
