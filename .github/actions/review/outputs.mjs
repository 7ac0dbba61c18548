// The outputs of the action, from the JSON of a report.
import { readFileSync } from 'node:fs';

const { verdict, counts, risks } = JSON.parse(readFileSync(process.argv[2], 'utf8'));

const outputs = {
  verdict,
  deletes: counts.delete + counts.replace,
  drift: counts.drift,
  'high-risks': risks.filter(({ level }) => level === 'high').length,
};
for (const [name, value] of Object.entries(outputs)) console.log(`${name}=${value}`);
