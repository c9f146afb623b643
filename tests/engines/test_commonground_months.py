"""Months together, with months that nobody remembers."""

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from enishi.engines.commonground import Overlap
from enishi.engines.commonground.months import check_span, months_together, years_of

EARLY, LATE = 2000, 2003  # years in which the made-up stints lie


def month(number):
    return number // 12 * 100 + number % 12 + 1


exact_spans = st.tuples(st.integers(EARLY * 12, LATE * 12), st.integers(0, 15)).map(
    lambda drawn: (month(drawn[0]), month(drawn[0] + drawn[1]))
)


@settings(derandomize=True, max_examples=100)
@given(st.lists(st.lists(exact_spans, max_size=3), max_size=4))
def test_exact_months_are_counted_one_by_one(people):
    """Against setting up a calendar and counting who was there."""
    count = 0
    for number in range(EARLY * 12, (LATE + 3) * 12):
        now = month(number)
        count += sum(any(start <= now <= end for start, end in spans) for spans in people) >= 2
    assert months_together(people) == Overlap(count, count)


@settings(derandomize=True, max_examples=100)
@given(st.lists(exact_spans, min_size=2, max_size=2), st.lists(st.sampled_from("myu"), min_size=4, max_size=4))
def test_the_truth_lies_between_least_and_most(spans, blurs):
    truth = months_together([[span] for span in spans]).least
    ends = [blurred(end, blur) for end, blur in zip((*spans[0], *spans[1]), blurs, strict=True)]
    found = months_together([[tuple(ends[:2])], [tuple(ends[2:])]])
    assert found.least <= truth
    assert found.most is None or truth <= found.most
    if set(blurs) == {"m"}:
        assert found == Overlap(truth, truth)


def blurred(end, blur):
    return {"m": end, "y": end // 100 * 100, "u": 0}[blur]


@pytest.mark.parametrize(
    ("one", "other", "overlap"),
    [
        ((201004, 201203), (201101, 201512), Overlap(15, 15)),
        ((201004, 201004), (201004, 201004), Overlap(1, 1)),
        ((201004, 201203), (201204, 201303), Overlap(0, 0)),
        ((201000, 201200), (201101, 201112), Overlap(12, 12)),
        ((201000, 201200), (201001, 201212), Overlap(2 + 12, 36)),
        ((201004, 0), (201101, 201112), Overlap(0, 12)),
        ((201104, 0), (201101, 201112), Overlap(1, 9)),
        ((0, 0), (201101, 201112), Overlap(0, 12)),
        ((201104, 0), (201101, 0), Overlap(0, None)),
        ((0, 201004), (201104, 0), Overlap(0, 0)),
    ],
)
def test_unknown_ends_leave_a_range(one, other, overlap):
    assert months_together([[one], [other]]) == overlap
    assert months_together([[other], [one]]) == overlap


@pytest.mark.parametrize(
    ("start", "end", "years"),
    [
        (201004, 201203, (2010, 2013)),
        (201000, 201200, (2010, 2013)),
        (201004, 0, (2010, 2011)),
        (0, 201203, (2012, 2013)),
        (0, 0, (0, 0)),
    ],
)
def test_years_are_those_that_are_certain(start, end, years):
    assert years_of(start, end) == years


@pytest.mark.parametrize(
    ("start", "end", "words"),
    [
        (201013, 0, "201013 is no month"),
        (0, 189912, "189912 is no month"),
        (2010, 0, "2010 is no month"),
        (201104, 201103, "The stint ends (201103) before it starts (201104)"),
        (201200, 201112, "The stint ends (201112) before it starts (201200)"),
    ],
)
def test_what_is_no_span_is_refused(start, end, words):
    with pytest.raises(ValueError) as refusal:
        check_span(start, end)
    assert str(refusal.value).startswith(words)
