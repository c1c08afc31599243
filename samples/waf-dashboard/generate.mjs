// Writes log records of AWS WAF to standard output, all of them made up: three days of a shop, with a crawler, a credential-stuffing wave and a scanner.
// The same records on every run.
let state = 27;
const random = () => { state = (Math.imul(state, 1664525) + 1013904223) >>> 0; return state / 2 ** 32; };
const pick = (list, weights) => {
  if (!weights) { return list[Math.floor(random() * list.length)]; }
  let at = random() * weights.reduce((a, b) => a + b, 0);
  return list[weights.findIndex(weight => (at -= weight) < 0)];
};
const hex = length => Array.from({ length }, () => Math.floor(random() * 16).toString(16)).join('');

const countries = ['US', 'DE', 'FR', 'GB', 'JP', 'BR', 'IN', 'NL', 'PL', 'CA', 'AU', 'SG', 'ZA', 'MX', 'SE'];
const weights = [30, 14, 9, 9, 6, 5, 6, 4, 4, 4, 3, 2, 1, 2, 1];
const browsers = [
  ['Mozilla/5.0 (Windows NT 10.0; Win64; x64) AppleWebKit/537.36 (KHTML, like Gecko) Chrome/140.0.0.0 Safari/537.36', 't13d1516h2_8daaf6152771_02713d6af862'],
  ['Mozilla/5.0 (iPhone; CPU iPhone OS 18_4 like Mac OS X) AppleWebKit/605.1.15 (KHTML, like Gecko) Version/18.4 Mobile/15E148 Safari/604.1', 't13d2014h2_a09f3c656075_14788d8d241b'],
  ['Mozilla/5.0 (X11; Linux x86_64; rv:140.0) Gecko/20100101 Firefox/140.0', 't13d1715h2_5b57614c22b0_3d5424432f57'],
];
const pages = ['/', '/products', '/products/42', '/cart', '/checkout', '/login', '/search', '/static/app.min.js', '/images/logo.svg', '/api/v1/orders'];
const start = Date.UTC(2026, 2, 2), hours = 72;
const group = (id, terminatingRule, matching = []) => ({ ruleGroupId: id, terminatingRule, nonTerminatingMatchingRules: matching, excludedRules: null, customerConfig: null });

const record = (time, client, over = {}) => ({
  timestamp: Math.round(time), formatVersion: 1, webaclId: 'arn:aws:wafv2:eu-central-1:111122223333:regional/webacl/shop/5933d6d9-9dde-4f2f-ac64-09ab912af590',
  terminatingRuleId: 'Default_Action', terminatingRuleType: 'REGULAR', action: 'ALLOW', terminatingRuleMatchDetails: [],
  httpSourceName: 'ALB', httpSourceId: '111122223333-app/shop/0123456789abcdef', ruleGroupList: [], rateBasedRuleList: [], nonTerminatingMatchingRules: [],
  requestHeadersInserted: null, responseCodeSent: null,
  httpRequest: {
    clientIp: client.ip, country: client.country,
    headers: [{ name: 'Host', value: 'shop.example.com' }, { name: 'User-Agent', value: client.agent }, { name: 'Accept', value: '*/*' }],
    uri: client.uri ?? pick(pages), args: '', httpVersion: 'HTTP/2.0', httpMethod: client.method ?? 'GET', requestId: `1-${hex(8)}-${hex(24)}`,
  },
  ja4Fingerprint: client.ja4, requestBodySize: client.method === 'POST' ? 80 + Math.floor(random() * 12000) : 0, requestBodySizeInspectedByWAF: client.method === 'POST' ? 80 : 0,
  ...over,
});
const label = (...names) => names.map(name => ({ name }));
const lines = [];

for (let hour = 0; hour < hours; hour++) {
  const from = start + hour * 3600e3, at = () => from + random() * 3600e3, day = 0.5 + 0.5 * Math.sin((hour - 8) / 24 * 2 * Math.PI);
  for (let i = 0; i < 30 + 170 * day; i++) {
    const [agent, ja4] = pick(browsers);
    const country = pick(countries, weights), method = random() < 0.08 ? 'POST' : 'GET';
    const client = { ip: `198.51.100.${Math.floor(random() * 250)}`, country, agent, ja4, method };
    const isBig = method === 'POST' && random() < 0.3;
    lines.push(record(at(), client, isBig ? {
      ruleGroupList: [group('AWS#AWSManagedRulesCommonRuleSet', null, [{ ruleId: 'SizeRestrictions_BODY', action: 'COUNT', overriddenAction: 'BLOCK', ruleMatchDetails: [] }])],
      labels: label('awswaf:managed:aws:core-rule-set:SizeRestrictions_Body'),
    } : {}));
  }

  for (let i = 0; i < 14; i++) {
    lines.push(record(at(), { ip: '192.0.2.77', country: 'US', agent: 'Mozilla/5.0 (compatible; ExampleBot/2.1; +http://bot.example.com)', ja4: 't13d190900_9dc949149365_97f8aa674fd9' }, {
      nonTerminatingMatchingRules: [{ ruleId: 'count-bots', action: 'COUNT', ruleMatchDetails: [] }],
      labels: label('awswaf:managed:aws:bot-control:bot:category:search_engine', 'awswaf:managed:aws:bot-control:bot:verified'),
    }));
  }

  if (hour >= 30 && hour < 38) {
    for (let i = 0; i < 260; i++) {
      const passed = random() < 0.1;
      lines.push(record(at(), { ip: `203.0.113.${Math.floor(random() * 60)}`, country: pick(['RU', 'VN', 'BR', '-']), agent: 'python-requests/2.32', ja4: 't13d1812h1_85036bcba153_375ca2c5e164', uri: '/login', method: 'POST' }, passed ? {
        terminatingRuleId: 'login-captcha', action: 'CAPTCHA', responseCodeSent: 405, captchaResponse: { responseCode: 405, solveTimestamp: 0, failureReason: 'TOKEN_MISSING' },
      } : {
        terminatingRuleId: 'login-rate', terminatingRuleType: 'RATE_BASED', action: 'BLOCK', responseCodeSent: 403,
        rateBasedRuleList: [{ rateBasedRuleId: 'r', rateBasedRuleName: 'login-rate', limitKey: 'IP', maxRateAllowed: 100, limitValue: '' }],
        labels: label('awswaf:managed:aws:bot-control:signal:non_browser_user_agent'),
      }));
    }
  }

  if (hour % 9 < 2) {
    for (let i = 0; i < 45; i++) {
      lines.push(record(at(), { ip: '192.0.2.200', country: 'NL', agent: '<script>alert(1)</script>', ja4: 't13i181000_85036bcba153_d41ae481755e', uri: pick(['/.env', '/wp-login.php', '/.git/config', '/search']) }, {
        terminatingRuleId: 'AWS-AWSManagedRulesCommonRuleSet', terminatingRuleType: 'MANAGED_RULE_GROUP', action: 'BLOCK', responseCodeSent: 403,
        ruleGroupList: [group('AWS#AWSManagedRulesCommonRuleSet', { ruleId: pick(['CrossSiteScripting_QUERYARGUMENTS', 'GenericLFI_URIPATH', 'RestrictedExtensions_URIPATH']), action: 'BLOCK', ruleMatchDetails: null })],
        labels: label('awswaf:managed:aws:core-rule-set:CrossSiteScripting_QueryArguments'),
      }));
    }
  }
}

lines.sort((a, b) => a.timestamp - b.timestamp);
process.stdout.write(lines.map(line => JSON.stringify(line)).join('\n') + '\n');
