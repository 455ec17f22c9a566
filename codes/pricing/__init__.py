"""The Medicare payment engine: plain Python and Decimal, exact to the cent, every step shown and cited."""
