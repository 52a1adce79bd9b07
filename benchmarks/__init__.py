"""How fast the register is, measured over a register of any size that nobody has to invent.

`make benchmark` runs all of it and writes RESULTS.md beside this file. Everything here is seeded:
the same sizes give the same activities and the same questions on every machine.
"""
