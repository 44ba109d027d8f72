"""The nouns every floor shares. Values only: nothing here computes or touches the world."""
