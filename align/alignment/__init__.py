"""Where in the audio each token is: what of the text was heard, and exact times for it."""
