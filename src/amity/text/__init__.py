"""From a string to spans: encodings, offsets, languages, sentences and tokens."""
