"""XML of others, read as it comes and within bounds."""

from cauce.sources.markup.tokens import Bounds, Token, tokens

__all__ = ["Bounds", "Token", "tokens"]
