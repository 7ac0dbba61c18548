import { mkdirSync } from 'node:fs';
import { join } from 'node:path';
import { htmlPage } from '../../review';
import { inBrowser, type Look } from './browser';
import { showcase } from './showcase';

const LOOKS: readonly (Look & { readonly name: string; readonly height: number })[] = [
  { name: 'light', colorScheme: 'light', width: 1100, height: 1500 },
  { name: 'dark', colorScheme: 'dark', width: 1100, height: 1500 },
  { name: 'light-phone', colorScheme: 'light', width: 390, height: 1500 },
  { name: 'dark-phone', colorScheme: 'dark', width: 390, height: 1500 },
];

/** Writes docs/images/review-*.png anew: `npm run screenshots:review`. Needs Chromium. */
async function main(): Promise<void> {
  const directory = join(__dirname, '..', '..', 'docs', 'images');
  mkdirSync(directory, { recursive: true });
  const text = htmlPage(showcase(), { title: 'prod' });
  for (const { name, height, ...look } of LOOKS) {
    await inBrowser(look, async (context) => {
      const page = await context.newPage();
      await page.setContent(text);
      const clip = { x: 0, y: 0, width: look.width, height };
      await page.screenshot({ path: join(directory, `review-${name}.png`), fullPage: true, clip });
    });
  }
}

void main();
