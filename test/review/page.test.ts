import { readFileSync } from 'node:fs';
import { htmlPage } from '../../review';
import { describeWith } from '../support/requirements';
import { browser, inBrowser, type Look } from './browser';
import { reportOf } from './plans';
import { showcase } from './showcase';

const LOOKS: readonly Look[] = [
  { colorScheme: 'light', width: 1200 },
  { colorScheme: 'dark', width: 1200 },
  { colorScheme: 'light', width: 360 },
  { colorScheme: 'dark', width: 360 },
];

describe('the page', () => {
  const page = htmlPage(showcase(), { title: 'prod' });

  it('needs nothing from anywhere, and runs no script', () => {
    expect(page).not.toMatch(/<script|<link|<img|<iframe|\ssrc=|url\((?!#)|@import|\son\w+=/);
    expect(page).toContain(`default-src 'none'`);
  });

  it('has a diagram with every stack, and what changes in it', () => {
    const [diagram] = /<svg viewBox="0 0 \d{3,}.*?<\/svg>/s.exec(page)!;
    for (const { stack } of showcase().stacks) expect(diagram).toContain(stack);
    expect(diagram.match(/marker-end/g)).toHaveLength(7);
  });
});

interface Axe {
  run(): Promise<{ violations: { id: string; nodes: { html: string; failureSummary: string }[] }[] }>;
}

describeWith(browser(), 'the page in Chromium', () => {
  const axe = readFileSync(require.resolve('axe-core/axe.min.js'), 'utf8');

  it.each(LOOKS)('has no violation of axe, and nothing wider than the screen: $colorScheme, $width', async (look) => {
    await inBrowser(look, async (context) => {
      for (const report of [showcase(), reportOf('hostile')]) {
        const page = await context.newPage();
        await page.setContent(htmlPage(report, { title: 'prod' }));
        await page.evaluate('document.querySelectorAll("details").forEach((fold) => { fold.open = true; })');
        await page.evaluate(axe);
        const { violations } = await page.evaluate<Awaited<ReturnType<Axe['run']>>>('axe.run()');
        expect(violations.map(({ id, nodes }) => `${id}: ${nodes[0]!.html.slice(0, 200)} ${nodes[0]!.failureSummary}`)).toEqual([]);
        expect(await page.evaluate<number>('document.documentElement.scrollWidth')).toBeLessThanOrEqual(look.width);
        await page.close();
      }
    });
  });
});
