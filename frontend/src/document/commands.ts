// Keys of the document view.

import type { Handlers } from "../lib/keys";
import type { Desk } from "./desk.svelte";

export function documentCommands(desk: Desk): Handlers {
  return {
    next: () => void desk.step(1),
    previous: () => void desk.step(-1),
    nextOpen: () => void desk.step(1, true),
    previousOpen: () => void desk.step(-1, true),
    skip: () => void desk.step(1, true),
    accept: () => desk.decide("accept"),
    reject: () => desk.decide("reject"),
    edit: () => desk.edit(),
    add: () => desk.add(),
    cycle: () => desk.cycleHere(),
    record: () => void (desk.isHistoryOpen = !desk.isHistoryOpen),
    growEnd: () => desk.reshape("growEnd"),
    shrinkEnd: () => desk.reshape("shrinkEnd"),
    growStart: () => desk.reshape("growStart"),
    shrinkStart: () => desk.reshape("shrinkStart"),
    wordRight: () => desk.walk(1, false),
    wordLeft: () => desk.walk(-1, false),
    extendRight: () => desk.walk(1, true),
    extendLeft: () => desk.walk(-1, true),
    sentenceDown: () => desk.walkSentence(1),
    sentenceUp: () => desk.walkSentence(-1),
    selectSentence: () => desk.selectSentence(),
    close: () => {
      if (desk.cursor === null) return false;
      desk.cursor = null;
      return true;
    },
  };
}
