// Who is quoted in a file: node examples/module.mjs FILE (after scripts/module).
import { readFileSync } from "node:fs";
import { tag } from "../dist-module/node.js";

const text = readFileSync(process.argv[2], "utf8");
const { quotations, entities } = tag(text);
for (const { start, end, entity } of quotations) {
  const who = entity === undefined ? "?" : entities[entity].name;
  console.log(`${who}: ${text.slice(start, end)}`);
}
