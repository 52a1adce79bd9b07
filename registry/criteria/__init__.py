"""What clubs are asked, how it is judged, and what comes of it. Pure: content, rules, evaluation.

Imports nothing but the standard library, asks no clock and no database: every function is given
the day it is to think about.
"""
