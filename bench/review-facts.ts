import { PLANTED } from '../test/review/fixtures/situation';

/** Something that a reviewer has to know, the real plan that holds it, and how to see whether an output tells it. */
export interface Fact {
  readonly fact: string;
  /** Situation of test/review/fixtures. */
  readonly situation: string;
  /** All of these are in the output; wordings of every tool are alternatives. */
  readonly shows: readonly RegExp[];
}

/** An output that holds the secret of its plan tells too much: then nothing counts. */
export const tells = ({ shows }: Fact, output: string): boolean =>
  !output.includes(PLANTED) && shows.every((pattern) => pattern.test(output));

export const FACTS: readonly Fact[] = [
  { fact: 'how many are deleted', situation: 'delete', shows: [/1 to destroy|delete \(1\)|"delete":\s*1|· \| \*\*1\*\*/i] },
  {
    fact: 'which argument forces a replacement',
    situation: 'replace-deleted-first',
    shows: [/forced by `ip_cidr_range`|ip_cidr_range.*forces replacement/i],
  },
  {
    fact: 'what is made first in a replacement',
    situation: 'replace-created-first',
    shows: [/created first|create replacement and then destroy|\+\/- resource/i],
  },
  { fact: 'what is lost with a deletion', situation: 'delete', shows: [/every object in it|lost: /i] },
  { fact: 'why something is deleted', situation: 'delete-by-key', shows: [/for_each/i] },
  { fact: 'old and new value of an argument', situation: 'update', shows: [/"Caller"/, /Caller of the gateway/] },
  { fact: 'that a sensitive value changes, masked', situation: 'sensitive', shows: [/sensitive/i] },
  { fact: 'what is known only after apply', situation: 'create', shows: [/known after apply/i, /unique_id/] },
  { fact: 'where something was moved from', situation: 'move', shows: [/google_service_account\.Old/] },
  { fact: 'the id of what is imported', situation: 'import', shows: [/projects\/acme-dev\/serviceAccounts\/caller@acme-dev/] },
  {
    fact: 'what is no longer managed, and stays',
    situation: 'forget',
    shows: [/forget|no longer be managed|will not be destroyed|removed from .* state/i],
  },
  { fact: 'what somebody else has changed', situation: 'drift', shows: [/by hand/] },
  { fact: 'a failed check and its message', situation: 'check-failed', shows: [/The caller needs a name/] },
  { fact: 'that the plan is a part of one', situation: 'errored', shows: [/ended with an error|Planning failed|Plan Error|Error: /i] },
  { fact: 'outputs that change', situation: 'outputs', shows: [/a\.example/, /b\.example/] },
  { fact: 'the one action that is new in a JSON policy', situation: 'json-inside', shows: [/(new|\+) .*ecr:ReplicateImage/] },
  { fact: 'which secret rotates, from which version to which', situation: 'write-only-rotation', shows: [/3( ->|` →) `?4/] },
  { fact: 'the construct that it comes from', situation: 'update', shows: [/dev-identity\/Caller/] },
  { fact: 'how traffic moves between models, in per cent', situation: 'yaml-inside', shows: [/5 % → 20 %.*gemini-3\.8-flash/] },
  { fact: 'that a perimeter protects nothing any more', situation: 'perimeter-opened', shows: [/enforced today, and will only log/i] },
];
