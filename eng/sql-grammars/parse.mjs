// Reads lines of {"dialect": "trino"|"hive", "name", "sql"} from standard input; prints what its grammar does not take, a line each, and then how many it took.
import { HiveSQL, TrinoSQL } from 'dt-sql-parser';

const parsers = { trino: new TrinoSQL(), hive: new HiveSQL() };
let text = '', taken = 0;
for await (const part of process.stdin.setEncoding('utf8')) text += part;
for (const { dialect, name, sql } of text.trim().split('\n').map(line => JSON.parse(line))) {
  const errors = parsers[dialect].validate(sql + ';');
  taken += errors.length === 0;
  for (const { startLine, startColumn, message } of errors) console.log(`${name}:${startLine}:${startColumn}: ${message}`);
}
console.log(`${taken} statements parse`);
