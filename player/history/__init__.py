"""Saves people, their profiles and their sessions on this machine.

Doors: `store.open_store`, `looking_over.look_over`, `names`, `people`, `journal.Journal`,
`interrupted`, `rulings`, `past.sessions`, `after`, `volume`.
"""
