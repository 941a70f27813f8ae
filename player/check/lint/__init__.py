"""The dose rules, a file for each subject.

`every_rule` runs all of them for the check; `safety` runs the few that playing needs.
"""
