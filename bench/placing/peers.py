"""What else one could do: a first-come form, a greedy from random orders, and OR-Tools CP-SAT on the same model."""

from __future__ import annotations

from collections import defaultdict
from multiprocessing import get_context
from random import Random
from time import perf_counter

from enishi.engines.scheduling import Places, score

Seats = dict[int, tuple[int, ...]]


def first_come(places: Places, seed: int) -> Seats:
    """Everyone takes what is free and liked best, in the order they happen to come; small sessions are called off."""
    order = list(places.people)
    Random(seed).shuffle(order)
    sitting: dict[int, list[int]] = defaultdict(list)
    foes = _foes(places)
    sessions = {s.id: s for s in places.sessions}
    for person in order:
        slots: set[object] = set()
        wishes = sorted(places.eligible(person), key=lambda s: -person.preference.get(s, 0))
        for s in wishes:
            session = sessions[s]
            room = len(sitting[s]) < session.capacity and not foes[person.id] & set(sitting[s])
            if room and len(slots) < person.wanted and session.slot not in slots:
                sitting[s].append(person.id)
                slots.add(session.slot)
    hosts = {p.id for p in places.people if p.host}
    stands = {s: who for s, who in sitting.items() if len(who) >= sessions[s].minimum and hosts & set(who)}
    return {s: tuple(who) for s, who in stands.items()}


def random_greedy(places: Places, seed: int, seconds: float) -> Seats:
    """The same from many random orders with first-timers before the others and hosts first of all; the best kept."""
    end = perf_counter() + seconds
    best: Seats = {}
    worth = -1.0
    chance = Random(seed)
    while perf_counter() < end:
        order = sorted(places.people, key=lambda p: (not p.host, not p.first_timer, chance.random()))
        seats = first_come_in(places, order)
        value = score(places, seats)
        if value > worth:
            best, worth = seats, value
    return best


def first_come_in(places: Places, order: list) -> Seats:
    sitting: dict[int, list[int]] = defaultdict(list)
    foes = _foes(places)
    sessions = {s.id: s for s in places.sessions}
    visits: dict[int, set[object]] = defaultdict(set)
    for turn in range(3):
        for person in order:
            if person.wanted <= turn:
                continue
            able = [
                s
                for s in places.eligible(person)
                if len(sitting[s]) < sessions[s].capacity
                and sessions[s].slot not in visits[person.id]
                and not foes[person.id] & set(sitting[s])
            ]
            if able:
                best = max(able, key=lambda s: (person.host and not sitting[s], person.preference.get(s, 0)))
                sitting[best].append(person.id)
                visits[person.id].add(sessions[best].slot)
    hosts = {p.id for p in places.people if p.host}
    return {s: tuple(who) for s, who in sitting.items() if len(who) >= sessions[s].minimum and hosts & set(who)}


def cp_sat(places: Places, seconds: float) -> tuple[Seats, float, bool, float]:
    """The seats, the bound, whether they are proven and the time, by OR-Tools CP-SAT on one core.

    In a process of its own: its library and highspy's carry the same symbols and cannot share one.
    """
    with get_context("spawn").Pool(1) as pool:
        return pool.apply(_cp_sat, (places, seconds))


def _cp_sat(places: Places, seconds: float) -> tuple[Seats, float, bool, float]:
    from ortools.sat.python import cp_model

    begin = perf_counter()
    model = cp_model.CpModel()
    weights = places.weights
    sessions = {s.id: s for s in places.sessions}
    opened = {s: model.new_bool_var(f"z{s}") for s in sessions}
    x = {(p.id, s): model.new_bool_var(f"x{p.id}_{s}") for p in places.people for s in places.eligible(p)}
    terms = []
    by_session = defaultdict(list)
    hosts = defaultdict(list)
    for person in places.people:
        mine = {s: x[person.id, s] for s in places.eligible(person)}
        if not mine:
            continue
        seated = model.new_bool_var(f"y{person.id}")
        model.add(sum(mine.values()) >= seated)
        model.add(sum(mine.values()) <= person.wanted)
        slots = defaultdict(list)
        for s, var in mine.items():
            slots[sessions[s].slot].append(var)
            by_session[s].append(var)
            if person.host:
                hosts[s].append(var)
            points = weights.extra_seat + weights.preference * person.preference.get(s, 0)
            terms.append(int(points) * var)
        for group in slots.values():
            if len(group) > 1:
                model.add_at_most_one(group)
        terms.append(int(weights.base(person) - weights.extra_seat) * seated)
    for s, session in sessions.items():
        model.add(sum(by_session[s]) <= session.capacity * opened[s])
        model.add(sum(by_session[s]) >= session.minimum * opened[s])
        model.add(sum(hosts[s]) >= opened[s])
    for a, b in places.keep_apart:
        for s in sessions:
            if (a, s) in x and (b, s) in x:
                model.add_at_most_one([x[a, s], x[b, s]])
    model.maximize(sum(terms))
    solver = cp_model.CpSolver()
    solver.parameters.max_time_in_seconds = seconds
    solver.parameters.num_workers = 1
    status = solver.solve(model)
    if status not in (cp_model.OPTIMAL, cp_model.FEASIBLE):
        return {}, solver.best_objective_bound, False, perf_counter() - begin
    seats = defaultdict(list)
    for (person, s), var in x.items():
        if solver.value(var):
            seats[s].append(person)
    found = {s: tuple(who) for s, who in seats.items()}
    return found, solver.best_objective_bound, status == cp_model.OPTIMAL, perf_counter() - begin


def _foes(places: Places) -> dict[int, set[int]]:
    foes: dict[int, set[int]] = defaultdict(set)
    for a, b in places.keep_apart:
        foes[a].add(b)
        foes[b].add(a)
    return foes
