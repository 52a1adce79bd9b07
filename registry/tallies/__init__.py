"""Counts of what the public looks at, and words that found nothing: coarse, and of nobody.

A page only adds one in the memory of its process: `looked_at(activity_id)`, `missed(words)`. Every
few minutes the counts are handed to the worker, which alone writes them.
"""

from registry.tallies.noting import looked_at, missed

__all__ = ["looked_at", "missed"]
