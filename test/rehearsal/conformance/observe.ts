import { type Case, dotted, type PlannedAction } from './cases';
import type { Change, Diagnostic, Module, ResourceChange, Workspace } from './workspace';

type Changes = Readonly<Record<string, Change>>;

/** What one provider said of one case. Addresses are those inside the module. */
export interface Observation {
  /** Empty: the configuration is valid. */
  readonly errors: readonly Diagnostic[];
  /** The plan on the state the case starts from. */
  readonly changes: Changes;
  /** For a case that starts from nothing: the plan after its apply, in which nothing may be left to do. */
  readonly afterApply: Changes;
}

export type Observations = ReadonlyMap<string, Observation>;

/** A state that the embedded provider has made: each case as it is before its change, or as it is where there is none. */
export interface PreparedState {
  readonly file: string;
  readonly cases: readonly Case[];
}

const configured = (each: Case): Module => ({ name: each.name, resources: each.resources });

function caseOf(diagnostic: Diagnostic): string {
  const name =
    /^module\.([^.]+)\./.exec(diagnostic.address ?? '')?.[1] ?? /^([^/]+)\/main\.tf\.json$/.exec(diagnostic.range?.filename ?? '')?.[1];
  if (name === undefined) throw new Error(`An error that belongs to no case: ${diagnostic.summary}. ${diagnostic.detail}`);
  return name;
}

const errorsOf = (diagnostics: readonly Diagnostic[], { name }: Case): Diagnostic[] => diagnostics.filter((each) => caseOf(each) === name);

function changesOf(changes: readonly ResourceChange[], { name }: Case): Changes {
  const module = `module.${name}`;
  return Object.fromEntries(
    changes.filter((each) => each.module_address === module).map((each) => [each.address.slice(module.length + 1), each.change]),
  );
}

export function actionOf(change: Change): PlannedAction {
  const action = change.actions.length > 1 ? 'replace' : (change.actions[0] ?? 'no-op');
  return { action, replacePaths: (change.replace_paths ?? []).map(dotted).sort() };
}

/** Applies what the cases start from. Only the embedded provider can: it needs no cloud. */
export async function prepareState(workspace: Workspace, cases: readonly Case[]): Promise<PreparedState> {
  const valid = cases.filter(({ invalid }) => invalid === undefined);
  workspace.write(valid.map(({ name, resources, before }) => ({ name, resources: before ?? resources })));
  await workspace.init();
  return { file: await workspace.apply(), cases: valid };
}

/** Gives all cases to one provider, in few runs of Terraform: validates everything, plans from nothing, plans on the prepared state. */
export async function observe(workspace: Workspace, cases: readonly Case[], prepared: PreparedState): Promise<Observations> {
  workspace.write(cases.map(configured));
  await workspace.init();
  const invalid = await workspace.validate();
  const passed = cases.filter((each) => errorsOf(invalid, each).length === 0);

  workspace.write(passed.filter(({ before }) => before === undefined).map(configured));
  const fromNothing = await workspace.plan();

  workspace.write(passed.filter((each) => prepared.cases.includes(each)).map(configured));
  const onState = await workspace.plan(prepared.file);

  const observed = (each: Case): Observation => {
    const { diagnostics, changes } = each.before === undefined ? fromNothing : onState;
    return {
      errors: [...errorsOf(invalid, each), ...errorsOf(diagnostics, each)],
      changes: changesOf(changes, each),
      afterApply: each.before === undefined ? changesOf(onState.changes, each) : {},
    };
  };
  return new Map(cases.map((each) => [each.name, observed(each)]));
}
