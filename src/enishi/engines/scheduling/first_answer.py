"""A good plan at once: hosts first, then first-timers with the fewest ways, making room by moving others."""

from __future__ import annotations

from heapq import heappop, heappush

from .board import Board


def fill(board: Board) -> None:
    """Seat people on an empty board so that every rule holds."""
    _seat_hosts(board)
    _seat_everyone(board)
    _seat_again(board)
    fill_up(board)


def fill_up(board: Board) -> None:
    """Close what cannot stand, and seat whom there is still room for; every rule holds then."""
    _close_what_cannot_stand(board)
    _seat_everyone(board, only_open=True)
    _seat_again(board, only_open=True)
    _trade_up(board)


def _seat_hosts(board: Board) -> None:
    """A host for each session, the sessions with the fewest first; hosts who need no second seat for it first."""
    hosts = [[p for p in able if board.host[p]] for able in board.able]
    if sum(board.want[p] for p in {p for able in hosts for p in able}) < len(hosts):
        order = _by_need(board)
    else:
        order = sorted(range(len(hosts)), key=lambda s: len(hosts[s]))
    for s in order:
        able = [p for p in hosts[s] if board.may_sit(p, s)]
        if able and len(board.able[s]) >= board.minimum[s]:
            # Of two alike take the one with fewer other ways; the drawn order settles the rest.
            board.sit(max(able, key=lambda p: (board.gain(p, s), -len(board.options[p]), -p)), s)


def _by_need(board: Board) -> list[int]:
    """Where hosts do not suffice for all sessions: first those that give most to people whom no earlier one seats."""
    waiting = list(board.base)

    def seated(s: int) -> list[int]:
        return sorted(board.able[s], key=lambda p: (-waiting[p], len(board.options[p])))[: board.capacity[s]]

    heap = [(-float("inf"), s) for s in range(len(board.able))]
    order: list[int] = []
    while heap:  # what a session gives can only fall, so only the first has to be looked at again
        _, s = heappop(heap)
        worth = -sum(waiting[p] for p in seated(s))
        if heap and worth > heap[0][0]:
            heappush(heap, (worth, s))
            continue
        order.append(s)
        for p in seated(s):
            waiting[p] = 0
    return order


def _seat_everyone(board: Board, *, only_open: bool = False) -> None:
    """One seat each, the heaviest claims first, among them those with the fewest ways."""
    waiting = [p for p, options in enumerate(board.options) if options and not board.visits[p]]
    for p in sorted(waiting, key=lambda p: (-board.base[p], len(board.options[p]), p)):
        if board.want[p] > 0:
            _seat(board, p, only_open=only_open)


def _seat(board: Board, p: int, *, only_open: bool) -> None:
    best, worth = -1, (-1.0, 0.0)
    for s, gain in board.options[p].items():
        if (not only_open or board.sitting[s]) and board.may_sit(p, s):
            room = board.capacity[s] - len(board.sitting[s])
            if (gain, room) > worth:
                best, worth = s, (gain, room)
    if best >= 0 and board.gain(p, best) > 0:
        board.sit(p, best)
    elif best < 0:
        _make_room(board, p, only_open=only_open)


def _make_room(board: Board, p: int, *, only_open: bool) -> bool:
    """Seat p where somebody with a lighter claim sits, or where somebody can move on to a free place."""
    rooms = sorted(t for t in board.rooms if board.sitting[t] or not only_open)
    for s in sorted(board.options[p], key=lambda s: -board.options[p][s]):
        if only_open and not board.sitting[s]:
            continue
        if board.lightest(s) < board.gain(p, s):
            for other in sorted(board.sitting[s]):
                if board.gain(p, s) > board.loss(other, s) and _may_replace(board, p, other, s):
                    board.leave(other, s)
                    board.sit(p, s)
                    return True
        for other in sorted(board.sitting[s]) if rooms else ():
            for t in rooms:
                if t in board.options[other] and board.may_move(other, s, t) and _may_replace(board, p, other, s):
                    board.leave(other, s)
                    board.sit(other, t)
                    board.sit(p, s)
                    return True
    return False


def _may_replace(board: Board, p: int, other: int, s: int) -> bool:
    host_stays = board.host[p] or not board.host[other] or board.hosts_in(s) > 1
    return host_stays and board.may_sit(p, s, leaving=other)


def _seat_again(board: Board, *, only_open: bool = False) -> None:
    """Further seats for those who want several, the best first."""
    wishes = [
        (-gain, p, s)
        for p, options in enumerate(board.options)
        if board.want[p] > 1 and board.visits[p]
        for s, gain in options.items()
        if gain > 0
    ]
    for _, p, s in sorted(wishes):
        if (not only_open or board.sitting[s]) and board.may_sit(p, s):
            board.sit(p, s)


def _close_what_cannot_stand(board: Board) -> None:
    for s in sorted(range(len(board.sitting)), key=lambda s: len(board.sitting[s])):
        if board.stands(s):
            continue
        _call_for_help(board, s)
        if not board.stands(s):
            for p in list(board.sitting[s]):
                board.leave(p, s)


def _call_for_help(board: Board, s: int) -> None:
    """Let people who can be spared elsewhere move over, a host first, until the session stands."""
    for p in sorted(board.able[s], key=lambda p: (not board.host[p], p)):
        if board.hosts_in(s) and len(board.sitting[s]) >= board.minimum[s]:
            return
        if not board.hosts_in(s) and not board.host[p]:
            continue  # without a host nobody else can help
        if board.may_sit(p, s):
            board.sit(p, s)
            continue
        for t in sorted(board.visits[p]):
            if t != s and board.can_spare(p, t) and board.may_move(p, t, s):
                board.leave(p, t)
                board.sit(p, s)
                break


def _trade_up(board: Board) -> None:
    """Everyone goes where they would rather be, if there is room and nobody is missed."""
    for p, options in enumerate(board.options):
        for s in sorted(board.visits[p]):
            better = [t for t in options if options[t] > options[s] and board.sitting[t]]
            for t in sorted(better, key=lambda t: -options[t]):
                if board.can_spare(p, s) and board.may_move(p, s, t):
                    board.leave(p, s)
                    board.sit(p, t)
                    break
