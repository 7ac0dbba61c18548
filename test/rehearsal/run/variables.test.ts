import { SecretLedger } from '../../../rehearsal/ledger';
import { type Configuration, type Stack } from '../../../rehearsal/run/stacks';
import { variableValues } from '../../../rehearsal/run/variables';

function values(variable: Configuration['variable'], given: NodeJS.ProcessEnv = {}) {
  const ledger = new SecretLedger();
  const stack: Stack = { id: 'dev-x', environment: 'dev', directory: '/', dependencies: [], warnings: [], configuration: { variable } };
  return { values: variableValues(stack, ledger, given), ledger };
}

describe('variableValues', () => {
  it('makes up a secret for what is ephemeral or sensitive and empty, and notes it', () => {
    const { values: made, ledger } = values({ key: { type: 'string', ephemeral: true, default: '' }, token: { sensitive: true } });
    expect(Object.keys(made)).toEqual(['TF_VAR_key', 'TF_VAR_token']);
    expect(new Set(Object.values(made)).size).toBe(2);
    expect(ledger.values()).toEqual(Object.values(made));
    expect(ledger.whereOf(made['TF_VAR_key']!)).toBe('var.key of dev-x');
  });

  it('gives a word to a plain variable without a default, and nothing to one with', () => {
    const { values: made, ledger } = values({ name: { type: 'string' }, size: { type: 'number', default: 3 } });
    expect(made).toEqual({ TF_VAR_name: 'rehearsal-name' });
    expect(ledger.values()).toEqual([]);
  });

  it('takes what a person has set, and looks for it in the files when it is a secret', () => {
    const { values: made, ledger } = values(
      { key: { ephemeral: true }, size: { type: 'number' } },
      { TF_VAR_key: 'mine-mine', TF_VAR_size: '3' },
    );
    expect(made).toEqual({ TF_VAR_key: 'mine-mine', TF_VAR_size: '3' });
    expect(ledger.values()).toEqual(['mine-mine']);
  });

  it('makes up text only', () => {
    expect(() => values({ size: { type: 'number' }, zones: { type: 'list(string)' } })).toThrow(
      'dev-x: these variables have no default, and the rehearsal makes up text only: size (number), zones (list(string)). Set TF_VAR_<name>.',
    );
  });
});
