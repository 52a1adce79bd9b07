"""Lists that a council keeps itself: kinds, support, languages, places, terms, closure days.

Each begins as content that the registry brings along. Once an administrator has changed one, the
database's newest version of it counts; the earlier versions stay. Knows nothing of what is in one.
"""
