"""Is a notice or a badge true today? What a club may print and show, and what the public asks.

The public part reads cards alone. Nothing here says why a club is not on the list.
"""
