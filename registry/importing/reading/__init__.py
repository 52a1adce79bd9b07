"""Reading files that somebody sends: what each is, and its rows one after another.

Whatever a file holds, it is read in constant memory, nothing in it is run, and what is wrong with
it is said in a sentence that tells what to do.
"""

__all__ = ["BrokenFile"]


class BrokenFile(Exception):
    """The file cannot be read at all, or not to its end. Its text says why and what to do."""
