"""Lists of terms that others share: ours as they know them, theirs as ours lead to them.

Ours are made of what clubs choose from. Those of others come along as content (the categories of
the Department for Education) or from a file that a council loads. Standard: Open Referral UK
taxonomies, and domain E.1.
"""
