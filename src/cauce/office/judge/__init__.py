"""The office's judgements: pages made from the registers, of what their reader may see."""
