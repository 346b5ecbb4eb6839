"""Station 4, say: advice in, card JSON out, in English or Japanese."""
