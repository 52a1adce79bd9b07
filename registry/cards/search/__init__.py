"""The index that searches are answered from: one slim row for each place of a card.

What a row says and what a request asks for is decided here in Python, the same for both databases
(`rows`, `cells`, `moments`, `prices`, `asking`); `sqlite` and `postgresql` know how each of them
keeps it and finds it.
"""
