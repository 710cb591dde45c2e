// Data that follows the address and the project's revision: read anew when either changes, the old shown until then.

import { messageOf, session } from "./session.svelte";

export class Resource<T> {
  data = $state.raw<T | null>(null);
  problem = $state("");
  isLoading = $state(true);

  /** `read` is run in an effect: what it reads before its first `await` is what it follows. */
  constructor(read: (signal: AbortSignal) => Promise<T> | null, options: { isLive?: boolean } = {}) {
    $effect(() => {
      if (options.isLive !== false) void session.epoch;
      const controller = new AbortController();
      const first = read(controller.signal);
      if (first === null) {
        this.isLoading = false;
        return;
      }
      this.isLoading = true;
      let isFirst = true;
      const again = () => {
        const pending = isFirst ? first : (read(controller.signal) ?? first);
        isFirst = false;
        return pending;
      };
      session.fresh(again).then(
        (data) => {
          if (controller.signal.aborted) return;
          this.data = data;
          this.problem = "";
          this.isLoading = false;
        },
        (error: unknown) => {
          if (controller.signal.aborted) return;
          this.problem = messageOf(error);
          this.isLoading = false;
        },
      );
      return () => controller.abort();
    });
  }
}
