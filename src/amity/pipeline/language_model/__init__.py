"""A language model behind an OpenAI-compatible endpoint as a reader; asked only where the user has named the endpoint."""

from amity.pipeline.language_model.reader import Estimate, LanguageModel
from amity.pipeline.language_model.settings import KEY_VARIABLE, LanguageModelSettings

__all__ = ["KEY_VARIABLE", "Estimate", "LanguageModel", "LanguageModelSettings"]
