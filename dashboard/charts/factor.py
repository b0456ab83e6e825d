"""How many times as much, as people write it: ×2.4, ×27, ×0.45.

In: a factor. Out: text. Trap: a factor far from 1 has no digits worth writing, and one near it needs two.
"""

from __future__ import annotations


def times(factor: float) -> str:
    """`×2.4`."""
    if factor >= 9.95:
        return f"×{factor:,.0f}"
    return f"×{factor:.1f}" if factor >= 0.95 else f"×{factor:.2f}"
