"""The one engine of every frame: what is asked is data, what follows says why, unknown stays so."""
