// Finds who and what is named in French news texts, and who is quoted saying
// what. The engine is loaded when the module has been imported.

/** What a mention names or points at. */
export type Label = "PERSON" | "ORG" | "PLACE" | "MISC" | "DATE" | "QUANTITY" | "ROLE";

/** All labels, in the order in which they are listed to people. */
export const LABELS: readonly Label[];

/**
 * How a content is reported: in quotation marks, partly in quotation marks, or
 * in the words of whoever reports it.
 */
export type Kind = "direct" | "mixed" | "indirect";

/**
 * What offsets count: UTF-16 units, which `text.slice` takes; Unicode code
 * points, which Python and the Guillemet JSON count; or bytes of UTF-8.
 */
export type Unit = "utf16" | "codepoint" | "byte";

/** A half-open stretch of the text: `text.slice(start, end)`. */
export interface Span {
  /** Its first unit. */
  start: number;
  /** One past its last unit. */
  end: number;
  /** The probability that it is right, from 0 to 1. */
  score: number;
}

/** A stretch that names someone or something. Mentions may nest. */
export interface Mention extends Span {
  label: Label;
  /** Whom or what it is about: a place in `entities`. Dates and quantities have none. */
  entity: number | undefined;
}

/** The words that report: "a déclaré", "selon". */
export interface Cue extends Span {}

/** The words for the source: "le ministre", "il". */
export interface Speaker extends Span {
  /** Who it is: a place in `entities`. */
  entity: number | undefined;
}

/** A reported content. */
export interface Quotation extends Span {
  kind: Kind;
  /** A place in `cues`. */
  cue: number | undefined;
  /** A place in `speakers`. */
  speaker: number | undefined;
  /** Who says it, also where no words beside it name them: a place in `entities`. */
  entity: number | undefined;
  /** The earlier part of the same utterance: a place in `quotations`. */
  continues: number | undefined;
}

/** Someone or something that the text is about. */
export interface Entity {
  /** Its fullest name in the text. */
  name: string;
  /** What it is; nothing for a source that no name stands for ("les médias"). */
  label: Label | undefined;
}

/** What the engine finds in a text; every list in text order. */
export interface Analysis {
  mentions: Mention[];
  cues: Cue[];
  speakers: Speaker[];
  quotations: Quotation[];
  entities: Entity[];
}

/**
 * Finds names and quotations in a French news text. The same text always gives
 * the same answer, and no text makes it fail.
 *
 * @param text any string; half of a surrogate pair counts as one character
 * @param unit what `start` and `end` count; UTF-16 units without it
 * @throws TypeError if `text` is no string
 * @throws Error if `unit` is none of the three
 */
export function tag(text: string, unit?: Unit): Analysis;
