import { buildReport, htmlPage, markdown, readPlan } from '../../review';
import { inputOf, planText } from './plans';

interface Template {
  readonly resource_changes: readonly { readonly name: string; readonly address: string }[];
}

/** Many changes of a kind, after the ones of a real plan. */
function many(count: number, name: string): object {
  const template = JSON.parse(planText(name)) as Template;
  const [first] = template.resource_changes;
  const change = (index: number) => ({ ...first!, name: `R${index}`, address: `${first!.address}${index}` });
  return { ...template, resource_changes: Array.from({ length: count }, (_, index) => change(index)) };
}

const reportOfMany = (...parts: readonly (readonly [number, string])[]) =>
  buildReport(inputOf(...parts.map(([count, name], index) => readPlan(many(count, name), { source: name, stack: `dev-${index}` }))));

describe('2,000 changes', () => {
  const report = reportOfMany([1900, 'create'], [90, 'update'], [10, 'database-replaced']);

  it('fit a comment of GitHub, and what is cut is said', () => {
    const text = markdown(report, { title: 'dev', full: 'review.html' });
    expect(text.length).toBeLessThanOrEqual(65_000);
    expect(text).toMatch(
      /✂️ \*\*Cut to fit a comment\*\*, the least important first; not shown: [\d,]+ creates.*The full report: `review\.html`/,
    );
    expect(text).toContain('| **3 stacks** | **1900** | **90** | **10** |');
  });

  it('lose the least important first', () => {
    const text = markdown(report, { title: 'dev' });
    expect(text.match(/^- \*\*replace\*\*/gm)).toHaveLength(10);
    expect(text.match(/^\*\*~ update\*\*/gm)).toHaveLength(90);
  });

  it('are all in the page', () => {
    expect(htmlPage(report, { title: 'dev' }).match(/<span class="create">create<\/span>/g)).toHaveLength(1900);
  });

  it('fit even where nothing but deletions is left to show', () => {
    const text = markdown(reportOfMany([2000, 'database-replaced']), { title: 'dev' });
    expect(text.length).toBeLessThanOrEqual(65_000);
    expect(text).toMatch(/not shown: .*deletions and replacements/);
    expect(text).toContain('<details>');
    expect(text.match(/<details>/g)).toHaveLength(text.match(/<\/details>/g)!.length);
  });

  it('can be held to any limit', () => {
    expect(markdown(report, { title: 'dev', limit: 4000 }).length).toBeLessThanOrEqual(4000);
  });
});
