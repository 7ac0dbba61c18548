// Says what a release changes, in the words of CHANGELOG.md; and that everything is there that a release needs.
//
//   node release-notes.mjs TAG
import { existsSync, readFileSync } from 'node:fs';

const [tag] = process.argv.slice(2);
const { version } = JSON.parse(readFileSync('package.json', 'utf8'));
const lock = JSON.parse(readFileSync('package-lock.json', 'utf8'));
const [, ...sections] = readFileSync('CHANGELOG.md', 'utf8').split(/^## /m);
const section = sections.find((each) => each.startsWith(`${version}\n`));
const kept = `test/upgrade/releases/${version}`;

const missing = [
  tag !== `v${version}` && `The tag is ${tag}, and package.json says ${version}: the tag has to be v${version}.`,
  lock.version !== version && `package-lock.json says ${lock.version}: run npm install --package-lock-only.`,
  !section && `CHANGELOG.md has no heading "## ${version}".`,
  section?.includes('Not published') && `CHANGELOG.md says that ${version} is not published.`,
  sections[0] !== section && section && 'CHANGELOG.md has something above this release: what is not released yet goes into the next one.',
  !existsSync(`${kept}/stacks.zip`) && `${kept} is missing, from which later versions are upgraded in tests: npm run release:fixture.`,
].filter(Boolean);

if (missing.length > 0) {
  console.error(missing.join('\n'));
  process.exitCode = 1;
} else console.log(section.slice(version.length).trim());
