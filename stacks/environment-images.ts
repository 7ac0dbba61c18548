import { Construct } from 'constructs';
import type { Environment } from '../configuration';
import { Checks, literal } from '../constructs/core';
import { ImageRepository, RemoteImageRepository } from '../constructs/images';
import { repositoryName } from './names';
import { traitsOf } from './tier';

/** The repositories that an environment file lists under `images`. */
export class EnvironmentImages extends Construct {
  constructor(scope: Construct, id: string, environment: Environment, kmsKey: string | undefined) {
    super(scope, id);
    const common = (key: string) => ({
      name: repositoryName(environment, key),
      location: environment.region,
      kmsKey,
      preventDestroy: traitsOf(environment).protectsData,
    });
    const { repositories, remotes } = environment.images;
    const check = new Checks(this);
    for (const key of Object.keys(remotes)) {
      check.that(() => !(key in repositories), `\`${key}\` names a repository and a remote: the two would be one. Rename one of them.`);
    }
    check.done();
    for (const [key, { description, immutableTags, keepVersions }] of Object.entries(repositories)) {
      const text = description === undefined ? undefined : literal(description);
      new ImageRepository(this, key, { ...common(key), description: text, immutableTags, keepVersions });
    }
    for (const [key, { upstream }] of Object.entries(remotes)) {
      new RemoteImageRepository(this, key, { ...common(key), upstream });
    }
  }
}
