"""OpenActive: what is on, as two feeds that other sites follow change by change (RPDE 1.0).

An activity is a `SessionSeries`, each of its dates to come a `ScheduledSession` (Modelling
Opportunity Data 2.0). Only what the OpenActive Activity List has a word for is in them, and only
where a price and days are known.
"""
