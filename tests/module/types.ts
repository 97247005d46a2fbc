// Compiled, not run: what users of the module may write, and what its types
// must refuse.
import { LABELS, tag, type Analysis, type Kind, type Label, type Mention, type Unit } from "../../dist-module/index.js";

const unit: Unit = "codepoint";
const answer: Analysis = tag("Ana Roy", unit);
const first: Mention | undefined = answer.mentions[0];
const label: Label | undefined = first?.label;
const kinds: Kind[] = answer.quotations.map(({ kind }) => kind);
const names: string[] = answer.quotations.map(({ entity }) =>
  entity === undefined ? "?" : answer.entities[entity].name,
);
console.log(label, kinds, names, LABELS.includes("ORG"));

// @ts-expect-error a text is needed
tag();
// @ts-expect-error no such unit
tag("Ana Roy", "lines");
// @ts-expect-error a mention may have no entity
const entity: number = answer.mentions[0].entity;
// @ts-expect-error no label of the engine
const planet: Label = "PLANET";
// @ts-expect-error nothing is any
answer.mentions[0].colour;
// @ts-expect-error the labels are what they are
LABELS.push("ORG");
console.log(entity, planet);
