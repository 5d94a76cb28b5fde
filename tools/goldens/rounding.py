"""From an interval to the one float64 that it rounds to."""

import math

# The least exponent of a float64's last place, and the width of its significand.
LAST_PLACE = -1074
SIGNIFICAND = 53


def nearest_float64(sign, significand, exponent):
    """The float64 nearest to ±significand·2^exponent, ties to even; a zero is +0."""
    place = max(exponent + significand.bit_length() - SIGNIFICAND, LAST_PLACE)
    drop = place - exponent
    if drop > significand.bit_length():
        # Less than half of the last place, and perhaps by more digits than fit in memory.
        return 0.0
    if drop <= 0:
        kept = significand << -drop
    else:
        half = 1 << (drop - 1)
        kept, rest = divmod(significand, half << 1)
        if rest > half or (rest == half and kept % 2 == 1):
            kept += 1
    if kept == 0:
        return 0.0
    try:
        magnitude = math.ldexp(kept, place)
    except OverflowError:
        magnitude = math.inf
    return -magnitude if sign else magnitude


def decided_float64(interval):
    """The float64 that all numbers of an interval round to; None where there is more than one."""
    lower, upper = (
        nearest_float64(sign, int(significand), int(exponent))
        for sign, significand, exponent, _ in interval
    )
    return lower if lower == upper else None
