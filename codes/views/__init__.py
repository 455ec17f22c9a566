"""One view a module: validate, ask, render."""
