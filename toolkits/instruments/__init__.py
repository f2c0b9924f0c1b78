"""The built-in instruments: one module each, found here, in the order of their codes."""

from functools import cache
from importlib import import_module
from pkgutil import iter_modules

from toolkits.instruments.definition import Instrument


class UnknownInstrument(LookupError):
    """No built-in instrument has this code; the message lists those that exist."""

    def __init__(self, code: str) -> None:
        super().__init__(f"There is no instrument “{code}”. The instruments are: {', '.join(builtin())}.")


@cache
def builtin() -> dict[str, Instrument]:
    """Every built-in instrument by its code."""
    modules = (import_module(f"{__name__}.{info.name}") for info in iter_modules(__path__))
    found = [module.INSTRUMENT for module in modules if hasattr(module, "INSTRUMENT")]
    return {instrument.code: instrument for instrument in sorted(found, key=lambda one: one.code)}


def instrument(code: str) -> Instrument:
    """The built-in instrument with this code.

    :raises UnknownInstrument: there is none
    """
    try:
        return builtin()[code]
    except KeyError:
        raise UnknownInstrument(code) from None
