// Lists the properties of resources that may be policies: node eng/policy-properties.mjs <unpacked @aws-cdk/aws-service-spec> <unpacked @cdktf/provider-aws> <list>
//
// Both are from npm: npm pack @aws-cdk/aws-service-spec @cdktf/provider-aws. A line of the list is a type of CloudFormation or Terraform and the property, or
// the way to it; tests/ProvableSec.Rules.Tests/Documents/PolicyPropertiesTests.cs holds the tables of the product against it.
import { readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { gunzipSync } from 'node:zlib';

const [specification, provider, outputFile] = process.argv.slice(2);
if (!specification || !provider || !outputFile) {
  console.error('usage: policy-properties.mjs <unpacked @aws-cdk/aws-service-spec> <unpacked @cdktf/provider-aws> <list>');
  process.exit(2);
}

const version = (folder) => JSON.parse(readFileSync(join(folder, 'package.json'), 'utf8')).version;

// Names of things about policies, not of policies.
const aboutPolicies = /(Name|Id|Ids|Arn|Arns|Type|Scope|Description|Language|Runtime|Behavior|Label|Number|Identifier|Permission)$/;

function* cloudFormation() {
  const { schema } = JSON.parse(gunzipSync(readFileSync(join(specification, 'db.json.gz'))));
  const definitions = new Map(schema.typeDefinition.entities.map((definition) => [definition.$id, definition]));
  function* properties(of, path, inside) {
    for (const [name, property] of Object.entries(of ?? {})) {
      yield [path + name, property.type.type];
      yield* below(property.type, `${path}${name}/`, inside);
    }
  }
  function* below(type, path, inside) {
    if (type.type === 'ref') {
      const id = type.reference.$ref;
      if (!inside.includes(id)) yield* properties(definitions.get(id).properties, path, [...inside, id]);
    } else if (type.type === 'array' || type.type === 'map') {
      yield* below(type.element, `${path}*/`, inside);
    } else if (type.type === 'union') {
      for (const one of type.types) yield* below(one, path, inside);
    }
  }
  for (const resource of schema.resource.entities) {
    for (const [path, kind] of properties(resource.properties, '', [])) {
      const leaf = path.split('/').pop();
      if (['json', 'string', 'union'].includes(kind) && /Polic(y|ies)|Statement/.test(leaf) && !aboutPolicies.test(leaf)) yield `${resource.cloudFormationType} ${path}`;
    }
  }
}

function* terraform() {
  const { types } = JSON.parse(readFileSync(join(provider, '.jsii'), 'utf8'));
  for (const type of Object.values(types)) {
    for (const property of type.kind === 'interface' ? (type.properties ?? []) : []) {
      // Where the provider's documentation describes it is all that tells which resource it is of.
      const named = /docs\/resources\/([a-z0-9_]+)#([a-z0-9_]+)/.exec(JSON.stringify(property.docs ?? {}));
      if (named && property.type?.primitive === 'string' && /polic(y|ies)$|policy_(document|text|json)$|^content$/.test(named[2])) yield `aws_${named[1]} ${named[2]}`;
    }
  }
}

const lines = [...new Set([...cloudFormation(), ...terraform()])].sort();
writeFileSync(outputFile, `# Made by eng/policy-properties.mjs of @aws-cdk/aws-service-spec ${version(specification)} and @cdktf/provider-aws ${version(provider)}\n${lines.join('\n')}\n`);
