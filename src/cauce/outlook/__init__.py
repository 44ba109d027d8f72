"""What work will need: forecasts, gaps, channels and crises, derived from released numbers alone.

Draws have shape (d, h, c) throughout: d draws, h years ahead, c cells in the order of a `History`.
Everything here is arrays in and arrays out; `pipeline` reads the store and knows the order.
"""
