"""Regularization: who may apply, when, with which documents, and at what cost."""
