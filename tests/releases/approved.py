"""What is approved at the beginning of most tests, and compiling of it in one call."""

from tracker.ledger.posting import NumberPosting
from tracker.releases.compiling import compile_release


class Approved:
    def __init__(self, ground, programme, trained, money, year):
        self.ground, self.programme, self.year = ground, programme, year
        self.trained, self.money = trained, money
        self.region = ground.city.region
        self.people = ground.say(trained, "2020", 3221, entered_unit="名", as_of_text="2020年底")
        self.sum = ground.say(money, "2020", 13020000, entered="1302", entered_unit="万元")
        text = "依托培训机构就近开班，大桥村投入40万元。"
        number = NumberPosting(
            start=16,
            end=20,
            raw="40万元",
            value=400000,
            unit="元",
            confirmed_by=ground.people["wang"],
        )
        [self.practice] = ground.post_texts(ground.text(programme, "2020", text, figures=(number,)))

    def compile(self, genre="发布会实录", **fields):
        """A release of 2020; a brief says to whom it goes, as an office has it."""
        if genre == "简报":
            fields.setdefault("settings", {"报": "市委、市政府"})
        span = fields.pop("span", self.year)
        return compile_release(genre, self.region, span, **fields)

    def version(self, genre="发布会实录", **fields):
        return self.compile(genre, **fields).versions.get(number=1)
