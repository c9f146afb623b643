"""The example in the README runs as it stands."""

import re
from pathlib import Path

import enishi.engines.facilitation as engine


def test_the_example_runs():
    text = (Path(engine.__file__).parent / "README.md").read_text(encoding="utf-8")
    (example,) = re.findall("```python\n(.*?)```", text, re.DOTALL)
    exec(compile(example, "README.md", "exec"), {})  # noqa: S102
