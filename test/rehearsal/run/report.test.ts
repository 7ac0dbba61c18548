import { conclude, type Findings } from '../../../rehearsal/run/report';
import { renderExecReport, renderReport } from '../../../rehearsal/run/table';

const CLEAN: Findings = {
  engine: { name: 'terraform', version: '1.11.4' },
  seconds: 3.21,
  environments: ['dev'],
  stacks: [
    { stack: 'dev-foundation', resources: 37, seconds: 1.26, changes: [{ address: 'a.b', action: 'create' }], differences: [] },
    { stack: 'dev-gateway', resources: 7, seconds: 0.4, changes: [], differences: [] },
  ],
  secrets: { secrets: 5, tooShort: [], files: 40, leaks: [] },
  violations: [],
  warnings: [],
};

const rendered = (findings: Partial<Findings>) => renderReport(conclude({ ...CLEAN, ...findings }), false);

describe('the report', () => {
  it('of a clean run', () => {
    expect(rendered({})).toMatchInlineSnapshot(`
     "┌────────────────┬───────────┬─────────┬─────────────┐
     │ stack          │ resources │ seconds │ second plan │
     │ dev-foundation │        37 │     1.3 │ empty       │
     │ dev-gateway    │         7 │     0.4 │ empty       │
     └────────────────┴───────────┴─────────┴─────────────┘
     2 stacks, 44 resources, 3.2 s with terraform 1.11.4
     5 secret values looked for in 40 files: none found
     files: removed (--keep DIR keeps states, plans and logs)
     "
    `);
  });

  it('of a run with everything that there can be', () => {
    const report = rendered({
      stacks: [
        {
          ...CLEAN.stacks[0]!,
          changes: [
            { address: 'x.new', action: 'create' },
            { address: 'x.old', action: 'delete' },
            { address: 'x.other', action: 'replace' },
            { address: 'x.there', action: 'import' },
            { address: 'x.changed', action: 'update', imported: true },
          ],
          differences: [{ address: 'x.y', action: 'update', attributes: ['labels.team', 'name'] }],
        },
      ],
      upgradedFrom: 'v1 (0123456789)',
      faults: {
        recoveries: [
          { stack: 'dev-foundation', faults: ['x@1=kill'], said: 'killed', adopted: ['x.a', 'x.b'] },
          { stack: 'dev-foundation', faults: ['y@2=503'], said: 'Service unavailable', adopted: [] },
        ],
        differences: ['dev-foundation: x.y has another name'],
      },
      destroyed: {
        refused: ['x.guarded'],
        leftovers: [
          ...['a', 'b', 'c', 'd', 'e'].map((id) => ({ type: 'google_project_service', id, keptBy: 'disable_on_destroy = false' })),
          { type: 'google_compute_network', id: 'stray' },
        ],
      },
      secrets: {
        secrets: 5,
        tooShort: ['var.pin of dev-x'],
        files: 40,
        leaks: [{ file: 'state/dev.tfstate', secret: 'var.key of dev-x' }],
      },
      violations: ['after call 3: traffic to nothing'],
      warnings: ['dev-foundation/X: soon retired'],
      directory: '/kept',
    });
    expect(report).toMatchInlineSnapshot(`
     "┌────────────────┬───────────┬──────────────────────────────────────────────────────────────────────┬─────────┬─────────────┐
     │ stack          │ resources │ upgrade                                                              │ seconds │ second plan │
     │ dev-foundation │        37 │ 1 created, 1 imported and updated, 1 replaced, 1 deleted, 1 imported │     1.3 │ 1 to change │
     └────────────────┴───────────┴──────────────────────────────────────────────────────────────────────┴─────────┴─────────────┘
     1 stack, 37 resources, 3.2 s with terraform 1.11.4
     dev-foundation: the second plan would update x.y: labels.team, name
     must never be: after call 3: traffic to nothing
     upgraded from v1 (0123456789):
       dev-foundation: 1 created, 1 imported and updated, 1 replaced, 1 deleted, 1 imported
         created x.new
         imported and updated x.changed
         replaced x.other
         deleted x.old
         imported x.there
     dev-foundation: x@1=kill struck; adopted x.a, x.b and run again
     dev-foundation: y@2=503 struck; run again
     dev-foundation: x.y has another name
     deletion protection refused the destruction of x.guarded; it was lifted
     destroyed; kept on purpose:
       google_project_service (disable_on_destroy = false): a, b, c and 2 more
     left behind: google_compute_network stray
     a secret is in a file: var.key of dev-x in state/dev.tfstate
     not looked for, too short to tell from chance: var.pin of dev-x
     warning: dev-foundation/X: soon retired
     files: /kept
     "
    `);
  });

  it('is coloured for a terminal only', () => {
    const escape = /\u001b/;
    expect(rendered({ warnings: ['w'] })).not.toMatch(escape);
    expect(renderReport(conclude({ ...CLEAN, warnings: ['w'] }), true)).toMatch(escape);
  });

  it('after exec', () => {
    expect(renderExecReport({ exitCode: 0, directory: '/kept', secrets: CLEAN.secrets })).toBe(
      '5 secret values looked for in 40 files: none found\nstates and cloud: /kept\n',
    );
  });
});

describe('the outcome', () => {
  const notEmpty = [{ ...CLEAN.stacks[0]!, differences: [{ address: 'x.y', action: 'update', attributes: [] }] }];
  const leaks = { ...CLEAN.secrets, leaks: [{ file: 'f', secret: 's' }] };
  const diverged = { recoveries: [], differences: ['x'] };
  const left = { refused: [], leftovers: [{ type: 't', id: 'i' }] };

  it.each([
    [{}, 'ok', 0],
    [{ destroyed: { refused: ['x'], leftovers: [{ type: 't', id: 'i', keptBy: 'disable_on_destroy = false' }] } }, 'ok', 0],
    [{ destroyed: left }, 'destroy', 9],
    [{ destroyed: left, faults: diverged }, 'diverged', 10],
    [{ destroyed: left, faults: diverged, stacks: notEmpty }, 'notEmpty', 7],
    [{ destroyed: left, faults: diverged, stacks: notEmpty, secrets: leaks }, 'leak', 8],
  ] as const)('of %j is %s', (findings, outcome, exitCode) => {
    expect(conclude({ ...CLEAN, ...findings } as Findings)).toMatchObject({ outcome, exitCode });
  });
});
