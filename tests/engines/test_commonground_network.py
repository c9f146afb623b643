"""Columns in, and what is refused; the package's manners."""

import doctest
import re
import subprocess
import sys
from dataclasses import replace
from pathlib import Path

import numpy as np
import pytest
from commonground_reference import crowds, everything
from hypothesis import given, settings

from enishi.engines import commonground
from enishi.engines.commonground import Ground, Kind, Network, Person, Rarity, Stint, mask_of

SMALL = Network.of([Person(5, (Stint(1, 2, 3, 4, 201004, 201203),), ((Kind.REGION, 1),)), Person(6)], met=[(5, 6)])


@settings(max_examples=25, derandomize=True, deadline=None)
@given(crowds(most=6))
def test_what_a_ground_keeps_builds_it_again(people):
    ground = Ground(Network.of(people))
    assert everything(Ground(ground.network()), people) == everything(ground, people)


def test_nothing_hidden_is_kept():
    secret = Person(1, (Stint(site=77, manager=88),), ((Kind.REGION, 99),), frozenset({Kind.SITE, Kind.REGION}))
    kept = Ground(Network.of([secret, Person(2, (Stint(site=66),), opted_out=True)])).network()
    assert kept.site.tolist() == [-1]
    assert kept.manager.tolist() == [88]
    assert kept.fact_value.tolist() == []


@pytest.mark.parametrize(
    ("change", "words"),
    [
        ({"ids": np.array([5, 5])}, "The id 5 stands twice among the people"),
        ({"ids": np.array([-5, 6])}, "The id -5 is negative"),
        ({"ids": np.array([0.5, 6])}, "`ids` holds float64"),
        ({"hidden": np.array([1])}, "`hidden` has 1 rows for 2 people"),
        ({"near": np.array([0, 1 << 11])}, "`near` holds a bit that is no kind"),
        ({"opted_out": np.array([0, 1])}, "`opted_out` must be an array of bool"),
        ({"site": np.array([1, 2])}, "Columns of one table differ in length"),
        ({"site": np.array([-2])}, "`site` holds a value outside -1 to 2147483647"),
        ({"fact_value": np.array([2**31])}, "`fact_value` holds a value outside 0 to 2147483647"),
        ({"stint_person": np.array([2])}, "`stint_person` points outside the 2 people"),
        ({"fact_person": np.array([-1])}, "`fact_person` points outside the 2 people"),
        ({"fact_kind": np.array([1])}, "`fact_kind` holds a kind that is no profile fact"),
        ({"start": np.array([201013])}, "`start` holds 201013, which is no month"),
        ({"start": np.array([201204])}, "Stint 0 ends (201203) before it starts (201204)"),
        ({"met": np.array([5, 6])}, "`met` has the shape (2,)"),
        ({"blocks": np.array([[5, 7]])}, "`blocks` names 7, who is not among the people"),
    ],
)
def test_wrong_columns_are_refused_in_a_sentence(change, words):
    with pytest.raises(ValueError) as refusal:
        replace(SMALL, **change)
    assert str(refusal.value).startswith(words)
    assert ":" in str(refusal.value)  # what to do about it


@pytest.mark.parametrize(
    ("make", "words"),
    [
        (lambda: Stint(site=-1), "The value -1 is outside 0 to 2147483647"),
        (lambda: Stint(start=201213), "201213 is no month"),
        (lambda: Person(1, facts=((Kind.SITE, 1),)), "Kind <Kind.SITE: 1> is no profile fact"),
        (lambda: Person(1, facts=((Kind.REGION, -4),)), "The value -4 is outside 0 to 2147483647"),
        (lambda: Person(-1), "The id -1 is negative"),
        (lambda: Rarity(0, 1), "Rarity(0, 1) is out of range"),
        (lambda: Rarity(4, 17), "Rarity(4, 17) is out of range"),
    ],
)
def test_wrong_people_are_refused_in_a_sentence(make, words):
    with pytest.raises(ValueError) as refusal:
        make()
    assert str(refusal.value).startswith(words)


def test_masks_are_bits_of_kinds():
    assert mask_of([Kind.SITE, Kind.OFFERS]) == 2 | 1 << 10
    assert mask_of([]) == 0


def test_pages_never_wait_for_the_compiler():
    """Asking for one person imports neither numba nor anything of Django."""
    question = (
        "import sys\n"
        "from enishi.engines.commonground import *\n"
        "ground = Ground(Network.of([Person(1, (Stint(site=1),)), Person(2, (Stint(site=1),)), Person(3)]))\n"
        "assert ground.top(1, 3) and ground.between(1, 2).facts and ground.group([1, 2, 3])\n"
        "print([name for name in sys.modules if name.split('.')[0] in ('numba', 'llvmlite', 'scipy', 'django')])\n"
    )
    run = subprocess.run([sys.executable, "-c", question], capture_output=True, text=True, check=True)
    assert run.stdout.strip() == "[]"


def test_without_numba_everybody_is_served_all_the_same(monkeypatch):
    monkeypatch.setattr("enishi.engines.commonground.ground.is_fast", lambda: False)
    ground = Ground(SMALL)
    assert [batch.people.tolist() for batch in ground.every(2)] == [[5, 6]]
    with pytest.raises(ValueError, match="fast=True needs numba, which is not installed"):
        ground.every(2, fast=True)


def test_the_examples_in_the_readme_run():
    readme = Path(commonground.__file__).with_name("README.md")
    examples = "\n".join(re.findall(r"```python\n(.*?)```", readme.read_text(), re.DOTALL))
    test = doctest.DocTestParser().get_doctest(examples, {}, "README.md", str(readme), 0)
    assert test.examples
    assert doctest.DocTestRunner().run(test).failed == 0
