"""Asks the safety questions and decides what may be done today.

Doors: `interview.Interview`, `clearance.judge`, `adapt.adapt`, `cleared.admit`,
`stop_list.load_stop_list`.
"""
