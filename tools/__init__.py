"""Scripts for the developers of supple."""
