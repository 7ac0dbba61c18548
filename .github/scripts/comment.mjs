// Posts a report to its pull request, or updates the comment that has it already.
//
//   node comment.mjs FILE TITLE-SLUG
//
// PULL_REQUEST is the number. Without it the pull request is found by what GitHub itself says of the run that made the report: HEAD_SHA,
// HEAD_REPOSITORY, HEAD_BRANCH and BASE_BRANCH; nothing in the report has a say in where it is posted.
import { all, repository, required, script, send, Told } from './github.mjs';
import { marker, reportText } from './report-text.mjs';

await script(async ([file, slug]) => {
  if (file === undefined || slug === undefined) throw new Told('Usage: node comment.mjs FILE TITLE-SLUG');
  const body = reportText(file, slug, process.env.NOTE ?? '');
  const number = process.env.PULL_REQUEST ? numberOf(process.env.PULL_REQUEST) : await ofTheRun();
  if (number === undefined) {
    console.log('No open pull request has this commit as its head any more: a later run reports.');
    return;
  }
  const own = await ownComment(number, slug);
  const path = `/repos/${repository()}/issues`;
  if (own === undefined) {
    const { html_url } = await send('POST', `${path}/${number}/comments`, { body });
    console.log(`Posted: ${html_url}`);
  } else if (own.body.replaceAll('\r\n', '\n') === body) {
    console.log(`Nothing new to say: ${own.html_url}`);
  } else {
    await send('PATCH', `${path}/comments/${own.id}`, { body });
    console.log(`Updated: ${own.html_url}`);
  }
});

function numberOf(text) {
  if (!/^[1-9]\d{0,9}$/.test(text)) throw new Told('PULL_REQUEST is no number.');
  return Number(text);
}

/** A branch has at most one open pull request to another branch. It may have moved on: then the report is of an older commit. */
async function ofTheRun() {
  const [sha, from, branch, base] = ['HEAD_SHA', 'HEAD_REPOSITORY', 'HEAD_BRANCH', 'BASE_BRANCH'].map(required);
  if (!/^[0-9a-f]{40}$/.test(sha)) throw new Told('HEAD_SHA is no commit.');
  const query = new URLSearchParams({ state: 'open', base, head: `${from.split('/')[0]}:${branch}` });
  for await (const { number, head, base: to } of all(`/repos/${repository()}/pulls?${query}`)) {
    // The filter is a wish: what was not understood is ignored, and then everything is listed.
    if (head.sha === sha && head.repo?.full_name === from && head.ref === branch && to.ref === base) return number;
  }
  return undefined;
}

/** Ours, and not of somebody who has copied the marker. */
async function ownComment(number, slug) {
  const author = process.env.COMMENT_AUTHOR ?? 'github-actions[bot]';
  const first = marker(slug);
  for await (const comment of all(`/repos/${repository()}/issues/${number}/comments`)) {
    if (comment.user?.login === author && comment.body?.split(/\r?\n/, 1)[0] === first) return comment;
  }
  return undefined;
}
