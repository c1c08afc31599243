// The real bootstrap on generated findings: generate.mjs | node run.mjs BOOTSTRAP [ARGUMENT…]
import { answerOf } from '../runtime-api.mjs';

const lines = [];
for await (const part of process.stdin.setEncoding('utf8')) lines.push(part);
const findings = lines.join('').trimEnd().split('\n');
const special = {
  'not a finding': '{"source":"aws.health","detail":{}}',
  'cut in the middle': findings[0].slice(0, 200),
  'two types in one record': findings[0] + findings.find(line => JSON.parse(line).detail.type !== JSON.parse(findings[0]).detail.type),
};
const data = [...findings, ...Object.values(special)];
const event = JSON.stringify({ records: data.map((text, i) => ({ recordId: String(i), data: Buffer.from(text).toString('base64') })) });
const { records } = await answerOf(process.argv.slice(2), { PROVABLESEC_TASK: 'sort-findings' }, event);

const places = {};
for (const { result, metadata } of records.filter(record => record.result === 'Ok')) {
  const place = Object.entries(metadata.partitionKeys).map(([name, value]) => `${name}=${value}`).join('/');
  places[place] = (places[place] ?? 0) + 1;
}
const whole = records.slice(0, findings.length).every(({ data }, i) => Buffer.from(data, 'base64').toString() === findings[i] + '\n');
console.log(`${findings.length} findings, ${whole ? 'each as it was' : 'some of them changed'}, in ${Object.keys(places).length} places; the first:`);
for (const place of Object.keys(places).sort().slice(0, 3)) console.log(`${place}  ${places[place]}`);
Object.keys(special).forEach((name, i) => console.log(`${name.padEnd(24)} ${records[findings.length + i].result}`));
