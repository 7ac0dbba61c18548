import { mkdirSync, rmSync, writeFileSync } from 'node:fs';
import { dirname, join } from 'node:path';
import { App, type TerraformStack } from './cdktf';

/** Folder beside the stack's JSON. */
const FOLDER = 'handover';

/**
 * Files that a stack makes for others: manifests for a cluster, settings for a program. They are written beside the stack when it is
 * synthesized, and say the same whenever the stack does. Files of an earlier synthesis go: what is no longer made must not be applied.
 */
export class Handover {
  private readonly files = new Map<string, string>();

  constructor(stack: TerraformStack) {
    const inner = stack.synthesizer;
    stack.synthesizer = {
      synthesize: (session) => {
        inner.synthesize(session);
        this.write(join(App.of(stack).outdir, session.manifest.forStack(stack).workingDirectory, FOLDER));
      },
    };
  }

  /** @param path in the folder, e.g. kubernetes/web.yaml; a second file of one path is a mistake of the caller */
  add(path: string, content: string): void {
    if (this.files.has(path)) throw new Error(`two files ${path} in one stack`);
    this.files.set(path, content);
  }

  /** Path and content of every file, sorted. */
  entries(): readonly (readonly [string, string])[] {
    return [...this.files].sort(([one], [other]) => (one < other ? -1 : 1));
  }

  private write(directory: string): void {
    rmSync(directory, { recursive: true, force: true });
    for (const [path, content] of this.entries()) {
      mkdirSync(dirname(join(directory, path)), { recursive: true });
      writeFileSync(join(directory, path), content);
    }
  }
}
