"""What a benchmark finds: a figure and, beside it, the same measured for a reference in the same run."""

from dataclasses import dataclass


@dataclass(frozen=True, kw_only=True)
class Figure:
    """`limit` is the most that the ratio (or the value, where there is no reference) may be."""

    name: str
    value: float
    unit: str
    reference: float | None = None
    reference_name: str = ""
    limit: float | None = None

    @property
    def ratio(self) -> float | None:
        return self.value / self.reference if self.reference else None

    @property
    def is_met(self) -> bool:
        compared = self.value if self.ratio is None else self.ratio
        return self.limit is None or compared <= self.limit

    def __str__(self) -> str:
        words = f"{self.name}: {self.value:.1f} {self.unit}"
        if self.ratio is not None:
            words += f"; {self.reference_name} {self.reference:.1f} {self.unit}; ratio {self.ratio:.2f}"
        if self.limit is not None:
            words += f" (at most {self.limit:g}: {'met' if self.is_met else 'NOT met'})"
        return words
