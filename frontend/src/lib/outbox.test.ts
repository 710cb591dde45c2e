import { describe, expect, it } from "vitest";
import { Outbox, type Shelf } from "./outbox";

function shelf(): Shelf & { kept: Map<string, string> } {
  const kept = new Map<string, string>();
  return { kept, getItem: (name) => kept.get(name) ?? null, setItem: (name, value) => void kept.set(name, value) };
}

describe("Outbox", () => {
  it("keeps the latest decision on each position, by project, over a reload", () => {
    const store = shelf();
    const outbox = new Outbox(store);
    outbox.put("a", { id: "p1", decision: { verdict: "accepted", revision: 1 } });
    outbox.put("a", { id: "p2", decision: { verdict: "rejected", revision: 1 } });
    outbox.put("a", { id: "p1", decision: { verdict: "rejected", revision: 2 } });
    outbox.put("b", { id: "p9", decision: { verdict: "accepted", revision: 1 } });
    expect(new Outbox(store).list("a").map((each) => [each.id, each.decision.verdict])).toEqual([
      ["p2", "rejected"], ["p1", "rejected"],
    ]);
    outbox.remove("a", "p2");
    expect(outbox.list("a").map((each) => each.id)).toEqual(["p1"]);
    expect(outbox.list("b")).toHaveLength(1);
  });

  it("survives a store that is broken, full or missing", () => {
    const store = shelf();
    store.kept.set("amity-outbox:a", "{not json");
    expect(new Outbox(store).list("a")).toEqual([]);
    const full: Shelf = { getItem: () => null, setItem: () => { throw new Error("full"); } };
    expect(() => new Outbox(full).put("a", { id: "p", decision: { verdict: "accepted", revision: 0 } })).not.toThrow();
    expect(new Outbox(null).list("a")).toEqual([]);
  });
});
