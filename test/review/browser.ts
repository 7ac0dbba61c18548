import { existsSync, mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { chromium, type BrowserContext } from 'playwright-core';
import { type Requirement } from '../support/requirements';

const PATHS = ['/usr/bin/chromium', '/usr/bin/chromium-browser', '/usr/bin/google-chrome'];

const executable = (): string | undefined => [process.env['CHROMIUM'], ...PATHS].find((path) => path !== undefined && existsSync(path));

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
