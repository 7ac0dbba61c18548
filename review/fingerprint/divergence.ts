import { compareText, type FingerprintedChange, type StackFingerprint } from './fingerprint';
import { visible } from '../report/visible';

/** Most attributes that are named of one resource. */
const NAMED = 8;

/** What is planned now and was reviewed otherwise, a line each, below the name of its stack. Empty: exactly what was reviewed. */
export function divergence(reviewed: readonly StackFingerprint[], planned: readonly StackFingerprint[]): string[] {
  const names = [...new Set([...reviewed, ...planned].map(({ stack }) => stack))].sort(compareText);
  return names.flatMap((name) => {
    const [before, now] = [reviewed, planned].map((stacks) => stacks.find(({ stack }) => stack === name));
    const lines = ofStack(before, now);
    return lines.length === 0 ? [] : [visible(name), ...lines.map((line) => `  ${visible(line)}`)];
  });
}

function ofStack(reviewed: StackFingerprint | undefined, planned: StackFingerprint | undefined): string[] {
  if (reviewed === undefined) return ['nobody has reviewed a plan of this stack'];
  if (planned === undefined) return ['was reviewed, and is not planned now'];
  if (reviewed.hash === planned.hash) return [];
  const [before, now] = [byAddress(reviewed), byAddress(planned)];
  const lines = [...new Set([...before.keys(), ...now.keys()])].sort(compareText).flatMap((address) => {
    const line = ofChange(before.get(address), now.get(address));
    return line === undefined ? [] : [`${address}: ${line}`];
  });
  // The hashes are what counts: a document whose changes were edited is not taken for the same.
  return lines.length > 0 ? lines : ['the hash is another one, and no change says why: one of the two documents was edited'];
}

const byAddress = ({ changes }: StackFingerprint) => new Map(changes.map((change) => [change.address, change]));

function ofChange(reviewed: FingerprintedChange | undefined, planned: FingerprintedChange | undefined): string | undefined {
  if (reviewed === undefined) return `${planned!.action} was not reviewed`;
  if (planned === undefined) return `${reviewed.action} was reviewed, and is not planned any more`;
  if (reviewed.action !== planned.action) return `${reviewed.action} was reviewed, ${planned.action} is planned`;
  const paths = [...new Set([...Object.keys(reviewed.attributes), ...Object.keys(planned.attributes)])].filter(
    (path) => reviewed.attributes[path] !== planned.attributes[path],
  );
  if (paths.length === 0) return undefined;
  const more = paths.length > NAMED ? ` and ${paths.length - NAMED} more` : '';
  return `${reviewed.action} as reviewed, but not to the same: ${paths.sort(compareText).slice(0, NAMED).map(dotted).join(', ')}${more}`;
}

/** `["scaling",0,"min"]` → `scaling.0.min`. */
function dotted(path: string): string {
  const steps = /^(forced by )?(\[.*\])$/s.exec(path);
  if (steps === null) return path;
  try {
    return `${steps[1] ?? ''}${(JSON.parse(steps[2]!) as unknown[]).join('.') || 'its value'}`;
  } catch {
    return path;
  }
}
