"""
Many characters at once: what 32 of them (or 16) are, as the bits of a number, the first one the lowest.

The compiler makes vector instructions of it, a tenth of the time that a loop
takes. All of the characters must lie within the array; nobody checks that.
"""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

import numba.core.config
import numpy as np
from llvmlite import ir  # type: ignore[import-untyped]  # it has no types
from numba.core import types
from numba.extending import intrinsic

from matchers.people.tables import Array

WIDTH = 32
SIXTEEN = 16  # characters that `letters_and_digits` looks at
NUMERALS, LOUD = 16, 32  # where its digits begin, and its capitals: letters are lowest
_LOW = 0x7F  # without the bit of capitals

if TYPE_CHECKING:

    def same(cls: Array, at: int, char: int) -> int:
        """Which of WIDTH characters from `at` on are this one."""
        ...

    def any_of(cls: Array, at: int, one: int, two: int, three: int) -> int:
        """Which of WIDTH characters from `at` on are one of these."""
        ...

    def within(cls: Array, at: int, low: int, high: int) -> int:
        """Which of WIDTH characters from `at` on lie in this range, capital or not."""
        ...

    def letters_and_digits(cls: Array, at: int) -> int:
        """Which of SIXTEEN characters from `at` on are letters, which digits, which have the bit of capitals."""
        ...

    def eight(cls: Array, at: int) -> np.uint64:
        """Eight characters from `at` on, little-endian."""
        ...

    def put(cls: Array, at: int, chars: np.uint64) -> None:
        """Write eight characters from `at` on."""
        ...

    def lowest(bits: int) -> int:
        """The place of the lowest bit; there must be one."""
        ...

    def highest(bits: int) -> int:
        """The place of the highest bit; there must be one."""
        ...

    def how_many(bits: int) -> int:
        """How many bits are set."""
        ...

elif numba.core.config.DISABLE_JIT:

    def _packed(flags):
        return int.from_bytes(np.packbits(flags, bitorder="little").tobytes(), "little")

    def same(cls, at, char):
        return _packed(cls[at : at + WIDTH] == char)

    def any_of(cls, at, one, two, three):
        return same(cls, at, one) | same(cls, at, two) | same(cls, at, three)

    def within(cls, at, low, high):
        chars = cls[at : at + WIDTH] & _LOW
        return _packed((chars >= low) & (chars <= high))

    def letters_and_digits(cls, at):
        chars = cls[at : at + SIXTEEN]
        letters = _packed(((chars & _LOW) >= ord("a")) & ((chars & _LOW) <= ord("z")))
        digits = _packed((chars >= ord("0")) & (chars <= ord("9")))
        return letters | digits << NUMERALS | _packed(chars > _LOW) << LOUD

    def eight(cls, at):
        return np.uint64(int.from_bytes(cls[at : at + 8].tobytes(), "little"))

    def put(cls, at, chars):
        cls[at : at + 8] = np.frombuffer(int(chars).to_bytes(8, "little"), dtype=np.uint8)

    def lowest(bits):
        return (int(bits) & -int(bits)).bit_length() - 1

    def highest(bits):
        return int(bits).bit_length() - 1

    def how_many(bits):
        return int(bits).bit_count()

else:
    _BYTE, _NUMBER = ir.IntType(8), ir.IntType(64)

    class _Chars:
        """Some characters of an array as one vector."""

        def __init__(self, context: Any, builder: Any, array: Any, given: Any, width: int) -> None:
            assert array.layout == "C"
            self._build, self._type = builder, ir.VectorType(_BYTE, width)
            data = context.make_array(array)(context, builder, given[0]).data
            place = builder.bitcast(builder.gep(data, [given[1]]), self._type.as_pointer())
            self._all = builder.load(place, align=1)

        def each(self, char: Any) -> Any:
            """The same character in every place."""
            build, width = self._build, self._type.count
            if isinstance(char, int):
                return ir.Constant(self._type, [char] * width)
            none = ir.Constant(self._type, ir.Undefined)
            one = build.insert_element(none, build.trunc(char, _BYTE), ir.IntType(32)(0))
            places = ir.Constant(ir.VectorType(ir.IntType(32), width), [0] * width)
            return build.shuffle_vector(one, none, places)

        def same(self, char: Any) -> Any:
            return self._build.icmp_unsigned("==", self._all, self.each(char))

        def capital(self) -> Any:
            return self._build.icmp_unsigned(">", self._all, self.each(_LOW))

        def within(self, low: Any, high: Any, mask: int) -> Any:
            build, low, high = self._build, self.each(low), self.each(high)
            above = build.sub(build.and_(self._all, self.each(mask)), low)
            return build.icmp_unsigned("<=", above, build.sub(high, low))

        def bits(self, flags: Any) -> Any:
            number = self._build.bitcast(flags, ir.IntType(self._type.count))
            return self._build.zext(number, _NUMBER)

    @intrinsic
    def same(typingctx: Any, cls: Any, at: Any, char: Any) -> Any:
        def code(context: Any, builder: Any, signature: Any, given: Any) -> Any:
            chars = _Chars(context, builder, signature.args[0], given, WIDTH)
            return chars.bits(chars.same(given[2]))

        return types.int64(cls, types.int64, types.int64), code

    @intrinsic
    def any_of(typingctx: Any, cls: Any, at: Any, one: Any, two: Any, three: Any) -> Any:
        def code(context: Any, builder: Any, signature: Any, given: Any) -> Any:
            chars = _Chars(context, builder, signature.args[0], given, WIDTH)
            found = builder.or_(chars.same(given[2]), chars.same(given[3]))
            return chars.bits(builder.or_(found, chars.same(given[4])))

        return types.int64(cls, *[types.int64] * 4), code

    @intrinsic
    def within(typingctx: Any, cls: Any, at: Any, low: Any, high: Any) -> Any:
        def code(context: Any, builder: Any, signature: Any, given: Any) -> Any:
            chars = _Chars(context, builder, signature.args[0], given, WIDTH)
            return chars.bits(chars.within(given[2], given[3], _LOW))

        return types.int64(cls, *[types.int64] * 3), code

    @intrinsic
    def letters_and_digits(typingctx: Any, cls: Any, at: Any) -> Any:
        def code(context: Any, builder: Any, signature: Any, given: Any) -> Any:
            chars = _Chars(context, builder, signature.args[0], given, SIXTEEN)
            found = chars.bits(chars.within(ord("a"), ord("z"), _LOW))
            digits = chars.bits(chars.within(ord("0"), ord("9"), 0xFF))
            found = builder.or_(found, builder.shl(digits, _NUMBER(NUMERALS)))
            capitals = chars.bits(chars.capital())
            return builder.or_(found, builder.shl(capitals, _NUMBER(LOUD)))

        return types.int64(cls, types.int64), code

    def _eight(context: Any, builder: Any, array: Any, given: Any) -> Any:
        assert array.layout == "C"
        data = context.make_array(array)(context, builder, given[0]).data
        return builder.bitcast(builder.gep(data, [given[1]]), _NUMBER.as_pointer())

    @intrinsic
    def eight(typingctx: Any, cls: Any, at: Any) -> Any:
        def code(context: Any, builder: Any, signature: Any, given: Any) -> Any:
            return builder.load(_eight(context, builder, signature.args[0], given), align=1)

        return types.uint64(cls, types.int64), code

    @intrinsic
    def put(typingctx: Any, cls: Any, at: Any, chars: Any) -> Any:
        def code(context: Any, builder: Any, signature: Any, given: Any) -> Any:
            builder.store(given[2], _eight(context, builder, signature.args[0], given), align=1)
            return context.get_dummy_value()

        return types.none(cls, types.int64, types.uint64), code

    @intrinsic
    def lowest(typingctx: Any, bits: Any) -> Any:
        def code(context: Any, builder: Any, signature: Any, given: Any) -> Any:
            return builder.cttz(given[0], ir.IntType(1)(1))

        return types.int64(types.int64), code

    @intrinsic
    def highest(typingctx: Any, bits: Any) -> Any:
        def code(context: Any, builder: Any, signature: Any, given: Any) -> Any:
            return builder.sub(_NUMBER(63), builder.ctlz(given[0], ir.IntType(1)(1)))

        return types.int64(types.int64), code

    @intrinsic
    def how_many(typingctx: Any, bits: Any) -> Any:
        def code(context: Any, builder: Any, signature: Any, given: Any) -> Any:
            return builder.ctpop(given[0])

        return types.int64(types.int64), code
