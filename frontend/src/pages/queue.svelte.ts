// The queue: positions a page at a time, in the chosen order, one of them in front.

import { api } from "../lib/api";
import type { NewPosition } from "../lib/api";
import { isSame, type Ruler } from "../lib/drafts";
import { mentionedIn } from "../lib/complete";
import { Offsets } from "../lib/offsets";
import { PositionSet, isOpen } from "../lib/positions.svelte";
import { session } from "../lib/session.svelte";
import type { DocumentDetail, Position, PositionRow } from "../lib/types";
import { sentenceAt } from "../lib/words";

const PAGE = 60;
const AHEAD = 12;

export class Queue {
  readonly set = new PositionSet();
  total = $state(0);
  current = $state<string | null>(null);
  isLoading = $state(true);
  problem = $state("");
  isHistoryOpen = $state(false);
  detail = $state.raw<DocumentDetail | null>(null);
  readonly row = $derived(this.current === null ? null : (this.set.byId.get(this.current) ?? null));
  readonly left = $derived(this.total - this.set.rows.filter((row) => !isOpen(row)).length);
  #filter = new URLSearchParams();
  #order = "document";
  #isWhole = false;
  #round = 0;

  /** Reads the first page anew; the position in front stays there if it is still in the queue. */
  async open(filter: URLSearchParams, order: string, wanted: string | null): Promise<void> {
    this.#filter = filter;
    this.#order = order;
    this.#isWhole = false;
    this.isLoading = true;
    const round = (this.#round += 1);
    try {
      const page = await session.fresh(() => api.positions(filter, { order, limit: PAGE, offset: 0 }));
      if (round !== this.#round) return;
      this.set.rows = page.rows;
      this.total = page.total;
      this.#isWhole = page.rows.length >= page.total;
      const kept = wanted !== null && page.rows.some((row) => row.position.id === wanted) ? wanted : null;
      this.current = kept ?? page.rows.find(isOpen)?.position.id ?? page.rows[0]?.position.id ?? null;
      this.problem = "";
    } catch (error) {
      if (round === this.#round) this.problem = error instanceof Error ? error.message : String(error);
    } finally {
      if (round === this.#round) this.isLoading = false;
    }
  }

  /** Fetches the next page before the end is reached. */
  async #fill(): Promise<void> {
    const { rows } = this.set;
    const place = rows.findIndex((row) => row.position.id === this.current);
    if (this.#isWhole || rows.length - place > AHEAD) return;
    const round = this.#round;
    // Positions that were decided here have left the server's list of unchecked ones.
    const onlyOpen = this.#filter.getAll("states").join() === "suggested";
    const offset = onlyOpen ? rows.filter(isOpen).length : rows.length;
    const page = await api.positions(this.#filter, { order: this.#order, limit: PAGE, offset });
    if (round !== this.#round) return;
    const known = this.set.byId;
    const fresh = page.rows.filter((row) => !known.has(row.position.id));
    this.#isWhole = fresh.length === 0;
    this.set.rows = [...this.set.rows, ...fresh];
  }

  go(id: string | null): void {
    this.current = id;
    this.detail = null;
    void this.#fill().catch((error: unknown) => session.complain(error));
  }

  step(by: 1 | -1, onlyOpen = false): void {
    const { rows } = this.set;
    const place = rows.findIndex((row) => row.position.id === this.current);
    for (let at = place + by; at >= 0 && at < rows.length; at += by) {
      const row = rows[at];
      if (row && (!onlyOpen || isOpen(row))) return this.go(row.position.id);
    }
    if (by > 0) session.say("This is the end of the queue.");
  }

  decide(verdict: "accept" | "reject"): void {
    const id = this.current;
    if (id === null) return;
    void this.set[verdict](id);
    this.step(1, true);
  }

  /** Fetches the document, whose words the form needs. */
  async edit(): Promise<void> {
    const { row } = this;
    if (!row) return;
    try {
      const detail = await api.document(row.document_id);
      if (this.current === row.position.id) this.detail = detail;
    } catch (error) {
      session.complain(error);
    }
  }

  async record(draft: NewPosition): Promise<void> {
    const { row } = this;
    this.detail = null;
    if (!row) return;
    const { id, score } = row.position;
    if (isSame(draft, row.position)) return this.decide("accept");
    await this.restore({ ...draft, id, score });
    this.step(1, true);
  }

  async restore(position: Position): Promise<void> {
    const id = this.current;
    if (id === null) return;
    const becomes = await this.set.edit(id, { ...position, id });
    if (this.current === id) this.current = becomes;
  }
}

/** What the form asks of a document. */
export function deskOf(detail: DocumentDetail, row: PositionRow): { ruler: Ruler; near: string[] } {
  const offsets = new Offsets(detail.text);
  const first = row.position.evidence[0] ?? [0, 0];
  const sentence = sentenceAt(detail.text, offsets.toUnits(first[0]));
  const mentioned = mentionedIn(detail.mentions, offsets.toPoints(sentence.start), Math.max(offsets.toPoints(sentence.end), first[1]));
  return { ruler: { text: detail.text, offsets }, near: [...new Set([...mentioned, ...detail.issuers])] };
}
