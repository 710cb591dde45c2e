"""Scores of a coding against gold, and agreement between coders."""

from amity.evaluation.actors import map_actors
from amity.evaluation.agreement import CoderAgreement, FieldAgreement, coder_agreement, krippendorff_alpha
from amity.evaluation.ceilings import CEILING_SOURCE, CODER_AGAINST_ADJUDICATED, CODER_CEILINGS
from amity.evaluation.gold import document_from_json, read_gold
from amity.evaluation.report import DEFAULT_SCORE, Evaluation, ScoreRow, ThresholdRow, evaluate, pool_scores
from amity.evaluation.scoring import Counts, DocumentScores, Match, score_coding

__all__ = [
    "CEILING_SOURCE",
    "CODER_AGAINST_ADJUDICATED",
    "CODER_CEILINGS",
    "DEFAULT_SCORE",
    "CoderAgreement",
    "Counts",
    "DocumentScores",
    "Evaluation",
    "FieldAgreement",
    "Match",
    "ScoreRow",
    "ThresholdRow",
    "coder_agreement",
    "document_from_json",
    "evaluate",
    "krippendorff_alpha",
    "map_actors",
    "pool_scores",
    "read_gold",
    "score_coding",
]
