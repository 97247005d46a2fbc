// What both entries export; index.d.ts describes it.
import { tag as tagIn } from "./engine.js";

export const LABELS = Object.freeze(["PERSON", "ORG", "PLACE", "MISC", "DATE", "QUANTITY", "ROLE"]);

export function tag(text, unit = "utf16") {
  if (typeof text !== "string") {
    throw new TypeError(`tag needs a string, not ${text === null ? "null" : typeof text}`);
  }
  return tagIn(text, unit);
}
