// Runs a command with the values of ephemeral Terraform variables, which are in no plan and have to be given again when it is applied.
//
//   node with-variables.mjs COMMAND [ARGUMENT...]
//
// TERRAFORM_VARIABLES is a JSON object, name to value; empty where there is none. The command gets TF_VAR_NAME for each, and not the object.
import { spawnSync } from 'node:child_process';

const { TERRAFORM_VARIABLES: given, ...environment } = process.env;
const [command, ...args] = process.argv.slice(2);

function variables() {
  let values;
  try {
    values = JSON.parse(given || '{}');
  } catch {
    // The error would quote the text.
    return undefined;
  }
  const isObject = typeof values === 'object' && values !== null && !Array.isArray(values);
  const isFine = isObject && Object.entries(values).every(([name, value]) => /^[A-Za-z_]\w*$/.test(name) && typeof value === 'string');
  return isFine ? Object.fromEntries(Object.entries(values).map(([name, value]) => [`TF_VAR_${name}`, value])) : undefined;
}

const values = variables();
if (values === undefined) {
  console.error('TERRAFORM_VARIABLES is no JSON object of texts by the names of variables: {"prod_alert_webhook": "…"}');
  process.exitCode = 1;
} else {
  // The log masks the secret as a whole; a value alone it does not know.
  if (process.env.GITHUB_ACTIONS) {
    for (const value of Object.values(values)) for (const line of value.split(/\r?\n/)) if (line !== '') console.log(`::add-mask::${line}`);
  }
  const run = spawnSync(command, args, { stdio: 'inherit', env: { ...environment, ...values } });
  if (run.error) console.error(`${command}: ${run.error.message}`);
  process.exitCode = run.status ?? 1;
}
