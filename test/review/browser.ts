import { existsSync, mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { delimiter, join } from 'node:path';
import { chromium, type BrowserContext } from 'playwright-core';
import { type Requirement } from '../support/requirements';

/** What Linux distributions and Google call it. */
const NAMES = ['chromium', 'chromium-browser', 'google-chrome', 'google-chrome-stable', 'chrome'];

const OF_MACOS = ['Google Chrome', 'Chromium'].map((name) => `/Applications/${name}.app/Contents/MacOS/${name}`);

function executable(): string | undefined {
  const onPath = (process.env['PATH'] ?? '').split(delimiter).flatMap((directory) => NAMES.map((name) => join(directory, name)));
  return [process.env['CHROMIUM'], ...onPath, ...OF_MACOS].find((path) => path !== undefined && path !== '' && existsSync(path));
}

export const browser = (): Requirement => ({
  met: executable() !== undefined,
  reason: 'Chromium is not installed (or name it in CHROMIUM)',
});

/** So that it starts as root, and asks nobody for anything. */
const FLAGS = [
  '--no-sandbox',
  '--disable-gpu',
  '--disable-quic',
  '--no-first-run',
  '--disable-background-networking',
  '--disable-component-update',
  '--disable-sync',
];

export interface Look {
  readonly colorScheme: 'light' | 'dark';
  readonly width: number;
}

/** Lets Chromium show pages that are given as text, with a profile of their own that is removed. */
export async function inBrowser<T>(look: Look, body: (context: BrowserContext) => Promise<T>): Promise<T> {
  const profile = mkdtempSync(join(tmpdir(), 'chromium-'));
  const viewport = { width: look.width, height: 900 };
  const context = await chromium.launchPersistentContext(profile, {
    executablePath: executable(),
    args: FLAGS,
    colorScheme: look.colorScheme,
    viewport,
    bypassCSP: true,
  });
  try {
    return await body(context);
  } finally {
    await context.close();
    rmSync(profile, { recursive: true, force: true, maxRetries: 5 });
  }
}
