// The JavaScript module in Node: node --test tests/module (after scripts/module
// and cargo build; GUILLEMET names the native program).
import assert from "node:assert/strict";
import { execFileSync } from "node:child_process";
import { readFileSync } from "node:fs";
import { test } from "node:test";
import { LABELS, tag } from "../../dist-module/node.js";

const native = (words, input) =>
  execFileSync(process.env.GUILLEMET, words, { input, encoding: "utf8", maxBuffer: 1 << 28 });
const lines = (text) => text.trimEnd().split("\n").map((line) => JSON.parse(line));

test("finds what the native program finds", () => {
  const dispatches = native(["dispatches", "120"]);
  const tagged = lines(native(["tag", "--jsonl"], dispatches));
  lines(dispatches).forEach(({ id, text }, at) => {
    const { spans, entities } = tagged[at].documents[0];
    const wanted = spans.map(({ start, end, label, score }) => [start, end, label, score.toFixed(3)]);
    const got = tag(text, "codepoint");
    const list = (found, label) =>
      found.map((span) => [span.start, span.end, label ?? span.label, span.score.toFixed(3)]);
    const all = [
      ...list(got.mentions),
      ...list(got.quotations, "QUOTE"),
      ...list(got.cues, "CUE"),
      ...list(got.speakers, "SPEAKER"),
    ];
    assert.deepEqual(all.map(String).sort(), wanted.map(String).sort(), id);
    assert.ok(got.entities.length >= entities.length, id);
  });
});

test("offsets count what is asked", () => {
  const text = "🚨 Été : « Oui », a dit Ana Roy.";
  const find = (unit) => tag(text, unit).mentions.find(({ label }) => label === "PERSON");
  const { start, end } = find();
  assert.equal(text.slice(start, end), "Ana Roy");
  assert.deepEqual(find("utf16"), find());
  const points = find("codepoint");
  assert.equal([...text].slice(points.start, points.end).join(""), "Ana Roy");
  const bytes = find("byte");
  assert.equal(Buffer.from(text).subarray(bytes.start, bytes.end).toString(), "Ana Roy");
});

test("answers are plain objects", () => {
  const answer = tag("« Oui », a dit lundi Ana Roy.");
  assert.deepEqual(Object.keys(answer), ["mentions", "cues", "speakers", "quotations", "entities"]);
  assert.deepEqual(structuredClone(answer), answer);
  assert.equal(Object.getPrototypeOf(answer.mentions[0]), Object.prototype);
  const [quotation] = answer.quotations;
  assert.equal(quotation.kind, "direct");
  assert.equal(answer.entities[quotation.entity].name, "Ana Roy");
  assert.ok(answer.mentions.every(({ label }) => LABELS.includes(label)));
  assert.equal(answer.mentions.find(({ label }) => label === "DATE").entity, undefined);
});

test("any string is answered, and nothing else is", () => {
  for (const text of ["", " ", "\ud83d", "a\udea8b\ud83d", "\0", "«".repeat(2000)]) {
    const { mentions, quotations } = tag(text);
    for (const { start, end } of [...mentions, ...quotations]) {
      assert.ok(0 <= start && start < end && end <= text.length, JSON.stringify(text));
    }
  }
  assert.throws(() => tag(undefined), TypeError);
  assert.throws(() => tag(null), /not null/);
  assert.throws(() => tag("Oui", "line"), /no unit is called line/);
});

test("the package says what it is", () => {
  const read = (file) => readFileSync(new URL(`../../${file}`, import.meta.url), "utf8");
  const manifest = JSON.parse(read("dist-module/package.json"));
  assert.match(read("Cargo.toml"), new RegExp(`^version = "${manifest.version}"$`, "m"));
  const types = read("dist-module/index.d.ts");
  assert.doesNotMatch(types, /\bany\[\]|: any\b|\bunknown\b/);
  assert.ok(LABELS.every((label) => types.includes(`"${label}"`)));
});

test("the example in Node says who is quoted", () => {
  const example = new URL("../../examples/module.mjs", import.meta.url);
  const text = "src/app/examples/agence.txt";
  const said = execFileSync(process.execPath, [example.pathname, text], { encoding: "utf8" });
  const { quotations } = tag(readFileSync(text, "utf8"));
  const quoted = readFileSync(text, "utf8").slice(quotations[0].start, quotations[0].end);
  assert.ok(said.includes(`: ${quoted}\n`), said);
});
