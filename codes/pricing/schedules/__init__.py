"""The price lists beside the physician fee schedule: drugs, laboratory tests, equipment.

A list says of a code what Medicare pays for a billing unit. `listed` holds what such a row is, `kinds` the lists there
are, `price` how a line is priced by one. Whoever reads a list from the database fills `Circumstances.listed`
(`codes/queries/listed_amounts.py`); nothing else in the engine knows which lists there are.
"""
