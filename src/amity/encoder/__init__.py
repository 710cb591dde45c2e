"""The shipped encoder: sentences → scores of mentions, cues and their arguments, one pass a window."""

from amity.encoder.encoder import Encoder, load_encoder
from amity.encoder.records import ArgumentScore, CueScore, MentionScore, SentenceScores
from amity.encoder.tokenizer import Tokenizer, Word, load_tokenizer

__all__ = [
    "ArgumentScore",
    "CueScore",
    "Encoder",
    "MentionScore",
    "SentenceScores",
    "Tokenizer",
    "Word",
    "load_encoder",
    "load_tokenizer",
]
