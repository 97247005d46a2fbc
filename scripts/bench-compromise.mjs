// Reads dispatches as JSON Lines from the standard input and prints how many
// tokens a second each side reads; scripts/bench-compromise calls it. Tokens
// are counted by fr-compromise, for both sides. The sides take turns, round by
// round, and the median round counts.
import { readFileSync } from "node:fs";
import { pathToFileURL } from "node:url";
import { tag } from "../dist-module/node.js";

const { default: nlp } = await import(pathToFileURL(process.env.COMPROMISE));
const rounds = Number(process.argv[2]);
const texts = readFileSync(0, "utf8").trimEnd().split("\n").map((line) => JSON.parse(line).text);

const sides = {
  "fr-compromise, its tags alone": (text) => nlp(text).termList().length,
  "fr-compromise, with the names": (text) => {
    const read = nlp(text);
    return [read.people(), read.places(), read.organizations()].map((found) => found.json()).length;
  },
  "guillemet, names and quotations": (text) => tag(text).mentions.length,
};
const tokens = texts.reduce((sum, text) => sum + nlp(text).termList().length, 0);

const times = Object.fromEntries(Object.keys(sides).map((name) => [name, []]));
// The first round warms both up and is not counted.
for (let round = 0; round <= rounds; round += 1) {
  for (const [name, read] of Object.entries(sides)) {
    const start = performance.now();
    texts.forEach((text) => read(text));
    if (round > 0) times[name].push(performance.now() - start);
  }
}

console.log(`${texts.length} dispatches, ${tokens} tokens, median of ${rounds} rounds`);
const medians = Object.entries(times).map(([name, list]) => [name, median(list)]);
const [, own] = medians.at(-1);
for (const [name, time] of medians) {
  const speed = Math.round((1000 * tokens) / time);
  const beside = time === own ? "" : `  guillemet: ${(time / own).toFixed(1)} times as fast`;
  console.log(`${name.padEnd(32)} ${String(speed).padStart(9)} tokens/s${beside}`);
}

function median(list) {
  return list.toSorted((a, b) => a - b)[Math.floor(list.length / 2)];
}
