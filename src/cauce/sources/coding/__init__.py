"""Files of coding: titles to learn from, models, answers to be coded, and queues of clerks."""
