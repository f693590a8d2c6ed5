"""What the kernel computes, written plainly: to hold it against."""

from __future__ import annotations

import numpy as np
import numpy.typing as npt

from matchers.people.fold import table
from matchers.people.kernel.arrays import UPPER
from matchers.people.mail import POLICE_DOMAINS
from matchers.people.numbers import ENOUGH, Number, Shapes, shape_of


def fold_with_case(text: str) -> tuple[bytes, npt.NDArray[np.bool_]]:
    """The folded text, and for each character whether it was a capital."""
    classes = table()[np.frombuffer(text.encode("utf-32-le", "surrogatepass"), dtype=np.uint32)]
    return (classes & (UPPER - 1)).astype(np.uint8).tobytes(), classes >= UPPER


def is_police(domain: bytes) -> bool:
    """Whether a domain is registered as a police force's (`*.police.uk`)."""
    return domain in POLICE_DOMAINS or any(domain.endswith(b"." + each) for each in POLICE_DOMAINS)


class Known(Shapes):
    """Shapes of enrolled numbers, and how likely a number is one of them."""

    def known(self, parsed: Number) -> bool:
        """Whether a number like this one, in full or by its digits, is enrolled at all."""
        return parsed.shape in self._shapes or (
            bool(parsed.core) and shape_of(0, len(parsed.core), 0) in self._shapes
        )

    def density(self, parsed: Number) -> float:
        """The chance that a number like this one is enrolled: 0 outside the enrolled span."""
        count, low, high = self._shapes.get(parsed.shape, (0, 0, 0))
        if not count:
            return 0.0
        if not parsed.core:
            return float(count / self.span(parsed.shape))
        if count >= ENOUGH and not low <= int(parsed.core) <= high:
            return 0.0
        return min(1.0, count / self.span(parsed.shape))
