import type { Case } from './cases';
import { observe, type Observations, type PreparedState, prepareState } from './observe';
import { embedded, googleVersion, type Provider, real } from './providers';
import { Workspace } from './workspace';

/** Both providers, each with its workspace, given the same cases and the same prior state. */
export class Session {
  private readonly opened: { readonly provider: Provider; readonly workspace: Workspace }[] = [];
  private prepared: PreparedState | undefined;

  constructor(private readonly cases: readonly Case[]) {}

  /** Must come first: it makes the state that the changes start from. */
  async embedded(): Promise<Observations> {
    const workspace = this.open(await embedded(this.cases));
    this.prepared = await prepareState(workspace, this.cases);
    return observe(workspace, this.cases, this.prepared);
  }

  async real(): Promise<Observations> {
    if (!this.prepared) throw new Error('The embedded provider has to make the state first.');
    const workspace = this.open(real());
    const observations = await observe(workspace, this.cases, this.prepared);
    const version = await workspace.selectedVersion();
    if (version !== googleVersion()) throw new Error(`Terraform selected google ${version}, not ${googleVersion()}.`);
    return observations;
  }

  async close(): Promise<void> {
    for (const { provider, workspace } of this.opened) {
      workspace.remove();
      await provider.close();
    }
  }

  private open(provider: Provider): Workspace {
    const workspace = new Workspace(googleVersion(), provider.environment);
    this.opened.push({ provider, workspace });
    return workspace;
  }
}
