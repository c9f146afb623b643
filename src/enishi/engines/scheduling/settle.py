"""Equal claims are settled by the lot: nobody keeps a seat that a luckier person could have at the same score."""

from __future__ import annotations

from collections import defaultdict

from .board import Board


def settle(board: Board) -> None:
    """Give seats to luckier people as long as the score stays and every rule holds.

    People are numbered by luck, so each exchange lowers the sum of the numbers seated: it must end. What is left
    can be checked by anyone: in no session could an outsider with a better draw take an insider's seat at the same
    score.
    """
    waiting = list(range(len(board.sitting)))
    while waiting:
        touched: set[int] = set()
        for s in waiting:
            touched |= _settle_session(board, s)
        waiting = sorted(touched)


def _settle_session(board: Board, s: int) -> set[int]:
    touched: set[int] = set()
    changed = bool(board.sitting[s])
    while changed:
        changed = False
        claims = _claims(board, s)
        last = max(board.sitting[s])
        for u in board.able[s]:  # by luck
            if u >= last:
                break
            v = _who_yields(board, u, s, claims)
            if v >= 0:
                board.leave(v, s)
                board.sit(u, s)
                touched.update(board.options[v], board.options[u])
                claims, last, changed = _claims(board, s), max(board.sitting[s]), True
    return touched


def _claims(board: Board, s: int) -> dict[float, list[int]]:
    """The people in s by what their leaving would cost, the unluckiest first."""
    claims = defaultdict(list)
    for v in sorted(board.sitting[s], reverse=True):
        claims[board.loss(v, s)].append(v)
    return claims


def _who_yields(board: Board, u: int, s: int, claims: dict[float, list[int]]) -> int:
    if len(board.visits[u]) >= board.want[u]:
        return -1
    equals = claims.get(board.gain(u, s))
    if not equals or equals[0] < u or not board.is_free(u, s):
        return -1
    for v in equals:
        host_stays = board.host[u] or not board.host[v] or board.hosts_in(s) > 1
        if u < v and host_stays and board.likes(u, s, leaving=v):
            return v
    return -1
