// The outputs of the action, from the JSON of a report.
import { readFileSync } from 'node:fs';

const { verdict, counts, losses, risks } = JSON.parse(readFileSync(process.argv[2], 'utf8'));

const outputs = {
  verdict,
  // A script that runs again is replaced too, and nothing is lost.
  losses: losses.filter(({ harmless }) => !harmless).length,
  drift: counts.drift,
  'high-risks': risks.filter(({ level }) => level === 'high').length,
};
for (const [name, value] of Object.entries(outputs)) console.log(`${name}=${value}`);
