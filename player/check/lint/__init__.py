"""The dose rules; each module has one subject.

Doors: `every_rule.lint` runs all rules for the check. `safety.safety_errors` runs the few rules
that a routine must pass to be played.
"""
