import type { Draft } from '../draft';
import type { Landscape, Main } from '../landscape';
import type { Flow, Kind } from '../model';

interface Meaning {
  readonly flow: Flow;
  readonly label: string;
}

const data = (label: string): Meaning => ({ flow: 'data', label });

const RUNS: Partial<Record<Kind, Meaning>> = {
  database: data('SQL'),
  cache: data('Redis'),
  service: data('HTTPS'),
  endpoint: data('predictions'),
  storage: data('data'),
  secret: { flow: 'identity', label: 'reads' },
  network: { flow: 'network', label: 'in' },
  images: { flow: 'images', label: 'image' },
};

/** What it means that one thing names another. Where nothing stands here, nothing is drawn. */
const MEANS: Partial<Record<Kind, Partial<Record<Kind, Meaning>>>> = {
  door: { service: data('HTTPS'), storage: data('files'), network: { flow: 'network', label: 'in' } },
  service: RUNS,
  job: RUNS,
  endpoint: { storage: data('request log'), network: { flow: 'network', label: 'in' } },
  cache: { network: { flow: 'network', label: 'in' } },
  database: { network: { flow: 'network', label: 'in' } },
  cluster: { network: { flow: 'network', label: 'in' } },
  registry: { secret: { flow: 'identity', label: 'signs in with' } },
};

const ENCRYPTS: Meaning = { flow: 'encryption', label: 'encrypts' };

function connect(draft: Draft, from: Main, to: Main): void {
  if (to.type.kind === 'key') {
    draft.change(from.id, ({ keys }) => ({ keys: [...keys, to.type.title(to.resource)] }));
    draft.connect({ from: to.id, to: from.id, ...ENCRYPTS, because: to.resource.address });
    return;
  }
  const meaning = MEANS[from.type.kind]?.[to.type.kind];
  if (meaning) draft.connect({ from: from.id, to: to.id, ...meaning, because: `${from.resource.address} names ${to.resource.address}` });
}

/** What follows from what resources name: in references, environment variables, arguments, connection strings. */
export function drawReferences(draft: Draft, landscape: Landscape): void {
  for (const from of landscape.mains) for (const to of landscape.reachOf(from).mains) connect(draft, from, to);
}
