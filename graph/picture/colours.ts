import type { Kind } from '../model';

/** Families of things: a reader finds what belongs together before reading. */
export type Family = 'who' | 'way' | 'run' | 'model' | 'store' | 'guard' | 'rest';

export const FAMILY: Readonly<Record<Kind, Family>> = {
  people: 'who',
  anyone: 'who',
  workload: 'who',
  pipeline: 'who',
  account: 'guard',
  pool: 'guard',
  secret: 'guard',
  key: 'guard',
  door: 'way',
  network: 'way',
  service: 'run',
  job: 'run',
  cluster: 'run',
  endpoint: 'model',
  models: 'model',
  database: 'store',
  cache: 'store',
  storage: 'store',
  images: 'rest',
  registry: 'rest',
  rest: 'rest',
};

/** Contrast with the ground is 4.5 or more for texts, 3 or more for boxes and arrows, light and dark; the edges of stacks are only a hint. */
export const STYLE = `
svg{--ground:#fff;--card:#fff;--text:#1f2328;--soft:#57606a;--frame:#f6f8fa;--line:#8c959f;--data:#0969da;--identity:#8250df;--other:#6e7781;--guarded:#bc4c00;
--who:#57606a;--way:#0969da;--run:#1a7f37;--model:#9a6700;--store:#0a7280;--guard:#8250df;--rest:#57606a}
@media (prefers-color-scheme:dark){svg{--ground:#0d1117;--card:#161b22;--text:#e6edf3;--soft:#9da7b1;--frame:#0f151c;--line:#6e7681;--data:#58a6ff;--identity:#bc8cff;--other:#8b949e;--guarded:#f0883e;
--who:#adbac7;--way:#58a6ff;--run:#56d364;--model:#e3b341;--store:#56d4dd;--guard:#bc8cff;--rest:#9da7b1}}
text{fill:var(--text);font-size:12px}
.what,.line,.say{fill:var(--soft)}.what{font-size:11.5px}.say{font-size:11px}.title{font-size:14px;font-weight:700}.name{font-size:13.5px;font-weight:700}
.card{fill:var(--card);stroke:var(--line)}.stack{fill:var(--frame);stroke:var(--line);stroke-opacity:.55}
.perimeter{fill:none;stroke:var(--guarded);stroke-width:2;stroke-dasharray:9 5}.guarded{fill:var(--guarded)}
.icon{fill:none;stroke-width:1.4;stroke-linejoin:round;stroke-linecap:round}
.arrow{fill:none;stroke-linejoin:round}
.data{stroke:var(--data);stroke-width:2}.identity{stroke:var(--identity);stroke-width:1.4;stroke-dasharray:5 3.5}
.encryption,.network,.images{stroke:var(--other);stroke-width:1.2;stroke-dasharray:1.5 3}
.halo{fill:var(--ground)}.halo.in{fill:var(--frame)}
.who{stroke:var(--who)}.way{stroke:var(--way)}.run{stroke:var(--run)}.model{stroke:var(--model)}.store{stroke:var(--store)}.guard{stroke:var(--guard)}.rest{stroke:var(--rest)}
`;
