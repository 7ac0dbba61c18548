import type { Checks } from '../core';

/** https://docs.cloud.google.com/resource-manager/docs/creating-managing-projects */
const PROJECT_ID = /^[a-z][a-z0-9-]{4,28}[a-z0-9]$/;
const PROJECT_NUMBER = /^\d{6,19}$/;

/** Kubernetes: a namespace is a label, a service account a subdomain name. */
const NAMESPACE = /^(?=.{1,63}$)[a-z0-9]([a-z0-9-]*[a-z0-9])?$/;
const SERVICE_ACCOUNT = /^(?=.{1,253}$)[a-z0-9]([a-z0-9.-]*[a-z0-9])?$/;

/** A principal of a pool names its project by number, and the pool by the ID: the two are easily taken for each other. */
export function projectNumberProblem(value: string): string | undefined {
  if (PROJECT_NUMBER.test(value)) return undefined;
  const mixedUp = PROJECT_ID.test(value) ? ` This is a project ID: gcloud projects describe ${value} --format='value(projectNumber)'.` : '';
  return `\`projectNumber\` must be the number of a project, 6 to 19 digits, got: ${JSON.stringify(value)}.${mixedUp}`;
}

export function projectIdProblem(value: string): string | undefined {
  if (PROJECT_ID.test(value)) return undefined;
  const mixedUp = PROJECT_NUMBER.test(value)
    ? ` This is a project number: gcloud projects describe ${value} --format='value(projectId)'.`
    : '';
  return `\`projectId\` must be the ID of a project, 6 to 30 of a-z, 0-9 and dash, got: ${JSON.stringify(value)}.${mixedUp}`;
}

export function checkProject(check: Checks, project: { readonly projectId: string; readonly projectNumber: string }): void {
  check.that(() => projectIdProblem(project.projectId) === undefined, projectIdProblem(project.projectId) ?? '', project.projectId);
  const number = projectNumberProblem(project.projectNumber);
  check.that(() => number === undefined, number ?? '', project.projectNumber);
}

/** One part of a subject: what IAM compares letter by letter, so a wildcard in it matches nothing, or, in a condition, too much. */
export function subjectPart(name: string, value: string, pattern: RegExp, explanation: string): string[] {
  if (/[*?]/.test(value)) {
    return [
      `\`${name}\` has a wildcard, got: ${JSON.stringify(value)}. A subject is compared letter by letter: name each one that shall have access.`,
    ];
  }
  return pattern.test(value) ? [] : [`\`${name}\` must be ${explanation}, got: ${JSON.stringify(value)}.`];
}

export const namespaceProblems = (value: string): string[] =>
  subjectPart('namespace', value, NAMESPACE, 'the name of a namespace: at most 63 of a-z, 0-9 and dash');

export const serviceAccountProblems = (value: string): string[] =>
  subjectPart('serviceAccount', value, SERVICE_ACCOUNT, 'the name of a Kubernetes ServiceAccount: at most 253 of a-z, 0-9, dash and dot');
