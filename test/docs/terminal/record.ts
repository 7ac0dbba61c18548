/**
 * Records a real rehearsal in a pseudo-terminal and draws it: `npm run docs:terminal`. The pseudo-terminal is that of `script` of
 * util-linux, as every Linux has it.
 */
import { spawn } from 'node:child_process';
import { writeFileSync } from 'node:fs';
import { framesOf, type Output, textOf } from './film';
import { svgOf } from './svg';

const COMMAND = 'npm run rehearse -- dev';
const FILE = 'docs/images/rehearsal.svg';
const COLUMNS = 80;
const ROWS = 30;

function record(): Promise<Output[]> {
  return new Promise((done, fail) => {
    const outputs: Output[] = [];
    const child = spawn('script', ['-qefc', `stty cols ${COLUMNS} rows ${ROWS} && ${COMMAND}`, '/dev/null'], {
      // npm's own lines (the name of the script, hints on its settings) are not the command's.
      env: { ...process.env, TERM: 'xterm-256color', npm_config_loglevel: 'silent', NO_UPDATE_NOTIFIER: '1' },
      stdio: ['ignore', 'pipe', 'inherit'],
    });
    const decoder = new TextDecoder();
    const start = Date.now();
    child.stdout.on('data', (bytes: Buffer) => {
      outputs.push({ seconds: (Date.now() - start) / 1000, text: decoder.decode(bytes, { stream: true }) });
    });
    child.once('error', fail);
    child.once('close', (code) => (code === 0 ? done(outputs) : fail(new Error(`${COMMAND} ended with exit code ${code}`))));
  });
}

async function main(): Promise<void> {
  const frames = framesOf(await record(), COLUMNS, ROWS);
  const description = `What a terminal shows of it, at last:\n${textOf(frames.at(-1)!)}`;
  const svg = svgOf({ title: COMMAND, description, columns: COLUMNS, frames });
  writeFileSync(FILE, svg);
  process.stdout.write(`${FILE}: ${frames.length} frames, ${Math.ceil(svg.length / 1024)} KiB\n`);
}

void main();
