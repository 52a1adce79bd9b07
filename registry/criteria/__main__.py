"""`python -m registry.criteria`: read every edition and say what is wrong with it."""

import sys

from registry.criteria.loading import BadEdition, editions, load_edition, problems


def main() -> int:
    """Print one line for each problem. 0 if there is none."""
    found = 0
    for number in editions():
        try:
            lines = problems(load_edition(number))
        except BadEdition as problem:
            lines = [str(problem)]
        found += len(lines)
        for line in lines:
            sys.stdout.write(f"edition {number}: {line}\n")
        if not lines:
            sys.stdout.write(f"edition {number}: nothing wrong\n")
    return 1 if found else 0


if __name__ == "__main__":
    sys.exit(main())
