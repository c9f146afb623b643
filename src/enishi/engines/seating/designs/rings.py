"""Finite fields and their direct products, for any order.

Elements are the numbers 0 … order-1; 0 is zero. A ring of order ∏ pᵢ^eᵢ is the product of the fields GF(pᵢ^eᵢ).
(Lidl & Niederreiter, Finite Fields, 1997; the products as in MacNeish 1922, Annals of Mathematics 23.)
"""

from __future__ import annotations

from functools import cache


def factors(n: int) -> list[tuple[int, int]]:
    """Prime factors of n with their exponents, ascending."""
    found = []
    p = 2
    while p * p <= n:
        e = 0
        while n % p == 0:
            n, e = n // p, e + 1
        if e:
            found.append((p, e))
        p += 1
    if n > 1:
        found.append((n, 1))
    return found


def prime_power(n: int) -> tuple[int, int] | None:
    """(p, e) with n = p^e, or None."""
    found = factors(n)
    return found[0] if len(found) == 1 else None


class Field:
    """GF(p^e) by powers of a primitive element; element x stands for the polynomial of its digits to base p."""

    def __init__(self, p: int, e: int) -> None:
        self.p, self.e, self.order = p, e, int(p**e)
        self.powers, self.logs = _powers(p, e)

    def add(self, x: int, y: int) -> int:
        """x + y."""
        if self.e == 1:
            return (x + y) % self.p
        if self.p == 2:
            return x ^ y
        total, place = 0, 1
        while x or y:
            total += (x + y) % self.p * place
            x, y, place = x // self.p, y // self.p, place * self.p
        return total

    def mul(self, x: int, y: int) -> int:
        """x · y."""
        if not x or not y:
            return 0
        return self.powers[(self.logs[x] + self.logs[y]) % (self.order - 1)]

    def neg(self, x: int) -> int:
        """-x."""
        return self.mul(x, self.powers[(self.order - 1) // 2]) if self.p > 2 else x

    def sub(self, x: int, y: int) -> int:
        """x - y."""
        return self.add(x, self.neg(y))


class Ring:
    """Direct product of fields with `order` elements (a mixed-radix number of its parts)."""

    def __init__(self, order: int) -> None:
        self.order = order
        self.fields = [field(p**e) for p, e in factors(order)]
        self.least = min((f.order for f in self.fields), default=1)

    def parts(self, x: int) -> list[int]:
        """The element's part in each field."""
        found = []
        for f in self.fields:
            x, part = divmod(x, f.order)
            found.append(part)
        return found

    def whole(self, parts: list[int]) -> int:
        """The element with these parts."""
        x = 0
        for f, part in zip(reversed(self.fields), reversed(parts), strict=True):
            x = x * f.order + part
        return x

    def add(self, x: int, y: int) -> int:
        """x + y."""
        pairs = zip(self.fields, self.parts(x), self.parts(y), strict=True)
        return self.whole([f.add(a, b) for f, a, b in pairs])

    def mul(self, x: int, y: int) -> int:
        """x · y."""
        pairs = zip(self.fields, self.parts(x), self.parts(y), strict=True)
        return self.whole([f.mul(a, b) for f, a, b in pairs])

    def spaced(self, k: int) -> list[int]:
        """k elements whose differences can all be divided by; k must not pass the least field."""
        return [self.whole([i] * len(self.fields)) for i in range(k)]


@cache
def field(q: int) -> Field:
    """GF(q). Raises ValueError when q is no prime power."""
    found = prime_power(q)
    if found is None:
        raise ValueError(f"There is no field with {q} elements: give a power of a prime.")
    return Field(*found)


def _powers(p: int, e: int) -> tuple[list[int], list[int]]:
    """Powers of a primitive element and their logarithms, by trying monic polynomials of degree e in turn."""
    order = p**e
    for low in range(1, order):
        powers = _cycle(low, p, e, order) if low % p else None
        if powers is not None:
            logs = [0] * order
            for k, x in enumerate(powers):
                logs[x] = k
            return powers, logs
    raise AssertionError("every finite field has a primitive element")


def _cycle(low: int, p: int, e: int, order: int) -> list[int] | None:
    """1, x, x² … modulo x^e = -(low), or None when x does not run through all the elements but 0."""
    powers, x = [1], 1
    for _ in range(order - 2):
        x = x * low % p if e == 1 else _times_x(x, low, p, order)
        if x == 1 or x == 0:
            return None
        powers.append(x)
    return powers


def _times_x(value: int, low: int, p: int, order: int) -> int:
    top, rest = divmod(value, order // p)
    rest *= p
    total, place = 0, 1
    while rest or low:
        total += (rest % p - top * (low % p)) % p * place
        rest, low, place = rest // p, low // p, place * p
    return total
