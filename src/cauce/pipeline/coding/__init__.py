"""The order of coding: train a model, code a file, queue for clerks, take decisions back."""
