"""The demonstration: an invented county whose totals are those that a real council and the Department published.

Every school, provider, adult and child is invented. Chance is repeatable: the same day gives the same rows.
"""
