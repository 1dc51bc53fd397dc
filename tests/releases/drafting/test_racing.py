"""At the same moment: of two who save, one has to merge; of two windows, one has to choose."""

import json
import os

RACES = int(os.environ.get("SHIJI_RACES", "8"))


def told(installation, count, planted=False):
    script = f"from tests.releases.drafting.racing import report; report({count}, {planted})"
    return json.loads(installation.run(script).splitlines()[-1])


def test_nobody_is_overwritten(installation):
    races = told(installation, RACES)
    assert races["saved"] == [{"outcomes": ["Stale", "done"], "versions": 2}] * RACES
    assert races["kept"] == [{"outcomes": ["Elsewhere", "done"], "serial": 2}] * RACES


def test_a_save_that_does_not_look_again_is_seen(installation):
    races = told(installation, 3, planted=True)["saved"]
    assert [race for race in races if race["outcomes"] != ["Stale", "done"]] != []
