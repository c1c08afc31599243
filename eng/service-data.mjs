// Writes the service catalogue: node eng/service-data.mjs <unpacked package> <catalogue.bin>
//
// The format, read by reasoning/ProvableSec.ServiceData/CatalogueReader.cs:
//
//   file      "PSSC", format version (1 byte), raw length and deflated length of the header (4 bytes each, little endian),
//             the header deflated, then every service deflated, in the order of the index
//   header    package, version, date
//             services:  count, then prefix, name, 1 if resource control policies apply to it, raw and deflated length
//             templates: count, then key type and the key
//             borrowed:  count, then key prefix and the services (count, indices) that declare keys with it although
//                        it is not theirs (`saml:` is declared by `sts`)
//   service   key types and names; lists of keys; resource types; dependent actions; actions: see `encodeService`
//
// Numbers are LEB128, strings UTF-8 behind their length. A key type is the index in `keyTypes`, plus 128 if multivalued.
// Everything is sorted by code unit, so the same package always gives the same bytes.
import { existsSync, readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { deflateRawSync, inflateRawSync } from 'node:zlib';

const magic = Buffer.from('PSSC\u0001', 'latin1');
const fixedLength = magic.length + 8;
// Another zlib may deflate the same data to other bytes: see `sameContent`.
const deflateOptions = { level: 9, memLevel: 9, windowBits: 15, strategy: 0 };
const keyTypes = ['String', 'ARN', 'Bool', 'Numeric', 'Date', 'IPAddress', 'Binary'];
const accessLevels = ['List', 'Read', 'Write', 'Permissions management', 'Tagging'];
const permissionOnlyFlag = 1 << accessLevels.length;

const [packageFolder, outputFile] = process.argv.slice(2);
if (!packageFolder || !outputFile) {
  console.error('usage: service-data.mjs <unpacked package> <catalogue.bin>');
  process.exit(2);
}

const readJson = (...path) => JSON.parse(readFileSync(join(packageFolder, ...path), 'utf8'));
const compare = (a, b) => (a < b ? -1 : a > b ? 1 : 0);
const by = (select) => (a, b) => compare(select(a), select(b));
const unique = (values) => [...new Set(values)].sort(compare);

function check(condition, message) {
  // The package's shape is not ours to decide: stop at anything not seen before, rather than write something plausible.
  if (!condition) throw new Error(message);
}

class Writer {
  #bytes = [];

  byte(value) {
    check(Number.isInteger(value) && value >= 0 && value < 256, `not a byte: ${value}`);
    this.#bytes.push(value);
  }

  number(value) {
    check(Number.isInteger(value) && value >= 0, `not a number to write: ${value}`);
    for (; value > 127; value = Math.floor(value / 128)) this.#bytes.push((value % 128) + 128);
    this.#bytes.push(value);
  }

  string(value) {
    check(typeof value === 'string' && value.length > 0, `not a string to write: ${value}`);
    const utf8 = Buffer.from(value, 'utf8');
    this.number(utf8.length);
    for (const b of utf8) this.#bytes.push(b);
  }

  list(values, write) {
    this.number(values.length);
    for (const value of values) write(value);
  }

  toBuffer() {
    return Buffer.from(this.#bytes);
  }
}

// Lists of numbers that occur again and again; each is written once and then named by its place.
class Pool {
  #places = new Map();
  lists = [];

  constructor() {
    this.place([]);
  }

  place(list) {
    const id = list.join(' ');
    if (!this.#places.has(id)) {
      this.#places.set(id, this.lists.length);
      this.lists.push(list);
    }
    return this.#places.get(id);
  }
}

function keyTypeCode(key) {
  const multivalued = key.type.startsWith('ArrayOf');
  const code = keyTypes.indexOf(multivalued ? key.type.slice('ArrayOf'.length) : key.type);
  check(code >= 0, `unknown type of condition key: ${key.key} ${key.type}`);
  return code + (multivalued ? 128 : 0);
}

function accessLevelFlags(action) {
  return action.accessLevel.split(', ').reduce((flags, level) => {
    const bit = accessLevels.indexOf(level);
    check(bit >= 0, `unknown access level of ${action.name}: ${level}`);
    return flags | (1 << bit);
  }, 0);
}

// `${TagKey}`, `<key>`, and the bare `tag-key` of a few old pages.
const placeholder = /\$\{[^}]*\}|<[^>]*>|(?<=\/)tag-key$/g;

function isTemplate(key) {
  const places = key.match(placeholder)?.length ?? 0;
  check(places <= 1, `a key with more than one placeholder: ${key}`);
  return places === 1;
}

function encodeService(prefix) {
  const keys = Object.values(readJson('data', 'conditionKeys', `${prefix}.json`)).sort(by((k) => k.key));
  const types = Object.values(readJson('data', 'resourceTypes', `${prefix}.json`)).sort(by((t) => t.key));
  const actions = Object.values(readJson('data', 'actions', `${prefix}.json`)).sort(by((a) => a.name));

  const keyPlace = new Map(keys.map((k, i) => [k.key.toLowerCase(), i]));
  const typePlace = new Map(types.map((t, i) => [t.key.toLowerCase(), i]));
  check(keyPlace.size === keys.length && typePlace.size === types.length, `names that differ only by case in ${prefix}`);
  check(new Set(actions.map((a) => a.name.toLowerCase())).size === actions.length, `actions twice in ${prefix}`);

  const keyLists = new Pool();
  const keyList = (names) => keyLists.place(unique(names ?? []).map((name) => {
    const place = keyPlace.get(name.toLowerCase());
    check(place !== undefined, `${prefix} does not declare ${name}`);
    return place;
  }).sort((a, b) => a - b));

  const dependencies = unique(actions.flatMap((a) => a.dependentActions));
  const dependencyPlace = new Map(dependencies.map((d, i) => [d, i]));

  const body = new Writer();
  body.list(types, (type) => {
    body.string(type.key);
    const formats = type.arn.split(', ');
    for (const format of formats) check(/^arn:\S+$/.test(format), `not the format of an ARN: ${type.arn}`);
    body.list(formats, (format) => body.string(format));
    body.number(keyList(type.conditionKeys));
  });
  body.list(dependencies, (name) => body.string(name));
  body.number(actions.length);
  // By column rather than by action: like stands next to like, which deflates to two thirds.
  for (const action of actions) body.string(action.name);
  for (const action of actions) body.byte(accessLevelFlags(action) | (action.isPermissionOnly ? permissionOnlyFlag : 0));
  for (const action of actions) body.number(keyList(action.conditionKeys));
  for (const action of actions) body.list(unique(action.dependentActions), (name) => body.number(dependencyPlace.get(name)));
  for (const action of actions) {
    const references = new Map();
    for (const reference of action.resourceTypes) {
      const place = typePlace.get(reference.name.toLowerCase());
      check(place !== undefined, `${prefix}:${action.name} names the unknown resource type ${reference.name}`);
      check(!reference.dependentActions?.length, `${prefix}:${action.name} has dependent actions for one resource type`);
      const encoded = [place * 2 + (reference.required ? 1 : 0), keyList(reference.conditionKeys)];
      // The source names a few resource types twice for an action; the two must agree.
      check((references.get(place) ?? encoded).join() === encoded.join(), `${prefix}:${action.name}: ${reference.name} differs`);
      references.set(place, encoded);
    }
    body.list([...references.values()].sort((a, b) => a[0] - b[0]), ([reference, list]) => {
      body.number(reference);
      body.number(list);
    });
  }

  const head = new Writer();
  head.list(keys, (key) => {
    head.byte(keyTypeCode(key));
    head.string(key.key);
  });
  head.list(keyLists.lists, (list) => {
    // Differences, not places: lists of neighbours look alike then.
    let previous = -1;
    head.list(list, (place) => {
      head.number(place - previous - 1);
      previous = place;
    });
  });

  return { keys, raw: Buffer.concat([head.toBuffer(), body.toBuffer()]), actions: actions.length };
}

const description = readJson('package.json');
const prefixes = unique(readJson('data', 'services.json'));
const names = readJson('data', 'serviceNames.json');
const rcpServices = readJson('data', 'rcpSupportedServices.json');
for (const prefix of rcpServices) check(prefixes.includes(prefix), `resource control policies for the unknown service ${prefix}`);

const services = prefixes.map((prefix, place) => {
  check(prefix === prefix.toLowerCase(), `a service prefix with capitals: ${prefix}`);
  const service = encodeService(prefix);
  return { prefix, place, deflated: deflateRawSync(service.raw, deflateOptions), ...service };
});

const templates = new Map();
const borrowed = new Map();
for (const service of services) {
  for (const key of service.keys) {
    const owner = key.key.slice(0, key.key.indexOf(':')).toLowerCase();
    check(owner.length > 0, `a key without prefix: ${key.key}`);
    if (isTemplate(key.key)) {
      const encoded = { type: keyTypeCode(key), key: key.key };
      const known = templates.get(key.key.toLowerCase()) ?? encoded;
      check(known.type === encoded.type, `${key.key} has two types`);
      templates.set(key.key.toLowerCase(), known);
    } else if (owner !== service.prefix && owner !== 'aws') {
      borrowed.set(owner, (borrowed.get(owner) ?? new Set()).add(service.place));
    }
  }
}

const header = new Writer();
header.string(description.name);
header.string(description.version);
header.string(description.updatedAt.slice(0, 'yyyy-mm-dd'.length));
header.list(services, (service) => {
  header.string(service.prefix);
  header.string(names[service.prefix]);
  header.byte(rcpServices.includes(service.prefix) ? 1 : 0);
  header.number(service.raw.length);
  header.number(service.deflated.length);
});
header.list([...templates.values()].sort(by((t) => t.key)), (template) => {
  header.byte(template.type);
  header.string(template.key);
});
header.list([...borrowed].sort(by(([owner]) => owner)), ([owner, places]) => {
  header.string(owner);
  header.list([...places].sort((a, b) => a - b), (place) => header.number(place));
});

const rawHeader = header.toBuffer();
const deflatedHeader = deflateRawSync(rawHeader, deflateOptions);
const fixed = Buffer.alloc(fixedLength);
magic.copy(fixed);
fixed.writeUInt32LE(rawHeader.length, magic.length);
fixed.writeUInt32LE(deflatedHeader.length, magic.length + 4);
const output = Buffer.concat([fixed, deflatedHeader, ...services.map((service) => service.deflated)]);

// The file that another zlib wrote from the same data is left as it is, so that a refresh that finds nothing new changes
// nothing. The header holds deflated lengths, so it is compared after replacing them: by comparing what the lengths lead to.
function sameContent() {
  if (!existsSync(outputFile)) return false;
  try {
    const old = readFileSync(outputFile);
    const oldHeaderLength = old.readUInt32LE(magic.length + 4);
    const oldHeader = inflateRawSync(old.subarray(fixedLength, fixedLength + oldHeaderLength));
    const lengths = deflatedLengths(oldHeader);
    if (!old.subarray(0, magic.length).equals(magic) || lengths.length !== services.length) return false;
    if (withoutDeflatedLengths(oldHeader) !== withoutDeflatedLengths(rawHeader)) return false;
    let offset = fixedLength + oldHeaderLength;
    return services.every((service, place) => {
      const block = old.subarray(offset, (offset += lengths[place]));
      return inflateRawSync(block).equals(service.raw);
    }) && offset === old.length;
  } catch {
    return false;
  }
}

function walkHeader(buffer) {
  let at = 0;
  const number = () => {
    let value = 0;
    for (let scale = 1; ; scale *= 128) {
      const b = buffer[at++];
      value += (b % 128) * scale;
      if (b < 128) return value;
    }
  };
  const string = () => {
    const length = number();
    return buffer.toString('utf8', at, (at += length));
  };
  const source = [string(), string(), string()];
  const index = Array.from({ length: number() }, () => ({ entry: [string(), string(), buffer[at++], number()], deflated: number() }));
  return { source, index, rest: buffer.subarray(at) };
}

function deflatedLengths(buffer) {
  return walkHeader(buffer).index.map((service) => service.deflated);
}

function withoutDeflatedLengths(buffer) {
  const { source, index, rest } = walkHeader(buffer);
  return JSON.stringify([source, index.map((service) => service.entry), rest.toString('base64')]);
}

const actionCount = services.reduce((sum, service) => sum + service.actions, 0);
const summary = `${services.length} services, ${actionCount} actions, ${templates.size} templated keys, ${rcpServices.length} with resource control policies`;
if (sameContent()) {
  console.log(`unchanged: ${description.name} ${description.version}, ${summary}`);
} else {
  writeFileSync(outputFile, output);
  console.log(`written: ${description.name} ${description.version}, ${summary}, ${output.length} bytes (zlib ${process.versions.zlib})`);
}
