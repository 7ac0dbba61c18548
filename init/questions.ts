import { ENVIRONMENTS, PARTS } from './choices';
import { choicesOf, DEFAULTS, nameOf, type Circumstances, type Given } from './given';

interface Question {
  readonly key: keyof Given;
  readonly flag: string;
  readonly text: string;
  /** What an empty answer means: a value, or in words. */
  readonly otherwise: (given: Given, circumstances: Circumstances) => string;
  readonly when?: (given: Given) => boolean;
}

const later = (): string => 'filled in later';

const has = ({ parts = DEFAULTS.parts }: Given, part: string): boolean => parts.split(',').some((each) => each.trim() === part);

/** In this order: what the next ones build on comes first. */
const QUESTIONS: readonly Question[] = [
  {
    key: 'name',
    flag: 'name',
    text: 'What is it called? It begins the IDs of projects',
    otherwise: (_, { directory }) => nameOf(directory),
  },
  {
    key: 'domain',
    flag: 'domain',
    text: 'Domain of your organization',
    otherwise: ({ name }, { directory }) => `${name ?? nameOf(directory)}.example`,
  },
  { key: 'region', flag: 'region', text: 'Region of Google Cloud', otherwise: () => DEFAULTS.region },
  {
    key: 'environments',
    flag: 'environments',
    text: `Environments, of ${ENVIRONMENTS.join(', ')}`,
    otherwise: () => DEFAULTS.environments,
  },
  { key: 'parts', flag: 'parts', text: `Parts, of ${PARTS.join(', ')}, or none`, otherwise: () => DEFAULTS.parts },
  {
    key: 'callers',
    flag: 'callers',
    text: 'Public ranges that call the gateway',
    otherwise: () => 'none, only from inside the network',
    when: (given) => has(given, 'gateway'),
  },
  {
    key: 'organization',
    flag: 'organization',
    text: 'Number of the organization (gcloud organizations list)',
    otherwise: later,
    when: (given) => has(given, 'perimeter') && given.accessPolicy === undefined,
  },
  { key: 'github', flag: 'github', text: 'Repository on GitHub, OWNER/NAME', otherwise: () => 'none, nothing is deployed from GitHub' },
  {
    key: 'githubOwnerId',
    flag: 'github-owner-id',
    text: 'Number of its owner (gh api users/OWNER --jq .id)',
    otherwise: later,
    when: ({ github }) => github !== undefined,
  },
  {
    key: 'githubRepositoryId',
    flag: 'github-repository-id',
    text: 'Number of the repository (gh api repos/OWNER/NAME --jq .id)',
    otherwise: later,
    when: ({ github }) => github !== undefined,
  },
  {
    key: 'securityTeam',
    flag: 'security-team',
    text: 'Team that agrees to changes of what protects, @OWNER/TEAM',
    otherwise: later,
    when: ({ github }) => github !== undefined,
  },
];

/** Where questions are asked. */
export interface Desk {
  /** Shows what is asked, and gives back what was typed. */
  readonly ask: (question: string, otherwise: string) => Promise<string>;
  readonly tell: (text: string) => void;
}

/** Asks for what flags have not said. An answer that is wrong is told why, and asked for again. */
export async function ask(given: Given, circumstances: Circumstances, desk: Desk): Promise<Given> {
  let answers = given;
  for (const question of QUESTIONS) {
    const { key, text, otherwise, when = () => true } = question;
    while (answers[key] === undefined && when(answers)) {
      const answer = (await desk.ask(text, otherwise(answers, circumstances))).trim();
      if (answer === '') break;
      const next = { ...answers, [key]: answer };
      const wrong = wrongWith(question, next, circumstances);
      if (wrong === undefined) answers = next;
      else desk.tell(wrong);
    }
  }
  return answers;
}

function wrongWith({ flag }: Question, given: Given, circumstances: Circumstances): string | undefined {
  const result = choicesOf(given, circumstances);
  const mistakes = 'mistakes' in result ? result.mistakes.filter((mistake) => mistake.flag === flag) : [];
  return mistakes.length === 0 ? undefined : mistakes.map(({ message, help }) => [message, help].filter(Boolean).join('. ')).join('\n');
}
