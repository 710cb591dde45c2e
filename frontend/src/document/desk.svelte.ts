// The desk of one document: what is selected, where the word cursor stands, what is being written.

import type { NewPosition } from "../lib/api";
import { mentionedIn } from "../lib/complete";
import { isSame, positionFrom, reshaped, type Ruler, type SpanStep } from "../lib/drafts";
import { Offsets } from "../lib/offsets";
import { PositionSet, isOpen, startOf } from "../lib/positions.svelte";
import { cycle } from "../lib/segments";
import { session } from "../lib/session.svelte";
import type { DocumentDetail, Position } from "../lib/types";
import { sentenceAt, sentenceStep, wordAfter, wordAt, wordBefore, type Span } from "../lib/words";

const SPAN_PAUSE_MS = 700;

export class Desk {
  readonly set = new PositionSet();
  detail: DocumentDetail | null = null;
  ruler: Ruler = { text: "", offsets: new Offsets("") };
  selected = $state<string | null>(null);
  cursor = $state.raw<Span | null>(null);
  /** Whether the cursor was moved by key, so that the text follows it. */
  isTouched = $state(false);
  mode = $state<"check" | "edit" | "new">("check");
  draft = $state.raw<NewPosition | null>(null);
  isHistoryOpen = $state(false);
  showsRejected = $state(false);
  /** Positions at the place that was clicked or cycled last. */
  here = $state.raw<string[]>([]);
  /** The selected position where it is a rejected one; so that moving on changes nothing else. */
  readonly #rejected = $derived(this.selected !== null && this.set.byId.get(this.selected)?.state === "rejected" ? this.selected : null);
  readonly visible = $derived(this.showsRejected ? this.set.rows : this.set.rows.filter((row) => row.state !== "rejected" || row.position.id === this.#rejected));
  #anchor: Span | null = null;
  #head: Span | null = null;
  #pause: ReturnType<typeof setTimeout> | undefined;

  select(id: string | null): void {
    this.#recordSpans();
    this.selected = id;
    this.isTouched = false;
    this.cursor = this.#head = this.#anchor = null;
    this.mode = "check";
    this.draft = null;
    this.here = id === null ? [] : this.#at(id);
  }

  firstOpen(): string | null {
    return this.set.rows.find(isOpen)?.position.id ?? this.set.rows[0]?.position.id ?? null;
  }

  /** The next or previous position in reading order. */
  step(by: 1 | -1, onlyOpen = false): boolean {
    const { rows } = this.set;
    let place = rows.findIndex((row) => row.position.id === this.selected);
    if (place < 0) place = this.#placeOfCursor(by);
    for (let at = place + by; at >= 0 && at < rows.length; at += by) {
      const row = rows[at];
      if (!row || (onlyOpen ? !isOpen(row) : row.state === "rejected" && !this.showsRejected)) continue;
      this.select(row.position.id);
      return true;
    }
    if (onlyOpen) session.say(by > 0 ? "No suggestion is left further down." : "No suggestion is left further up.");
    return false;
  }

  #placeOfCursor(by: 1 | -1): number {
    const at = this.ruler.offsets.toPoints(this.cursor?.start ?? 0);
    const place = this.set.rows.findIndex((row) => startOf(row) >= at);
    if (place < 0) return by > 0 ? this.set.rows.length - 1 : this.set.rows.length;
    return by > 0 ? place - 1 : place;
  }

  decide(verdict: "accept" | "reject"): boolean {
    const id = this.selected;
    if (id === null) return false;
    this.#recordSpans();
    void this.set[verdict](id);
    this.step(1, true);
    return true;
  }

  edit(): boolean {
    if (this.selected === null) return false;
    this.#recordSpans();
    this.mode = "edit";
    return true;
  }

  /** A new position from the selected words, else from the sentence at the cursor. */
  add(): boolean {
    const { text, offsets } = this.ruler;
    const at = this.cursor;
    const selection = at && at.end > at.start ? at : null;
    if (!selection || !this.detail) {
      session.say("Select words first: with the mouse, or with → and ⇧→; x selects the sentence.");
      return true;
    }
    this.#recordSpans();
    this.selected = null;
    const mentioned = mentionedIn(this.detail.mentions, offsets.toPoints(selection.start), offsets.toPoints(selection.end));
    this.draft = positionFrom({ selection, ruler: { text, offsets }, issuers: this.detail.issuers, mentioned, codebook: session.codebook });
    this.mode = "new";
    return true;
  }

  leave(): void {
    this.mode = "check";
    this.draft = null;
  }

  async record(position: NewPosition): Promise<void> {
    const id = this.selected;
    const row = id === null ? null : this.set.byId.get(id);
    const { detail } = this;
    if (!detail) return;
    const isNew = this.mode === "new";
    this.leave();
    this.cursor = null;
    if (isNew || !row || id === null) {
      const added = await this.set.add(detail.id, position);
      if (added) this.select(added);
      return;
    }
    if (isSame(position, row.position)) void this.set.accept(id);
    else await this.#edit(id, { ...position, id, score: row.position.score });
  }

  async #edit(id: string, position: Position): Promise<void> {
    const becomes = await this.set.edit(id, position);
    if (this.selected === id) this.selected = becomes;
  }

  restore(position: Position): void {
    if (this.selected !== null) void this.#edit(this.selected, { ...position, id: this.selected });
  }

  /** Changes the selected position's words; recorded once the keys rest. */
  reshape(step: SpanStep): boolean {
    const row = this.selected === null ? null : this.set.byId.get(this.selected);
    if (!row) return false;
    this.draft = reshaped(this.draft ?? row.position, step, this.ruler);
    this.set.replace(row.position.id, { ...row, position: { ...row.position, ...this.draft } });
    this.#original ??= row.position;
    clearTimeout(this.#pause);
    this.#pause = setTimeout(() => this.#recordSpans(), SPAN_PAUSE_MS);
    return true;
  }

  #original: Position | null = null;

  #recordSpans(): void {
    clearTimeout(this.#pause);
    const { draft } = this;
    const original = this.#original;
    this.#original = null;
    if (!original || !draft || this.mode !== "check") return;
    this.draft = null;
    if (!isSame(original, { ...original, ...draft })) void this.#edit(original.id, { ...original, ...draft });
  }

  /** Selects what was clicked; a further click at the same place goes on to the next. */
  pick(ids: string[]): void {
    const next = ids.includes(this.selected ?? "") ? cycle(ids, this.selected) : (ids[0] ?? null);
    this.select(next);
    this.here = ids;
  }

  cycleHere(): boolean {
    if (this.here.length < 2) return false;
    const ids = this.here;
    this.select(cycle(ids, this.selected));
    this.here = ids;
    return true;
  }

  /** Positions whose words overlap those of one position. */
  #at(id: string): string[] {
    const evidence = this.set.byId.get(id)?.position.evidence ?? [];
    return this.visible
      .filter((row) => row.position.evidence.some(([start, end]) => evidence.some((pair) => pair[0] < end && pair[1] > start)))
      .map((row) => row.position.id);
  }

  choose(span: Span | null): void {
    if (this.mode !== "check") return;
    const isPlace = span !== null && span.end === span.start;
    this.#head = this.#anchor = isPlace ? wordAt(this.ruler.text, span.start) : span;
    this.cursor = isPlace ? null : span;
    this.isTouched = false;
  }

  /** Moves the word cursor; `extend` leaves the other end of the selection where it is. */
  walk(by: 1 | -1, extend: boolean): boolean {
    if (this.mode !== "check") return false;
    const { text } = this.ruler;
    const head = this.#head ?? this.#startOfWalk();
    // The first key shows the cursor where it stands; the next ones move it.
    const moved = this.cursor === null ? head : ((by > 0 ? wordAfter(text, head.end) : wordBefore(text, head.start)) ?? head);
    this.#moveTo(moved, extend);
    return true;
  }

  #moveTo(head: Span, extend = false): void {
    this.#head = head;
    if (!extend || this.#anchor === null) this.#anchor = head;
    this.cursor = { start: Math.min(this.#anchor.start, head.start), end: Math.max(this.#anchor.end, head.end) };
    this.isTouched = true;
  }

  #startOfWalk(): Span {
    const row = this.selected === null ? null : this.set.byId.get(this.selected);
    const at = row ? this.ruler.offsets.toUnits(startOf(row)) : 0;
    return wordAt(this.ruler.text, at) ?? { start: 0, end: 0 };
  }

  walkSentence(by: 1 | -1): boolean {
    if (this.mode !== "check") return false;
    const from = this.#head ?? this.#startOfWalk();
    const sentence = this.cursor === null ? sentenceAt(this.ruler.text, from.start) : sentenceStep(this.ruler.text, from.start, by);
    const word = sentence && wordAt(this.ruler.text, sentence.start);
    if (word) this.#moveTo(word);
    return true;
  }

  selectSentence(): boolean {
    if (this.mode !== "check") return false;
    this.#moveTo(sentenceAt(this.ruler.text, (this.#head ?? this.#startOfWalk()).start));
    return true;
  }
}
