// What OpenActive's own validators find, as JSON.
//
//   node validating.mjs models LISTS   reads [{"data": …, "mode": …}, …], says what is wrong with each
//   node validating.mjs examples LISTS says what is wrong with each official example, by its name
//   node validating.mjs walk ADDRESS   walks along a feed, and says what is wrong with its pages
//
// LISTS is a folder with what the validator would fetch, each under the digest of its address.
import { createRequire } from "node:module";
import { readFileSync, readdirSync } from "node:fs";
import { dirname, join } from "node:path";

const require = createRequire(import.meta.url);
const { validate } = require("@openactive/data-model-validator");
const { RpdeValidator } = require("@openactive/rpde-validator");

// It asks what each name means over and over, and each time puts the contexts together anew and
// writes them all out to see if it knows. The same answers, kept, take a tenth of the time.
const numbers = new WeakMap();
let last = 0;
const numberOf = (one) => {
  if (typeof one !== "object" || one === null) return JSON.stringify(one);
  if (Array.isArray(one)) return `[${one.map(numberOf)}]`;
  if (one["@context"] && Object.keys(one).length === 1) return `{${numberOf(one["@context"])}}`;
  if (!numbers.has(one)) numbers.set(one, (last += 1));
  return numbers.get(one);
};
const keep = (module, verb, keyOf) => {
  const owner = require(`@openactive/data-model-validator/src/helpers/${module}.js`);
  const work = owner[verb].bind(owner);
  const kept = new Map();
  owner[verb] = (...given) => {
    const key = keyOf(...given);
    if (!kept.has(key)) kept.set(key, work(...given));
    return kept.get(key);
  };
};
keep("property", "getFullyQualifiedProperty", (name, version, contexts = []) =>
  `${name} ${version} ${numberOf(contexts)}`);
keep("graph", "mergeContexts", (contexts = []) => numberOf(contexts));

const [what, where] = process.argv.slice(2);
const few = ({ severity, type, path, message }) => ({ severity, type, path, message });

const validated = async (data, mode) => {
  const options = {
    loadRemoteJson: true,
    remoteJsonCachePath: where,
    remoteJsonCacheTimeToLive: 1e12,
    rpdeItemLimit: 1e9,
    ...(mode ? { validationMode: mode } : {}),
  };
  return (await validate(data, options)).map(few);
};

const models = async () => {
  const found = [];
  for (const { data, mode } of JSON.parse(readFileSync(0, "utf8"))) {
    found.push(await validated(data, mode));
  }
  return found;
};

const examples = async () => {
  const folder = join(
    dirname(require.resolve("@openactive/data-models/package.json")), "versions/2.x/examples",
  );
  const found = {};
  for (const name of readdirSync(folder).filter((one) => /_example_\d+\.json$/.test(one))) {
    found[name] = await validated(JSON.parse(readFileSync(join(folder, name), "utf8")));
  }
  return found;
};

const walk = async () => {
  const log = await RpdeValidator(where, { pageLimit: 100000, logCallback: () => {} });
  return log.pages.flatMap((page) => page.errors.map((one) => ({ page: page.url, ...few(one.data ?? one) })));
};

process.stdout.write(JSON.stringify(await { models, examples, walk }[what]()));
