import { createReadStream, createWriteStream, mkdtempSync, rmSync, statSync } from 'node:fs';
import { once } from 'node:events';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { checkFiles } from '../configuration';
import { reportAsText, reportViolations } from '../perimeter';
import { callEntry, violationEntry } from '../test/support/audit-log';

/** Time and memory of a report about a large log: a tenth of the entries are violations, of 500 kinds. */
const ENTRIES = Number(process.argv[2] ?? 100_000);

async function write(file: string): Promise<void> {
  const out = createWriteStream(file);
  const start = Date.parse('2026-11-20T00:00:00Z');
  for (let index = 0; index < ENTRIES; index += 1) {
    const time = new Date(start + (index * 30 * 86_400_000) / ENTRIES).toISOString();
    const kind = (index / 10) % 500;
    const entry =
      index % 10 === 0
        ? violationEntry({ time, principal: `job-${kind}@acme-data.iam.gserviceaccount.com`, source: 'projects/123456789012' })
        : callEntry(time);
    if (!out.write(`${index === 0 ? '[\n' : ',\n'}${JSON.stringify(entry, undefined, 2)}`)) await once(out, 'drain');
  }
  out.end('\n]\n');
  await once(out, 'finish');
}

async function main(): Promise<void> {
  const directory = mkdtempSync(join(tmpdir(), 'bench-perimeter-'));
  try {
    const file = join(directory, 'log.json');
    await write(file);
    const { environment } = checkFiles(['environments/prod.yaml']).environments[0]!;
    globalThis.gc?.();
    const before = process.memoryUsage().rss;
    let peak = before;
    const timer = setInterval(() => (peak = Math.max(peak, process.memoryUsage().rss)), 20);
    const start = performance.now();
    const report = (await reportViolations(environment, createReadStream(file), '2026-11-21'))!;
    const text = reportAsText(report);
    const seconds = (performance.now() - start) / 1000;
    clearInterval(timer);
    console.log(
      `${report.log.entries} entries, ${Math.round(statSync(file).size / 2 ** 20)} MiB: ${seconds.toFixed(1)} s, ` +
        `${Math.round((peak - before) / 2 ** 20)} MiB more memory; ${report.groups.length} groups, ${text.length} characters of report`,
    );
  } finally {
    rmSync(directory, { recursive: true, force: true });
  }
}

void main();
