"""What the register gives to other computers: Open Referral UK, OpenActive, and plain files.

Everything here is made from cards and nothing else, and `published.py` alone says which cards
are public now: so every feed and file has the same activities as the pages, at every moment.
"""
