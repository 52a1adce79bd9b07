"""Taking in what somebody else has kept of clubs: a file, or a feed of open data.

What comes in waits in rows of its own until a person has read the report. Then all of it becomes
drafts, or none of it. A draft is never public: that takes a self-check that the council has read.
"""
