import { describe, expect, it } from "vitest";
import type { NetworkAnswer } from "../lib/types";
import { inWindow, visibleNetwork } from "./visible";

const actor = (id: string, x: number) => ({ id, name: id, kind: "state" as const, x, y: 0, support_in: 0, opposition_in: 0 });
const edge = (source: string, target: string) => ({ source, target, support: 1, opposition: 0, positions: 1 });
const whole: NetworkAnswer = {
  n_positions: 3, n_documents: 2, n_checked: 1, aspect: 1.4, hidden: 0, blocs: [["a", "b"], ["c"]],
  actors: [actor("a", 0.1), actor("b", 0.2), actor("c", 0.3)], edges: [edge("a", "b"), edge("b", "c")],
};

describe("visibleNetwork", () => {
  it("keeps places of the whole while a part of the time is shown", () => {
    const part = { ...whole, n_positions: 1, actors: [actor("a", 0.9), actor("b", 0.8)], edges: [edge("a", "b")] };
    const shown = visibleNetwork(whole, part, { hidden: new Set(), near: null });
    expect(shown.actors.map((each) => each.x)).toEqual([0.1, 0.2]);
    expect(shown.n_positions).toBe(1);
    expect(shown.blocs).toEqual([["a", "b"]]);
  });

  it("leaves out hidden actors with their ties", () => {
    const shown = visibleNetwork(whole, null, { hidden: new Set(["c"]), near: null });
    expect(shown.actors.map((each) => each.id)).toEqual(["a", "b"]);
    expect(shown.edges).toHaveLength(1);
  });

  it("narrows to an actor and its neighbours", () => {
    const shown = visibleNetwork(whole, null, { hidden: new Set(), near: "a" });
    expect(shown.actors.map((each) => each.id)).toEqual(["a", "b"]);
  });
});

describe("inWindow", () => {
  it("takes the narrower bound", () => {
    const window = { since: "1960", until: "1964", label: "" };
    expect(inWindow(new URLSearchParams("acts=warn"), window).toString()).toBe("acts=warn&since=1960&until=1964");
    expect(inWindow(new URLSearchParams("since=1962-05&until=1970"), window).toString()).toBe("since=1962-05&until=1964");
    expect(inWindow(new URLSearchParams("since=1962"), null).toString()).toBe("since=1962");
  });
});
