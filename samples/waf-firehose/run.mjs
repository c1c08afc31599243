// The real bootstrap on generated records, with a stand-in of Lambda's runtime API: node run.mjs BOOTSTRAP [ARGUMENT…]
import { fileURLToPath } from 'node:url';
import { answerOf } from '../runtime-api.mjs';

const here = fileURLToPath(new URL('.', import.meta.url));
const record = (action, rule, uri, agent, matched = []) => JSON.stringify({
  timestamp: 1767225600000, formatVersion: 1, webaclId: 'arn:aws:wafv2:us-east-1:111122223333:regional/webacl/shop/1',
  terminatingRuleId: rule, terminatingRuleType: 'REGULAR', action, terminatingRuleMatchDetails: [], httpSourceName: 'ALB', ruleGroupList: [],
  nonTerminatingMatchingRules: matched,
  httpRequest: {
    clientIp: '198.51.100.23', country: 'US', uri, args: 'q=1&token=made-up', httpMethod: 'GET', requestId: `1-${count++}`,
    headers: [{ name: 'Host', value: 'shop.example.com' }, { name: 'User-Agent', value: agent }, { name: 'Cookie', value: 'session=made-up; theme=dark' }],
  },
}) + '\n';
let count = 0;
const ordinary = Array.from({ length: 495 }, () => record('ALLOW', 'Default_Action', '/', 'curl/8.4'));
const special = {
  'blocked, Default_Action in the User-Agent': record('BLOCK', 'block-sqli', '/', 'Default_Action'),
  'blocked, Default_Action in the URI': record('BLOCK', 'block-sqli', '/Default_Action', 'curl/8.4'),
  'blocked by the default action': record('BLOCK', 'Default_Action', '/', 'curl/8.4'),
  'allowed, but counted': record('ALLOW', 'Default_Action', '/', 'curl/8.4', [{ ruleId: 'count-bots', action: 'COUNT' }]),
  'cut in the middle': record('ALLOW', 'Default_Action', '/', 'curl/8.4').slice(0, 200),
};
const data = [...ordinary, ...Object.values(special)];
const event = JSON.stringify({ records: data.map((text, i) => ({ recordId: String(i), data: Buffer.from(text).toString('base64') })) });

const answer = await answerOf(process.argv.slice(2), { LAMBDA_TASK_ROOT: here, PROVABLESEC_RULES: 'rules.json' }, event);
const tally = {};
for (const { result } of answer.records) tally[result] = (tally[result] ?? 0) + 1;
console.log(`${answer.records.length} records: ${Object.entries(tally).map(([result, n]) => `${n} ${result}`).join(', ')}`);
Object.keys(special).forEach((name, i) => console.log(`${name.padEnd(42)} ${answer.records[ordinary.length + i].result}`));
console.log(Buffer.from(answer.records[ordinary.length].data, 'base64').toString().trimEnd());
