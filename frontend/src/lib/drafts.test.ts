import { describe, expect, it } from "vitest";
import { cueInside, guessAct, isSame, missing, positionFrom, recued, reshaped, settled, wordsAt } from "./drafts";
import { Offsets } from "./offsets";
import type { Codebook } from "./types";

const text = "😀 We strongly condemn the Karvena blockade and urge talks.";
const ruler = { text, offsets: new Offsets(text) };
const codebook: Codebook = {
  fields: {}, values: {},
  acts: [
    { act: "endorse", usual_polarity: 1, cues: "welcomes, supports" },
    { act: "criticise", usual_polarity: -1, cues: "condemns, deplores, a judging epithet" },
  ],
};

function made() {
  const start = text.indexOf("We");
  const selection = { start, end: text.indexOf(" and urge") };
  return positionFrom({ selection, ruler, issuers: ["orm"], mentioned: ["orm", "kar"], codebook });
}

describe("a new position", () => {
  it("starts from the issuers, the first other actor and the codebook's cues, in code points", () => {
    const position = made();
    expect(position.holders).toEqual(["orm"]);
    expect(position.targets).toEqual(["kar"]);
    expect([position.act, position.polarity]).toEqual(["criticise", -1]);
    expect(position.evidence[0]?.[0]).toBe(2);
    expect(wordsAt(ruler, position.cue)).toBe("condemn");
    expect(wordsAt(ruler, position.evidence[0] ?? [0, 0])).toBe("We strongly condemn the Karvena blockade");
  });

  it("guesses nothing from words that are no cue", () => {
    expect(guessAct("the river is wide", codebook)).toEqual({ act: "state", polarity: null, cue: null });
    expect(guessAct("the river is wide", null).act).toBe("state");
  });
});

describe("spans", () => {
  it("grow and shrink by a word and keep the cue inside", () => {
    let position = reshaped(made(), "growEnd", ruler);
    expect(wordsAt(ruler, position.evidence[0] ?? [0, 0])).toBe("We strongly condemn the Karvena blockade and");
    for (let step = 0; step < 9; step += 1) position = reshaped(position, "shrinkEnd", ruler);
    expect(wordsAt(ruler, position.evidence[0] ?? [0, 0])).toBe("We");
    expect(position.cue).toEqual(position.evidence[0]);
  });

  it("move the cue by words, never out of the evidence", () => {
    const position = made();
    expect(wordsAt(ruler, recued(position, "earlier", ruler).cue)).toBe("strongly");
    expect(wordsAt(ruler, recued(position, "wider", ruler).cue)).toBe("condemn the");
    const atTheFront = recued(recued(position, "earlier", ruler), "earlier", ruler);
    expect(wordsAt(ruler, recued(atTheFront, "earlier", ruler).cue)).toBe("We");
  });

  it("clip a cue that the evidence cuts", () => {
    expect(cueInside([4, 9], [[0, 6]])).toEqual([4, 6]);
    expect(cueInside([14, 19], [[0, 6]])).toEqual([0, 6]);
    expect(cueInside([2, 5], [[8, 9], [0, 6]])).toEqual([2, 5]);
  });
});

describe("what the codebook allows", () => {
  it("has no sign without a target and no agreement without a concept", () => {
    const draft = { ...made(), targets: [], agreement: 1 as const, concept: "  " };
    expect(settled(draft)).toMatchObject({ polarity: null, agreement: null, concept: null });
    expect(settled({ ...made(), polarity: null }).polarity).toBe(0);
  });

  it("says what is missing", () => {
    expect(missing(made())).toBe("");
    expect(missing({ ...made(), holders: [] })).toMatch(/holder/);
    expect(missing({ ...made(), targets: [] })).toMatch(/target/);
    expect(missing({ ...made(), targets: [], concept: "talks" })).toBe("");
    expect(missing({ ...made(), date: "May 1961" })).toMatch(/1961-05/);
  });

  it("compares what positions say", () => {
    expect(isSame(made(), made())).toBe(true);
    expect(isSame(made(), { ...made(), act: "warn" })).toBe(false);
    expect(isSame(made(), { ...made(), evidence: [[0, 3]] })).toBe(false);
  });
});
