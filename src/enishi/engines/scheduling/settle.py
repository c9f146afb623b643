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
    change = bool(board.sitting[s])
    while change:
        change = False
        claims = defaultdict(list)
        for v in sorted(board.sitting[s], reverse=True):
            claims[board.loss(v, s)].append(v)
        for u in sorted(board.able[s]):
            v = _who_yields(board, u, s, claims)
            if v >= 0:
                board.leave(v, s)
                board.sit(u, s)
                touched.update(board.options[v], board.options[u])
                change = True
                break
    return touched


def _who_yields(board: Board, u: int, s: int, claims: dict[float, list[int]]) -> int:
    if u in board.sitting[s] or len(board.visits[u]) >= board.want[u] or not board.is_free(u, s):
        return -1
    for v in claims.get(board.gain(u, s), ()):
        host_stays = board.host[u] or not board.host[v] or board.hosts_in(s) > 1
        if u < v and host_stays and board.likes(u, s, leaving=v):
            return v
    return -1
