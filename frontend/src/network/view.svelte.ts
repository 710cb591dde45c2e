// Pan and zoom: panning moves one finished layer, zooming draws it anew at its size, so both stay sharp and quick.

import { untrack } from "svelte";
import type { Attachment } from "svelte/attachments";

const LEAST = 0.3;
const MOST = 8;
const DRAG = 4;

export class View {
  x = $state(0);
  y = $state(0);
  scale = $state(1);
  /** Whether the last press moved the picture, so that it is no click. */
  wasDragged = false;
  #page = { width: 1, height: 1 };
  #stage: HTMLElement | null = null;
  #isFitted = false;
  /** Whether somebody chose this part of the picture, so that a new size of the window leaves it. */
  #isMoved = false;

  setPage(width: number, height: number): void {
    const isNew = width !== this.#page.width || height !== this.#page.height;
    this.#page = { width, height };
    if (isNew || !this.#isFitted) untrack(() => this.fit());
  }

  /** Shows the whole page. */
  fit(): void {
    const box = this.#stage?.getBoundingClientRect();
    if (!box || box.width === 0) return;
    this.scale = Math.min(Math.max(Math.min(box.width / this.#page.width, box.height / this.#page.height), LEAST), MOST);
    this.x = (box.width - this.#page.width * this.scale) / 2;
    this.y = (box.height - this.#page.height * this.scale) / 2;
    this.#isFitted = true;
    this.#isMoved = false;
  }

  /** Changes the distance; the point under (x, y) of the stage stays where it is. */
  zoom(factor: number, at?: { x: number; y: number }): void {
    const box = this.#stage?.getBoundingClientRect();
    if (!box) return;
    const point = at ?? { x: box.width / 2, y: box.height / 2 };
    const scale = Math.min(Math.max(this.scale * factor, LEAST), MOST);
    const ratio = scale / this.scale;
    this.x = point.x - (point.x - this.x) * ratio;
    this.y = point.y - (point.y - this.y) * ratio;
    this.scale = scale;
    this.#isMoved = true;
  }

  /** Brings a place of the page into sight. */
  reveal(x: number, y: number): void {
    const box = this.#stage?.getBoundingClientRect();
    if (!box) return;
    const [left, top] = [x * this.scale + this.x, y * this.scale + this.y];
    if (left < 30 || left > box.width - 30) this.x += box.width / 2 - left;
    if (top < 30 || top > box.height - 30) this.y += box.height / 2 - top;
  }

  readonly attach: Attachment<HTMLElement> = (stage) => {
    this.#stage = stage;
    // What is shown must not decide what is shown: the attachment would start anew with each move.
    untrack(() => this.fit());
    const sizes = new ResizeObserver(() => {
      if (!this.#isFitted || !this.#isMoved) this.fit();
    });
    sizes.observe(stage);
    let held: { pointer: number; x: number; y: number; left: number; top: number } | null = null;
    const down = (event: PointerEvent) => {
      if (event.button !== 0) return;
      held = { pointer: event.pointerId, x: event.clientX, y: event.clientY, left: this.x, top: this.y };
      this.wasDragged = false;
    };
    const move = (event: PointerEvent) => {
      if (!held || held.pointer !== event.pointerId) return;
      const [dx, dy] = [event.clientX - held.x, event.clientY - held.y];
      if (!this.wasDragged && Math.hypot(dx, dy) < DRAG) return;
      if (!this.wasDragged) stage.setPointerCapture(event.pointerId);
      this.wasDragged = this.#isMoved = true;
      this.x = held.left + dx;
      this.y = held.top + dy;
    };
    const up = () => (held = null);
    const wheel = (event: WheelEvent) => {
      event.preventDefault();
      const box = stage.getBoundingClientRect();
      this.zoom(Math.exp(-event.deltaY * 0.0015), { x: event.clientX - box.left, y: event.clientY - box.top });
    };
    stage.addEventListener("pointerdown", down);
    stage.addEventListener("pointermove", move);
    stage.addEventListener("pointerup", up);
    stage.addEventListener("pointercancel", up);
    stage.addEventListener("wheel", wheel, { passive: false });
    return () => {
      sizes.disconnect();
      stage.removeEventListener("pointerdown", down);
      stage.removeEventListener("pointermove", move);
      stage.removeEventListener("pointerup", up);
      stage.removeEventListener("pointercancel", up);
      stage.removeEventListener("wheel", wheel);
      this.#stage = null;
    };
  };
}
