"""Cards that can be checked without a network, and the events that posts and farms record.

Pure: bytes, days and verdicts. Keys sign in `store.log`, which hands over what verifies.
"""
