"""The encoder and its heads in PyTorch, and the losses of each source of supervision."""

from dataclasses import dataclass
from pathlib import Path

import torch
from safetensors.torch import load_file
from torch import Tensor, nn
from torch.nn import functional as F  # noqa: N812 - its usual name

from amity.encoder.features import FEATURES
from amity.encoder.labels import (
    CUE_FIELDS,
    DISTANCES,
    LONGEST_SPAN,
    RELATIONS,
    SPAN_LABELS,
    SPECIALS,
    TARGET_SIGNS,
)
from training.batches import Batch

WIDTH, LAYERS, HEADS = 384, 6, 12
SPAN, HIDDEN, LOW, ARC, POINTER = 48, 192, 64, 96, 64
ACTOR_LABELS = slice(0, 3)
CONTEXT_LABELS = [0, 1, 2, 5, 6, 7]
"""Span scores that tell the argument head what a candidate is."""


class Layer(nn.Module):
    """One post-norm transformer layer."""

    def __init__(self, dropout: float) -> None:
        super().__init__()
        self.query = nn.Linear(WIDTH, WIDTH)
        self.key = nn.Linear(WIDTH, WIDTH)
        self.value = nn.Linear(WIDTH, WIDTH)
        self.output = nn.Linear(WIDTH, WIDTH)
        self.norm = nn.LayerNorm(WIDTH, eps=1e-12)
        self.up = nn.Linear(WIDTH, 4 * WIDTH)
        self.down = nn.Linear(4 * WIDTH, WIDTH)
        self.norm2 = nn.LayerNorm(WIDTH, eps=1e-12)
        self.dropout = dropout

    def forward(self, x: Tensor, mask: Tensor) -> Tensor:
        batch, length, _ = x.shape

        def split(y: Tensor) -> Tensor:
            return y.view(batch, length, HEADS, WIDTH // HEADS).transpose(1, 2)

        scores = split(self.query(x)) @ split(self.key(x)).transpose(2, 3) * (WIDTH // HEADS) ** -0.5
        attended = (scores + mask).softmax(-1).to(x.dtype) @ split(self.value(x)).to(x.dtype)
        attended = self.output(attended.transpose(1, 2).reshape(batch, length, WIDTH))
        x = self.norm(x + F.dropout(attended, self.dropout, self.training))
        inner = self.down(F.gelu(self.up(x)))
        return self.norm2(x + F.dropout(inner, self.dropout, self.training))


class Encoder(nn.Module):
    """The uncased encoder with an additive embedding of word features."""

    def __init__(self, vocabulary: int = 30522, dropout: float = 0.1) -> None:
        super().__init__()
        self.word = nn.Embedding(vocabulary, WIDTH)
        self.position = nn.Embedding(512, WIDTH)
        self.kind = nn.Parameter(torch.zeros(WIDTH))
        self.features = nn.Linear(len(FEATURES), WIDTH, bias=False)
        self.norm = nn.LayerNorm(WIDTH, eps=1e-12)
        self.layers = nn.ModuleList(Layer(dropout) for _ in range(LAYERS))
        self.dropout = dropout
        nn.init.zeros_(self.features.weight)
        self.word.weight.requires_grad = False

    def forward(self, ids: Tensor, mask: Tensor, features: Tensor) -> Tensor:
        places = torch.arange(ids.shape[1], device=ids.device)
        x = self.word(ids) + self.position(places) + self.kind + self.features(features)
        x = F.dropout(self.norm(x), self.dropout, self.training)
        visible = torch.where(mask, 0.0, -1e4)[:, None, None, :]
        for layer in self.layers:
            x = layer(x, visible)
        return x

    def load_pretrained(self, path: Path) -> None:
        """Fill the weights from the published encoder's file."""
        weights = load_file(path)
        names = {
            "word.weight": "embeddings.word_embeddings.weight",
            "position.weight": "embeddings.position_embeddings.weight",
            "norm.weight": "embeddings.LayerNorm.weight",
            "norm.bias": "embeddings.LayerNorm.bias",
        }
        inner = {
            "query": "attention.self.query",
            "key": "attention.self.key",
            "value": "attention.self.value",
            "output": "attention.output.dense",
            "norm": "attention.output.LayerNorm",
            "up": "intermediate.dense",
            "down": "output.dense",
            "norm2": "output.LayerNorm",
        }
        for place in range(LAYERS):
            for own, theirs in inner.items():
                for each in ("weight", "bias"):
                    names[f"layers.{place}.{own}.{each}"] = f"encoder.layer.{place}.{theirs}.{each}"
        state = {own: weights[theirs] for own, theirs in names.items()}
        state["kind"] = weights["embeddings.token_type_embeddings.weight"][0]
        missing, unexpected = self.load_state_dict(state, strict=False)
        if unexpected or set(missing) != {"features.weight"}:
            raise ValueError(f"the encoder's file lacks {missing} and holds {unexpected}")


class Reader(nn.Module):
    """The encoder with span, cue, argument, evidence, dependency and pair heads."""

    def __init__(self, dropout: float = 0.1) -> None:
        super().__init__()
        self.encoder = Encoder(dropout=dropout)
        labels = len(SPAN_LABELS)
        self.span_start = nn.Linear(WIDTH, labels * SPAN)
        self.span_end = nn.Linear(WIDTH, labels * SPAN)
        self.span_bias = nn.Linear(2 * WIDTH, labels)
        # without it a start pairs as well with the end of another span as with its own
        self.span_gap = nn.Embedding(LONGEST_SPAN, labels)
        self.cue = nn.Linear(2 * WIDTH, HIDDEN)
        self.cue_fields = nn.ModuleDict({name: nn.Linear(HIDDEN, len(v)) for name, v in CUE_FIELDS.items()})
        self.pair_cue = nn.Linear(HIDDEN, HIDDEN)
        self.mention = nn.Linear(2 * WIDTH, HIDDEN)
        self.special = nn.Embedding(len(SPECIALS), HIDDEN)
        self.pair_distance = nn.Embedding(len(DISTANCES) + 1 + len(SPECIALS), HIDDEN)
        self.pair_features = nn.Linear(
            len(FEATURES) + len(CONTEXT_LABELS) + 1 + 3 * len(RELATIONS), HIDDEN, bias=False
        )
        self.low_cue = nn.Linear(HIDDEN, LOW)
        self.low_mention = nn.Linear(HIDDEN, LOW)
        self.pair_out = nn.Linear(HIDDEN + LOW, 1 + len(TARGET_SIGNS))
        self.point_cue = nn.Linear(HIDDEN, 4 * POINTER)
        self.point_start = nn.Linear(WIDTH, 2 * POINTER)
        self.point_end = nn.Linear(WIDTH, 2 * POINTER)
        self.point_distance = nn.Embedding(len(DISTANCES) + 1, 4)
        self.arc_dependent = nn.Linear(WIDTH, ARC)
        self.arc_head = nn.Linear(WIDTH, ARC)
        self.relation = nn.Sequential(
            nn.Linear(2 * WIDTH, HIDDEN), nn.GELU(), nn.Linear(HIDDEN, len(RELATIONS))
        )
        self.directed_p = nn.Linear(2 * WIDTH, HIDDEN)
        self.directed_q = nn.Linear(2 * WIDTH, HIDDEN)
        self.directed_distance = nn.Embedding(len(DISTANCES) + 1, HIDDEN)
        self.directed_out = nn.Linear(HIDDEN, 2)
        self.directed_none = nn.Parameter(torch.zeros(()))
        self.dropout = nn.Dropout(dropout)
        # most words are no span's ends, most candidates no argument
        nn.init.constant_(self.span_bias.bias, -6.0)
        with torch.no_grad():
            self.pair_out.bias.copy_(torch.tensor([-2.5, 3.0, 0.0, 0.0, 0.0]))
        nn.init.zeros_(self.span_gap.weight)
        nn.init.normal_(self.point_distance.weight, std=0.02)
        for table in (self.pair_distance, self.special, self.directed_distance):
            nn.init.normal_(table.weight, std=0.02)
        self.register_buffer("bounds", torch.tensor(DISTANCES), persistent=False)

    def encode(self, batch: Batch, *, half: bool) -> tuple[Tensor, Tensor]:
        """Return the vectors of each word's first and last piece."""
        with torch.autocast("cpu", torch.bfloat16, enabled=half):
            vectors = self.encoder(batch.ids, batch.mask, batch.features)
        vectors = self.dropout(vectors.float())
        index = batch.first[:, :, None].expand(-1, -1, WIDTH)
        last = batch.last[:, :, None].expand(-1, -1, WIDTH)
        return vectors.gather(1, index), vectors.gather(1, last)

    def span_scores(self, start: Tensor, end: Tensor) -> Tensor:
        """Return logits of shape (batch, labels, words, words) for first and last word."""
        batch, words, _ = start.shape
        labels = len(SPAN_LABELS)
        q = self.span_start(start).view(batch, words, labels, SPAN).permute(0, 2, 1, 3)
        k = self.span_end(end).view(batch, words, labels, SPAN).permute(0, 2, 3, 1)
        from_start = F.linear(start, self.span_bias.weight[:, :WIDTH], self.span_bias.bias)
        from_end = F.linear(end, self.span_bias.weight[:, WIDTH:])
        places = torch.arange(words)
        gap = (places[None, :] - places[:, None]).clamp(0, LONGEST_SPAN - 1)
        return (
            q @ k / SPAN**0.5
            + self.span_gap.weight.T[:, gap]
            + from_start.permute(0, 2, 1)[:, :, :, None]
            + from_end.permute(0, 2, 1)[:, :, None, :]
        )

    def trees(self, start: Tensor, part: Tensor) -> tuple[Tensor, Tensor]:
        """Return head scores (batch, dependent, head) and relation logits (batch, words, relations)."""
        scores = self.arc_dependent(start) @ self.arc_head(start).transpose(1, 2) / ARC**0.5
        same = part[:, :, None] == part[:, None, :]
        scores = scores.masked_fill(~same, -1e4)
        soft = scores.softmax(-1) @ start
        return scores, self.relation(torch.cat([start, soft], -1))

    def spans(self, start: Tensor, end: Tensor, index: Tensor) -> Tensor:
        """Return the two end vectors of spans, side by side; `index` holds batch, first and last word."""
        return torch.cat([start[index[:, 0], index[:, 1]], end[index[:, 0], index[:, 2]]], -1)

    def distance(self, a: Tensor, b: Tensor) -> Tensor:
        """Return the class of the signed word distance from spans `a` to spans `b` (first, last)."""
        before, after = b[:, 1] - a[:, 0], b[:, 0] - a[:, 1]
        signed = torch.where(before < 0, before, torch.where(after > 0, after, torch.zeros_like(after)))
        return torch.bucketize(signed, self.bounds)

    def pair_scores(
        self, batch: Batch, state: "State", cue_vectors: Tensor, pairs: Tensor, candidates: Tensor
    ) -> Tensor:
        """Return logits (pairs, 1 + signs) of holder and target for cue and candidate."""
        count = len(SPECIALS)
        cue, number = pairs[:, 0], pairs[:, 1]
        is_special = number < count
        mention = (number - count).clamp(min=0)
        vectors = torch.zeros(len(candidates) or 1, HIDDEN)
        details = torch.zeros(len(pairs), self.pair_features.in_features)
        distance = len(DISTANCES) + 1 + number.clamp(max=count - 1)
        if len(candidates):
            vectors = self.mention(self.spans(state.start, state.end, candidates))
            details, near = self._details(batch, state, pairs, candidates, mention, is_special)
            distance = torch.where(is_special, distance, near)
        vectors = torch.where(
            is_special[:, None], self.special(number.clamp(max=count - 1)), vectors[mention]
        )
        own = cue_vectors[cue]
        hidden = F.gelu(
            self.pair_cue(own) + vectors + self.pair_distance(distance) + self.pair_features(details)
        )
        product = self.low_cue(own) * self.low_mention(vectors)
        return self.pair_out(self.dropout(torch.cat([hidden, product], -1)))

    def _details(
        self,
        batch: Batch,
        state: "State",
        pairs: Tensor,
        candidates: Tensor,
        mention: Tensor,
        is_special: Tensor,
    ) -> tuple[Tensor, Tensor]:
        cues = batch.cues
        where, first, last = candidates.unbind(1)
        words = torch.arange(state.start.shape[1])
        own = batch.features[where, batch.first[where, first]]
        kinds = state.span_logits[where, :, first, last][:, CONTEXT_LABELS].detach().sigmoid()
        same = (batch.part[where, first][mention] == batch.part[cues[:, 0], cues[:, 1]][pairs[:, 0]]).float()
        arcs, relations = state.arcs.detach(), state.relations.detach()
        in_cue = ((words >= cues[:, 1:2]) & (words <= cues[:, 2:3])).float()
        in_mention = ((words >= first[:, None]) & (words <= last[:, None])).float()
        to_cue = torch.einsum("cvw,cw->cv", arcs[cues[:, 0]], in_cue)
        to_cue2 = torch.einsum("cvw,cw->cv", arcs[cues[:, 0]], to_cue * (1 - in_cue))
        to_mention = torch.einsum("kvw,kw->kv", arcs[where], in_mention)
        inside, around = in_mention[mention], in_cue[pairs[:, 0]]
        tied = [
            self._tied(to_cue[pairs[:, 0]] * inside, relations[where[mention]]),
            self._tied(to_cue2[pairs[:, 0]] * inside, relations[where[mention]]),
            self._tied(to_mention[mention] * around, relations[where[mention]]),
        ]
        details = torch.cat([own[mention], kinds[mention], same[:, None], *tied], -1)
        near = self.distance(cues[pairs[:, 0], 1:], candidates[mention, 1:])
        return details * (~is_special[:, None]).float(), near

    @staticmethod
    def _tied(mass: Tensor, relations: Tensor) -> Tensor:
        strength, word = mass.max(-1)
        return strength[:, None] * relations[torch.arange(len(word)), word]

    def pointers(self, batch: Batch, state: "State", cue_vectors: Tensor) -> Tensor:
        """Return logits (4, cues, words): evidence start and end, concept start and end."""
        cues = batch.cues
        query = self.point_cue(cue_vectors).view(-1, 4, POINTER)
        starts = self.point_start(state.start).view(*state.start.shape[:2], 2, POINTER)[cues[:, 0]]
        ends = self.point_end(state.end).view(*state.end.shape[:2], 2, POINTER)[cues[:, 0]]
        keys = torch.stack([starts[:, :, 0], ends[:, :, 0], starts[:, :, 1], ends[:, :, 1]], 1)
        scores = torch.einsum("cfd,cfwd->fcw", query, keys) / POINTER**0.5
        places = torch.arange(state.start.shape[1])
        before, after = places[None] - cues[:, 1:2], places[None] - cues[:, 2:3]
        signed = torch.where(before < 0, before, torch.where(after > 0, after, torch.zeros_like(after)))
        scores = scores + self.point_distance(torch.bucketize(signed, self.bounds)).permute(2, 0, 1)
        same = batch.part[cues[:, 0]] == batch.part[cues[:, 0], cues[:, 1]][:, None]
        allowed = torch.stack([same & (before <= 0), same & (after >= 0), same, same])
        return scores.masked_fill(~allowed, -1e4)

    def directed_scores(self, state: "State", index: Tensor) -> Tensor:
        """Return logits (pairs, 5) in the order of `PAIR_SIGNS`; swapping p and q swaps columns 1, 2 and 3, 4."""
        p, q = index[:, [0, 1, 2]], index[:, [0, 3, 4]]
        forward, backward = self._one_way(state, p, q), self._one_way(state, q, p)
        none = self.directed_none.expand(len(index))
        return torch.stack([none, forward[:, 0], backward[:, 0], forward[:, 1], backward[:, 1]], -1)

    def _one_way(self, state: "State", p: Tensor, q: Tensor) -> Tensor:
        a = self.directed_p(self.spans(state.start, state.end, p))
        b = self.directed_q(self.spans(state.start, state.end, q))
        return self.directed_out(
            self.dropout(F.gelu(a + b + self.directed_distance(self.distance(p[:, 1:], q[:, 1:]))))
        )

    def forward(self, batch: Batch, *, half: bool = True) -> "State":
        start, end = self.encode(batch, half=half)
        span_logits = self.span_scores(start, end)
        arc_scores, relation_logits = self.trees(start, batch.part)
        return State(
            start,
            end,
            span_logits,
            arc_scores.softmax(-1),
            relation_logits.softmax(-1),
            arc_scores,
            relation_logits,
        )


@dataclass(slots=True)
class State:
    """What the heads share: word vectors, span logits, trees."""

    start: Tensor
    end: Tensor
    span_logits: Tensor
    arcs: Tensor
    relations: Tensor
    arc_scores: Tensor
    relation_logits: Tensor


def allowed_spans(batch: Batch) -> Tensor:
    """Return which (first, last) words of each window can be a span: one sentence, in order, not too long."""
    places = torch.arange(batch.words.shape[1])
    gap = places[None, :] - places[:, None]
    same = batch.part[:, :, None] == batch.part[:, None, :]
    return same & batch.words[:, :, None] & batch.words[:, None, :] & (gap >= 0) & (gap < LONGEST_SPAN)


def losses(model: Reader, batch: Batch, *, half: bool = True) -> dict[str, Tensor]:
    """
    Return the losses that a batch supervises, by name.

    Parameters
    ----------
    model : Reader
        In training mode, or not.
    batch : Batch
        Of one source.
    half : bool
        Whether the encoder runs in bfloat16.

    Returns
    -------
    dict of str to Tensor
        Scalars, each a mean.
    """
    state = model(batch, half=half)
    found: dict[str, Tensor] = {}
    if batch.supervised.any():
        found["span"] = _span_loss(state, batch)
    if batch.arcs is not None and batch.relations is not None:
        known = batch.arcs >= 0
        found["arc"] = F.cross_entropy(state.arc_scores[known], batch.arcs[known])
        found["relation"] = F.cross_entropy(state.relation_logits[known], batch.relations[known])
    if len(batch.directed):
        weight = torch.tensor([0.6, 1.0, 1.0, 1.0, 1.0])
        found["directed"] = F.cross_entropy(
            model.directed_scores(state, batch.directed), batch.directed_label, weight=weight
        )
    if len(batch.cues):
        found |= _cue_losses(model, state, batch)
    return found


def _span_loss(state: State, batch: Batch) -> Tensor:
    gold = torch.zeros_like(state.span_logits)
    where, first, last, label = batch.spans.unbind(1)
    gold[where, label, first, last] = 1.0
    counted = allowed_spans(batch)[:, None] & batch.supervised[:, :, None, None]
    loss = F.binary_cross_entropy_with_logits(state.span_logits[counted], gold[counted], reduction="sum")
    return loss / batch.words.sum().clamp(min=1)


def _cue_losses(model: Reader, state: State, batch: Batch) -> dict[str, Tensor]:
    found: dict[str, Tensor] = {}
    vectors = F.gelu(model.cue(model.spans(state.start, state.end, batch.cues)))
    for place, name in enumerate(CUE_FIELDS):
        found[name] = F.cross_entropy(model.cue_fields[name](vectors), batch.fields[:, place])
    candidates, pairs, holder, target = _with_false_candidates(state, batch)
    scores = model.pair_scores(batch, state, vectors, pairs, candidates)
    count = max(len(batch.cues), 1)
    known = holder >= 0
    found["holder"] = (
        F.binary_cross_entropy_with_logits(scores[known, 0], holder[known].float(), reduction="sum") / count
    )
    found["target"] = F.cross_entropy(scores[:, 1:], target, ignore_index=-1, reduction="sum") / count
    points = model.pointers(batch, state, vectors)
    for place, (name, gold) in enumerate(
        (
            ("evidence", batch.evidence[:, 0]),
            ("evidence", batch.evidence[:, 1]),
            ("idea", batch.concept[:, 0]),
            ("idea", batch.concept[:, 1]),
        )
    ):
        if (gold >= 0).any():
            part = F.cross_entropy(points[place], gold, ignore_index=-1)
            found[name] = found[name] + part if name in found else part
    return found


def _with_false_candidates(state: State, batch: Batch) -> tuple[Tensor, Tensor, Tensor, Tensor]:
    """Add spans that the reader wrongly takes for mentions as candidates that are no argument of any cue."""
    likely = (
        state.span_logits[:, ACTOR_LABELS].detach().amax(1).masked_fill(~allowed_spans(batch), -99.0) > -0.5
    )
    gold = batch.candidates
    false = likely.nonzero()[:60]
    if len(false) and len(gold):
        same = false[:, None, 0] == gold[None, :, 0]
        shared = (
            torch.minimum(false[:, None, 2], gold[None, :, 2])
            - torch.maximum(false[:, None, 1], gold[None, :, 1])
            + 1
        )
        false = false[~(same & (shared > 0)).any(1)]
    if not len(false):
        return gold, batch.pairs, batch.holder, batch.target
    cue, wrong = torch.nonzero(batch.cues[:, None, 0] == false[None, :, 0], as_tuple=True)
    extra = torch.stack([cue, wrong + len(SPECIALS) + len(gold)], 1)
    zeros = torch.zeros(len(extra), dtype=torch.int64)
    return (
        torch.cat([gold, false]),
        torch.cat([batch.pairs, extra]),
        torch.cat([batch.holder, zeros]),
        torch.cat([batch.target, zeros]),
    )
