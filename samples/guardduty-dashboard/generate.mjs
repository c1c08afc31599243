// Writes findings of GuardDuty as events of EventBridge to standard output, all of them made up: ten days of two accounts. The same findings on every run.
let state = 3;
const random = () => { state = (Math.imul(state, 1664525) + 1013904223) >>> 0; return state / 2 ** 32; };
const pick = list => list[Math.floor(random() * list.length)];
const hex = length => Array.from({ length }, () => Math.floor(random() * 16).toString(16)).join('');
const iso = time => new Date(time).toISOString();

const places = [['Sweden', 'Lund', 13.19, 55.7], ['Brazil', 'Recife', -34.9, -8.05], ['Vietnam', 'Hanoi', 105.85, 21.03], ['United States', 'Ashburn', -77.49, 39.04], ['Netherlands', 'Amsterdam', 4.9, 52.37],
  ['South Korea', 'Busan', 129.08, 35.18], ['South Africa', 'Durban', 31.02, -29.86], ['India', 'Pune', 73.86, 18.52], ['Canada', 'Montreal', -73.57, 45.5], ['Australia', 'Perth', 115.86, -31.95]];
const ports = [[22, 'SSH'], [3389, 'RDP'], [80, 'HTTP'], [5432, 'PostgreSQL'], [6379, 'Redis']];
const remote = ([country, city, lon, lat]) => ({ ipAddressV4: `203.0.113.${Math.floor(random() * 250)}`, organization: { asn: '64500', asnOrg: 'Example', isp: 'Example', org: 'Example' }, country: { countryName: country }, city: { cityName: city }, geoLocation: { lon, lat } });
const instances = Array.from({ length: 12 }, () => `i-${hex(17)}`);
const instance = id => ({ resourceType: 'Instance', instanceDetails: { instanceId: id, instanceType: 't3.medium' } });
const start = Date.UTC(2026, 2, 1);

const kinds = [
  { type: 'Recon:EC2/PortProbeUnprotectedPort', severity: 2, of: 60, make: () => ({ resource: instance(pick(instances)), action: { actionType: 'PORT_PROBE', portProbeAction: { blocked: false, portProbeDetails: Array.from({ length: 1 + Math.floor(random() * 3) }, () => { const [port, portName] = pick(ports); return { localPortDetails: { port, portName }, remoteIpDetails: remote(pick(places)) }; }) } } }) },
  { type: 'UnauthorizedAccess:EC2/SSHBruteForce', severity: 2, of: 25, make: () => ({ resource: instance(pick(instances)), action: { actionType: 'NETWORK_CONNECTION', networkConnectionAction: { connectionDirection: 'INBOUND', remoteIpDetails: remote(pick(places)) } } }) },
  { type: 'CryptoCurrency:EC2/BitcoinTool.B!DNS', severity: 8, of: 3, make: () => ({ resource: instance(instances[0]), action: { actionType: 'DNS_REQUEST', dnsRequestAction: { domain: 'pool.example.net', protocol: 'UDP' } } }) },
  { type: 'Discovery:IAMUser/AnomalousBehavior', severity: 2, of: 12, make: () => ({ resource: { resourceType: 'AccessKey', accessKeyDetails: { userName: pick(['deploy', 'report', 'ada']), userType: 'IAMUser' } }, action: { actionType: 'AWS_API_CALL', awsApiCallAction: { api: 'ListBuckets', serviceName: 's3.amazonaws.com', remoteIpDetails: remote(pick(places)) } } }) },
  { type: 'Exfiltration:S3/AnomalousBehavior', severity: 8, of: 2, make: () => ({ resource: { resourceType: 'S3Bucket', s3BucketDetails: [{ name: 'reports' }] }, action: { actionType: 'AWS_API_CALL', awsApiCallAction: { api: 'GetObject', remoteIpDetails: remote(places[2]) } } }) },
  { type: 'Policy:S3/BucketAnonymousAccessGranted', severity: 8, of: 1, make: () => ({ resource: { resourceType: 'S3Bucket', s3BucketDetails: [{ name: 'reports' }] }, action: { actionType: 'AWS_API_CALL', awsApiCallAction: { api: 'PutBucketPolicy', remoteIpDetails: remote(places[4]) } } }) },
  { type: 'Impact:EC2/PortSweep', severity: 5, of: 4, make: () => ({ resource: instance(instances[0]), action: { actionType: 'NETWORK_CONNECTION', networkConnectionAction: { connectionDirection: 'OUTBOUND', remoteIpDetails: remote(pick(places)) } } }) },
];

const events = [];
for (const kind of kinds) {
  for (let i = 0; i < kind.of; i++) {
    const id = hex(32), account = pick(['111122223333', '444455556666']), region = pick(['eu-central-1', 'us-east-1']), first = start + random() * 8 * 86400e3, { resource, action } = kind.make();
    let count = 0;
    for (let update = 0; update < 1 + random() * 4; update++) {
      count += 1 + Math.floor(random() * random() * 60);
      const time = iso(first + update * 6 * 3600e3);
      events.push({ version: '0', id: hex(8), 'detail-type': 'GuardDuty Finding', source: 'aws.guardduty', account, time, region, resources: [],
        detail: { schemaVersion: '2.0', accountId: account, region, partition: 'aws', id, arn: `arn:aws:guardduty:${region}:${account}:detector/d/finding/${id}`, type: kind.type, resource,
          service: { serviceName: 'guardduty', detectorId: 'd', action, resourceRole: 'TARGET', eventFirstSeen: iso(first), eventLastSeen: time, archived: false, count },
          severity: kind.severity, createdAt: iso(first), updatedAt: time, title: `${kind.type} (synthetic)`, description: 'Made up.' } });
    }
  }
}
events.sort((a, b) => a.time < b.time ? -1 : 1);
process.stdout.write(events.map(event => JSON.stringify(event)).join('\n') + '\n');
