"""The core is plain Python: it loads and works where Django is not even imported."""

import json
import subprocess
import sys

PROGRAM = """
import importlib, json, pkgutil, sys
import openipt.core
for found in pkgutil.walk_packages(openipt.core.__path__, "openipt.core."):
    importlib.import_module(found.name)
from openipt.core.measures import load_measures, report_line, score
from openipt.core.practice import load_kinds
from openipt.core.protocols import load_variants
from openipt.core.protocols.rules import load_rules
from openipt.core.risk import load_policy
loaded = [load_kinds(), load_rules(), load_variants(), load_policy()]
line = report_line(load_measures()["phq9"], score(load_measures()["phq9"], [1] * 9))
roots = sorted({name.split(".")[0] for name in sys.modules})
print(json.dumps([line, roots]))
"""


def test_the_core_works_without_anything_but_the_standard_library():
    ended = subprocess.run(
        [sys.executable, "-W", "error", "-c", PROGRAM],
        capture_output=True,
        check=False,
        text=True,
        env={"PYTHONPATH": "src"},
    )

    assert ended.stderr == ""
    line, roots = json.loads(ended.stdout)
    assert line == "phq9 9 mild"
    foreign = {"django", "jinja2", "allauth", "cryptography", "msgspec", "numpy"}
    assert foreign.isdisjoint(roots)
