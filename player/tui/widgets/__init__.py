"""The widgets of the screens. None of them knows about a flow or a store.

Doors: `shown.shown`, `prompt_view.PromptView`, `clock_face.ClockFace`, `figure_view.FigureView`.
"""
