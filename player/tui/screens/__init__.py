"""The screens of the full-screen programs. Each lives in a module of its own.

Doors: `library.LibraryScreen`, `session.SessionScreen`, `preview.PreviewScreen`, `page.Page`.
"""
