"""From released observations and declared assumptions to a released outlook.

GSBPM phase 5, process. Start reading at `run.py`: it tells the order; what is computed is computed
in `cauce.outlook`.
"""
