"""The same club again: what each organisation is known by, held against every other record.

Nothing is ever refused by it. A strong match asks for a second signature, and people decide.
"""
