import type { Kind } from './model';

/** What a role lets do, in a word or two. The first that matches. */
const VERBS: readonly (readonly [RegExp, string])[] = [
  [/^roles\/run\.(invoker|servicesInvoker)$/, 'may call'],
  [/^roles\/secretmanager\.secretAccessor$/, 'reads'],
  [/^roles\/secretmanager\.secretVersion(Adder|Manager)$/, 'writes'],
  [/^roles\/iam\.(workloadIdentityUser|serviceAccountTokenCreator|serviceAccountOpenIdTokenCreator)$/, 'acts as'],
  [/^roles\/iap\.httpsResourceAccessor$/, 'signs in'],
  [/^roles\/storage\.(objectViewer|bucketViewer)$/, 'reads'],
  [/^roles\/storage\.objectCreator$/, 'writes'],
  [/^roles\/storage\.object(User|Admin)$/, 'reads, writes'],
  [/^roles\/bigquery\.dataViewer$/, 'reads'],
  [/^roles\/bigquery\.data(Editor|Owner)$/, 'writes'],
  [/^roles\/artifactregistry\.reader$/, 'pulls'],
  [/^roles\/artifactregistry\.(writer|repoAdmin)$/, 'pushes'],
  [/^roles\/aiplatform\.(user|endpointUser)$/, 'may use'],
  [/^roles\/cloudsql\.(client|instanceUser)$/, 'signs in'],
  [/^roles\/redis\.dbConnectionUser$/, 'signs in'],
  [/^roles\/cloudkms\./, 'encrypts'],
];

export const verbOf = (role: string): string => VERBS.find(([roles]) => roles.test(role))?.[1] ?? role.replace(/^.*[./]/, '');

/** What may be done with things of a whole project. Roles that are not here are counted, not drawn. */
const OPENS: readonly (readonly [RegExp, readonly Kind[]])[] = [
  [/^roles\/aiplatform\.user$/, ['models', 'endpoint']],
  [/^roles\/aiplatform\.endpointUser$/, ['endpoint']],
  [/^roles\/run\.(invoker|servicesInvoker)$/, ['service']],
  [/^roles\/secretmanager\.secretAccessor$/, ['secret']],
  [/^roles\/cloudsql\.(client|instanceUser)$/, ['database']],
  [/^roles\/redis\.dbConnectionUser$/, ['cache']],
  [/^roles\/storage\.object(Viewer|Creator|User|Admin)$/, ['storage']],
];

export const opensInProject = (role: string): readonly Kind[] => OPENS.find(([roles]) => roles.test(role))?.[1] ?? [];

/** Roles that say who deploys what: the picture shows what runs. */
export const isForDeploying = (role: string): boolean => role === 'roles/iam.serviceAccountUser';
