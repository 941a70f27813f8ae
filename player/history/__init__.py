"""Saves people, their profiles and their sessions on this machine.

Doors: `store.open_store`, `names`, `people`, `journal.Journal`, `interrupted`, `rulings`,
`past.sessions`, `after`, `volume`.
"""
