/** Cuts two long texts in the middle of their common part, so that their start and their difference stay visible. */
import { shorten } from "./columns.ts";

/** Each at most `room` columns wide. */
export function cutAlike(
  [from, to]: readonly [string, string],
  room: number,
  ellipsis: string,
): readonly [string, string] {
  const target = Array.from(to);
  const differs = Array.from(from).findIndex((character, index) => character !== target[index]);
  const head = Math.floor(room / 3);
  const tail = differs - Math.floor(room / 4);
  const cut = (text: string): string => {
    const characters = Array.from(text);
    const isCut = differs > room / 2 && tail > head;
    const kept = isCut ? characters.slice(0, head).join("") + ellipsis + characters.slice(tail).join("") : text;
    return shorten(kept, room, ellipsis);
  };
  return [cut(from), cut(to)];
}
