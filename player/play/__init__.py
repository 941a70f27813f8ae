"""Plays a session: asks the person, judges the answers, plays, and shows the summary.

Doors: `flow.flow`, `requests`, `options.PlayOptions`, `running.Live`, `sound.SessionSound`,
`recording.make_programme`.
"""
