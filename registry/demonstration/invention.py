"""Any number of further clubs, for load tests: the written ones over again, under other names."""

from registry.demonstration.clubs import Club


def invented_clubs(count: int, seed: int) -> list[Club]:
    """That many clubs. The same seed makes the same ones."""
    return []
