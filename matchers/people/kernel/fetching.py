"""
What is asked soon is fetched ahead: a table larger than the processor's cache answers several questions in the time of one.
"""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

import numba.core.config
from llvmlite import ir  # type: ignore[import-untyped]  # it has no types
from numba.core import types
from numba.core.cgutils import get_item_pointer, get_or_insert_function
from numba.extending import intrinsic

from matchers.people.tables import Array

if TYPE_CHECKING:

    def fetch(array: Array, at: int) -> None:
        """
        Have this place of an array brought near, which takes time, and do not wait for it.

        Nothing else happens, wherever it lies: beyond the end of the array as well.
        """
        ...

elif numba.core.config.DISABLE_JIT:

    def fetch(array, at):
        """Nothing: interpreted code is slower than any memory."""

else:

    @intrinsic
    def fetch(typingctx: Any, array: Any, at: Any) -> Any:
        def code(context: Any, builder: Any, signature: Any, given: Any) -> Any:
            kind = signature.args[0]
            held = context.make_array(kind)(context, builder, given[0])
            byte, number = ir.IntType(8).as_pointer(), ir.IntType(32)
            place = get_item_pointer(context, builder, kind, held, [given[1]])
            place = builder.bitcast(place, byte)
            shape = ir.FunctionType(ir.VoidType(), [byte, number, number, number])
            function = get_or_insert_function(builder.module, shape, "llvm.prefetch.p0")
            # to be read, to be kept in every cache, data
            builder.call(function, [place, number(0), number(3), number(1)])
            return context.get_dummy_value()

        return types.none(array, types.int64), code
