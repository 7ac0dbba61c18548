// Keeps one issue open as long as an environment is not as it is configured.
//
//   node drift-issue.mjs ENVIRONMENT REPORT.md REPORT.json
//
// Opens the issue, updates it in place, and closes it when the difference is gone.
import { readFileSync } from 'node:fs';
import { all, repository, script, send, Told } from './github.mjs';
import { marker, reportText } from './report-text.mjs';

await script(async ([environment, text, data]) => {
  if (data === undefined) throw new Told('Usage: node drift-issue.mjs ENVIRONMENT REPORT.md REPORT.json');
  if (!/^[a-z][a-z0-9-]{0,40}$/.test(environment)) throw new Told(`${environment} is no name of an environment.`);
  const slug = `${environment}-drift`;
  const body = reportText(text, slug, process.env.NOTE ?? '');
  const different = differs(JSON.parse(readFileSync(data, 'utf8')));
  const open = await openIssue(slug);
  const path = `/repos/${repository()}/issues`;
  if (different && open === undefined) {
    const { html_url } = await send('POST', path, { title: `${environment} is not as it is configured`, body });
    console.log(`Opened: ${html_url}`);
  } else if (different) {
    await send('PATCH', `${path}/${open.number}`, { body });
    console.log(`Updated: ${open.html_url}`);
  } else if (open !== undefined) {
    await send('POST', `${path}/${open.number}/comments`, { body: `${environment} is as it is configured again.` });
    await send('PATCH', `${path}/${open.number}`, { state: 'closed', state_reason: 'completed' });
    console.log(`Closed: ${open.html_url}`);
  } else console.log(`${environment} is as it is configured.`);
});

/** A plan that could not be finished is no proof that all is well. */
function differs({ schema, verdict, counts }) {
  if (schema !== 'plan-review') throw new Told('The .json is no report of `npm run review`.');
  return verdict === 'incomplete' || Object.values(counts).some((count) => count > 0);
}

async function openIssue(slug) {
  const author = process.env.COMMENT_AUTHOR ?? 'github-actions[bot]';
  const query = new URLSearchParams({ state: 'open', creator: author });
  for await (const issue of all(`/repos/${repository()}/issues?${query}`)) {
    if (issue.pull_request === undefined && issue.user?.login === author && issue.body?.split(/\r?\n/, 1)[0] === marker(slug)) return issue;
  }
  return undefined;
}
