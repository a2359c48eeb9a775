"""Train the phone head from nothing: speech with known times, features, training, re-alignment, figures."""
