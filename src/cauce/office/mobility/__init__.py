"""A mechanism of mobility run from the office: cards, devices, events, waits, a worker's own view.

Only whoever runs the mechanism comes in here; to everybody else it is as absent as a page that
never was. Two pages are for others: a card's yes or no, and a worker's own record.
"""
