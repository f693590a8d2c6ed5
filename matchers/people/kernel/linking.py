"""
How compiled functions are put together to programs.

numba as it comes optimises each function together with all that it calls, and makes
machine code of it, over again for everything that calls it. Here a function for
compiled code alone is only translated (a `Part`); what Python calls (a `Program`)
is linked with its parts, optimised and made machine code once. The parts are
internal to their program, so that arguments which nothing reads are not passed.
"""

# numba has few types:
# mypy: disable-error-code="no-untyped-call"

from __future__ import annotations

from collections.abc import Iterable, Iterator
from typing import Any, ClassVar
from weakref import WeakValueDictionary

import llvmlite.binding as llvm  # type: ignore[import-untyped]
from numba.core.codegen import JITCodeLibrary
from numba.core.compiler import Compiler, Flags
from numba.core.environment import lookup_environment
from numba.core.runtime.nrt import rtsys
from numba.core.targetconfig import TargetConfig

_ENVIRONMENT = "_ZN08NumbaEnv"


class _Quick(Flags):
    """Options of a compilation. They are compared for every operation in a function: numba's own way takes a tenth of the time."""

    __slots__ = ()

    def __hash__(self) -> int:
        return _HASH  # equal to that of numba's own, which is of the names alone

    def __eq__(self, other: object) -> bool:
        if self is other:
            return True
        if not isinstance(other, TargetConfig):
            return NotImplemented
        return {**_DEFAULTS, **self._values} == {**_DEFAULTS, **other._values}


_DEFAULTS = {name: option.default for name, option in Flags.options.items()}
_HASH = hash(Flags())


class _Library(JITCodeLibrary):
    """What numba calls a library: the code of one function."""

    def add_linking_library(self, library: Any) -> None:
        if library is not rtsys.library:  # numba gives it to all; see `finalize`
            super().add_linking_library(library)

    def environments(self) -> Iterator[tuple[str, Any]]:
        """The Python objects that this code reads, as numba has it: their names and what holds them."""
        for library in _closure([self]):
            for each in library._final_module.global_variables:
                if each.name.startswith(_ENVIRONMENT):
                    found = lookup_environment(each.name)
                    if found is not None:
                        yield each.name, found


class Part(_Library):
    """A function for compiled code alone: not optimised, and no machine code of its own."""

    def finalize(self) -> None:
        """Take in what numba itself has compiled for it; our own functions stay parts."""
        self._raise_if_finalized()
        parts = [each for each in self._linking_libraries if isinstance(each, Part)]
        # numba counts its own functions up in each process: in code that is kept, one
        # name may be two functions. Internal they do not meet.
        _link(self._final_module, set(self._linking_libraries).difference(parts))
        self._linking_libraries = parts
        self._finalize_dynamic_globals()
        for part in parts:
            self._dynamic_globals += part._dynamic_globals
        for function in self._final_module.functions:
            if not function.is_declaration and function.linkage is llvm.Linkage.external:
                function.linkage = llvm.Linkage.linkonce_odr
        self._finalized = True

    def _get_module_for_linking(self) -> Any:
        self._ensure_finalized()
        return self._final_module

    def reduced(self) -> tuple[tuple[str, bytes], ...]:
        """Name and bitcode of this part, and of all that it calls."""
        self._ensure_finalized()
        return tuple((each.name, each._final_module.as_bitcode()) for each in _closure([self]))

    _known: ClassVar[WeakValueDictionary[bytes, Part]] = WeakValueDictionary()  # by their bitcode

    @classmethod
    def rebuilt(cls, codegen: Any, reduced: Iterable[tuple[str, bytes]]) -> Part:
        """The reverse of `reduced`."""
        parts = []
        for name, bitcode in reduced:
            part = cls._known.get(bitcode)
            if part is None:
                part = cls._known[bitcode] = cls(codegen, name)
                part._final_module = llvm.parse_bitcode(bitcode)
                part._finalized = True
            parts.append(part)
        parts[0]._linking_libraries = parts[1:]
        return parts[0]


class Program(_Library):
    """What Python calls, with its parts. `needs`: what it calls of the process around it, by name."""

    needs: tuple[str, ...] = ()
    _bitcode = b""

    def finalize(self) -> None:
        """Link, optimise, and make machine code."""
        self._codegen._check_llvm_bugs()
        self._raise_if_finalized()
        module = self._final_module
        own = {each.name for each in module.global_variables}
        libraries = list(_closure(self._linking_libraries))
        for library in libraries:
            self._reload_init.update(library._reload_init)
            self._dynamic_globals += library._dynamic_globals
        _link(module, libraries)
        if any(each.is_declaration and each.name.startswith("NRT_") for each in module.functions):
            _link(module, [rtsys.library])
        for each in module.global_variables:
            if each.name.startswith(_ENVIRONMENT) and each.name not in own:
                each.linkage = llvm.Linkage.linkonce_odr  # goes if nothing reads it
        passes, builder = self._codegen._module_pass_manager()
        passes.run(module, builder)
        module.verify()
        self._finalize_final_module()
        codegen: Any = self._codegen
        for name, environment in self.environments():
            codegen.set_env(name, environment)
        named = [*module.functions, *module.global_variables]
        needs = {each.name for each in named if each.is_declaration}
        self.needs = tuple(sorted(name for name in needs if not name.startswith("llvm.")))

    def reduced(self) -> tuple[str, tuple[str, ...], bytes, bytes]:
        """Name, what it needs, machine code, and bitcode for programs that contain it."""
        self._ensure_finalized()
        bitcode = super()._get_module_for_linking().as_bitcode()
        return self.name, self.needs, self._get_compiled_object(), bitcode

    @classmethod
    def rebuilt(
        cls, context: Any, reduced: tuple[str, tuple[str, ...], bytes, bytes], door: str
    ) -> Program:
        """
        The reverse of `reduced`. `door`: the name of what Python calls.

        What numba needs to compile, it loads only where the program calls something of that.
        """
        name, needs, machine_code, bitcode = reduced
        if any(llvm.address_of_symbol(each) is None for each in needs):
            context.refresh()
        codegen = context.codegen()
        program = cls(codegen, name)
        program.needs = needs
        program._bitcode = bitcode
        program.enable_object_caching()
        program._set_compiled_object(machine_code)
        program._finalize_final_module()
        codegen._engine._defined_symbols.add(door)
        return program

    def _get_module_for_linking(self) -> Any:
        if self._bitcode and self._shared_module is None:
            # Only here: to parse it takes longer than all else when it is loaded.
            self._shared_module = llvm.parse_bitcode(self._bitcode)
        return super()._get_module_for_linking()


def _link(module: Any, libraries: Iterable[Any]) -> None:
    """Add the code of these libraries; nothing of it is seen from outside."""
    names: set[str] = set()
    for library in libraries:
        added = library._get_module_for_linking()
        names.update(each.name for each in added.functions if not each.is_declaration)
        module.link_in(added, preserve=True)
    for each in module.functions:  # what nothing calls has stayed behind
        if each.name in names:
            each.linkage = llvm.Linkage.internal


def _closure(libraries: Iterable[Any]) -> Iterator[Any]:
    """These libraries and all that they call, each once."""
    seen: set[Any] = set()
    waiting = list(libraries)[::-1]
    while waiting:
        each = waiting.pop()
        if each not in seen:
            seen.add(each)
            each._ensure_finalized()
            yield each
            if isinstance(each, Part):
                waiting += each._linking_libraries[::-1]


class ProgramCompiler(Compiler):
    """numba's compiler, for what Python calls."""

    _library: type[_Library] = Program

    def __init__(
        self,
        typingctx: Any,
        targetctx: Any,
        library: Any,
        args: Any,
        return_type: Any,
        flags: Any,
        locals: Any,  # noqa: A002  # numba's name
    ) -> None:
        quick = _Quick(flags)
        super().__init__(typingctx, targetctx, library, args, return_type, quick, locals)

    def compile_extra(self, func: Any) -> Any:
        state = self.state
        state.library = self._library(state.targetctx.codegen(), func.__qualname__)
        state.library.enable_object_caching()
        return super().compile_extra(func)


class PartCompiler(ProgramCompiler):
    """The same for a function that only compiled code calls."""

    _library = Part

    def compile_extra(self, func: Any) -> Any:
        self.state.flags.no_compile = True
        result: Any = super().compile_extra(func)
        result = result._replace(entry_point=result.library)  # by this its callers find it
        context = self.state.targetctx
        context.insert_user_function(result.entry_point, result.fndesc, [result.library])
        return result
