"""Two records that may be one club: what a senior makes of a match, and putting them together."""
