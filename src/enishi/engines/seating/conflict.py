"""Tell when no plan can keep all the rules: a smallest set that clashes, by name, and the least to give up."""

from __future__ import annotations

from .exact import seatable
from .model import Infeasible, Instance
from .proofs import contradictions
from .relax import least_broken
from .rules import Hall, Rule, hall, rules_of, without_sizes
from .score import SIZE_RULE

SMALL = 12
"""Rounds up to this size are tried out in full at once; larger ones only after a search has failed."""


MANY = 150
"""Clashes of more rules than this (a whole crowd kept apart) are told as found."""
LISTED = 12


def check(instance: Instance, thorough: bool = False) -> None:
    """Raises Infeasible when rules are proved to clash; `thorough`: spend about a second on larger rounds too."""
    seen = set()
    for r in range(instance.rounds):
        one = hall(instance, r)
        rules = rules_of(instance, r)
        shape = (one.people, rules)
        if shape in seen:
            continue
        seen.add(shape)
        if one.people or instance.sizes:
            _check_sizes(one)
        if rules:
            _check_rules(one, rules, thorough or len(one.people) <= SMALL)


def _check_sizes(one: Hall) -> None:
    instance, people = one.instance, len(one.people)
    if instance.sizes and sum(instance.sizes) != people:
        seats = sum(instance.sizes)
        raise Infeasible(
            f"Round {one.r} has {people} people but its tables seat {seats}. These clash: {SIZE_RULE}, "
            f"everyone seated once. Least to give up: change the sizes by {abs(people - seats)}.",
            (SIZE_RULE, "everyone seated once"),
            (f"{SIZE_RULE}: {abs(people - seats)} seats {'more' if people > seats else 'fewer'}",),
        )
    if not instance.sizes and people < instance.least:
        give = f"{SIZE_RULE}: from {people}"
        raise Infeasible(
            f"Round {one.r} has fewer people ({people}) than a table needs ({instance.least}). "
            f"These clash: {SIZE_RULE}, everyone seated once. Least to give up: {give}.",
            (SIZE_RULE, "everyone seated once"),
            (give,),
        )
    if not instance.sizes and not one.fewest * instance.least <= people:
        tables = max(1, people // instance.least)
        most, least = -(-people // tables), people // one.fewest
        give = f"{SIZE_RULE}: tables of up to {most}, or from {least}"
        raise Infeasible(
            f"{people} people cannot sit at tables of {instance.least} to {instance.most} in round {one.r}. "
            f"These clash: {SIZE_RULE}, everyone seated once. Least to give up: {give}.",
            (SIZE_RULE, "everyone seated once"),
            (give,),
        )


def _check_rules(one: Hall, rules: frozenset[Rule], full: bool) -> None:
    core = smallest_clash(one, rules, full)
    if not core:
        return
    names = [rule.name(one.r) for rule in _ordered(core)]
    if _clash(without_sizes(one), core, full) is None:
        names.append(SIZE_RULE)
    up = least_broken(one.instance, one.r, _needless_locks(one, rules, core, full))
    raise Infeasible(
        f"No plan keeps every rule in round {one.r}{_because(one, core)}. These clash: {_listed(names)}. "
        f"Least to give up: {_listed(list(up))}.",
        tuple(names),
        up,
    )


def smallest_clash(one: Hall, rules: frozenset[Rule], full: bool) -> frozenset[Rule]:
    """The smallest clash of those that the proofs lead to; empty where none is known."""
    used = list(contradictions(one, rules))
    if not used and full and seatable(one, rules) is False:
        used = [rules]
    return min((_smallest(one, one_used, full) for one_used in used), key=len, default=frozenset())


def _clash(one: Hall, rules: frozenset[Rule], full: bool) -> frozenset[Rule] | None:
    """Rules proved to clash, or None."""
    used = next(contradictions(one, rules), None)
    if used is None and full and seatable(one, rules) is False:
        return rules
    return used


def _smallest(one: Hall, rules: frozenset[Rule], full: bool) -> frozenset[Rule]:
    """Leave out each rule in turn that the clash does not need: none of what remains can be spared."""
    core = rules
    if len(rules) > MANY:
        return core
    for rule in sorted(rules, key=lambda rule: (-rule.dearness, -rule.a, -rule.b)):
        rest = core - {rule}
        if rest and rule in core:
            smaller = _clash(one, rest, full)
            core = smaller if smaller is not None else core
    return core


def _needless_locks(one: Hall, rules: frozenset[Rule], core: frozenset[Rule], full: bool) -> frozenset[Rule]:
    """Locks to let go, one a clash, while locks are what clashes."""
    given: frozenset[Rule] = frozenset()
    while locks := [rule for rule in core if rule.kind == "lock"]:
        given |= {min(locks, key=lambda rule: (rule.a, rule.b))}
        core = smallest_clash(one, rules - given, full) if rules - given else frozenset()
    return given


def _because(one: Hall, core: frozenset[Rule]) -> str:
    """The reason in a few words where one rule alone is to blame."""
    kinds = {rule.kind for rule in core}
    if kinds == {"host"}:
        able = sum(one.instance.people[p].host for p in one.people)
        return f": {one.fewest} table{'s' if one.fewest > 1 else ''} and {able} who can be host"
    if kinds == {"language"}:
        people = [one.instance.people[p] for p in one.people]
        alone = min(people, key=lambda x: sum(bool(x.languages & y.languages) for y in people))
        others = sum(bool(alone.languages & y.languages) for y in people if y is not alone)
        return f": person {alone.id} shares a language with only {others} others"
    if len(core) == 1 and kinds == {"lock"}:
        return _because_of_a_lock(one, *core)
    return ""


def _because_of_a_lock(one: Hall, lock: Rule) -> str:
    if lock.a not in one.people:
        return f": person {lock.a} does not come" if one.people else ": nobody comes"
    return f": its tables are 0 to {one.tables - 1}" if lock.b >= one.tables > 0 else ""


def _listed(names: list[str]) -> str:
    shown = "; ".join(names[:LISTED])
    return shown if len(names) <= LISTED else f"{shown}; and {len(names) - LISTED} more of this kind"


def _ordered(rules: frozenset[Rule]) -> list[Rule]:
    return sorted(rules, key=lambda rule: (rule.kind, rule.a, rule.b))
