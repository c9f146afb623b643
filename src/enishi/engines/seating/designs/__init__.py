"""Known designs: seatings in which no two people meet twice, built by algebra and not by search.

Every builder takes `tables` (how many), `seats` (people a table) and `wanted` (rounds) and gives a list of at most
`wanted` rounds over the points 0 … tables·seats-1; the empty list where it has nothing to offer.
`best.design` asks them all.
"""
