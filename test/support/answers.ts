import { basename, join } from 'node:path';
import { checkFiles, location } from '../../configuration';
import { withFiles } from './files';

/** The least that an environment file says. */
export const HEAD = `tier: development
project: { id: acme-ai-x, number: "123456789012" }
region: europe-west4
state: { backend: local }
network: { subnet: 10.0.0.0/24 }
`;

/** What a file is answered with: `line:column  path  message`, and what to do on a second line. */
export function answers(title: string, text: string, expected: readonly string[]): void {
  it(title, () => {
    const given = withFiles({ 'some.yaml': text }, (directory) =>
      checkFiles([join(directory, 'some.yaml')]).problems.map(({ place, path, message, help }) => {
        const where = location({ ...place, file: basename(place.file) }).replace('some.yaml:', '');
        const first = [where, path, message.replaceAll(`${directory}/`, '')].filter(Boolean).join('  ');
        return help ? `${first}\n${help}` : first;
      }),
    );
    expect(given).toEqual(expected);
  });
}
