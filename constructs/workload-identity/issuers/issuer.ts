/** What a subject of an issuer is called in a pool. */
export interface PoolSubject {
  /** One subject, or a set of them. */
  readonly kind: 'principal' | 'principalSet';
  /** What follows the pool's name: subject/… or attribute.NAME/… */
  readonly path: string;
  /** What is wrong with the subject. */
  readonly problems: readonly string[];
}

/** What the provider resource takes beside its names. */
export interface IssuerSettings {
  /**
   * Of an account of AWS.
   * @default none; then `oidc` is there
   */
  readonly aws?: {
    /** 12 digits. */
    readonly accountId: string;
  };
  /**
   * Of an issuer of OpenID Connect.
   * @default none; then `aws` is there
   */
  readonly oidc?: {
    /** Its address. */
    readonly issuerUri: string;
    /** For whom a token may be made. */
    readonly allowedAudiences?: string[];
    /** Its public keys. */
    readonly jwksJson?: string;
  };
  /** Attributes that Google keeps of a token, each a CEL expression. */
  readonly mapping: Readonly<Record<string, string>>;
  /** CEL expression that a token must satisfy. */
  readonly condition: string;
}

/** Somebody who vouches for programs outside Google Cloud. `Subject` is how one of them is named: never free text. */
export interface Issuer<Subject> {
  /** What the provider of the pool takes. */
  readonly settings: IssuerSettings;
  /** What is wrong with the issuer itself. */
  problems(): string[];
  identify(subject: Subject): PoolSubject;
}

/** https://docs.cloud.google.com/iam/docs/workload-identity-federation-with-other-providers#mappings-and-conditions: bytes of google.subject. */
export const MAX_SUBJECT = 127;

/** A subject as `google.subject` takes it. */
export function exactSubject(value: string, problems: readonly string[]): PoolSubject {
  const long =
    Buffer.byteLength(value) > MAX_SUBJECT
      ? [`the subject "${value}" has ${Buffer.byteLength(value)} bytes, and google.subject takes ${MAX_SUBJECT}: shorten one of its names.`]
      : [];
  return { kind: 'principal', path: `subject/${value}`, problems: [...problems, ...long] };
}

/** `assertion.claim == 'a'`, or `in [...]` for several: letter by letter, without wildcards. Values are checked before: none has a quote. */
export const isOneOf = (claim: string, values: readonly string[]): string =>
  values.length === 1 ? `${claim} == '${values[0]}'` : `${claim} in [${values.map((value) => `'${value}'`).join(', ')}]`;

const NUMERIC_ID = /^[1-9]\d{0,18}$/;

export const numericIdProblem = (name: string, value: string, hint: string): string[] =>
  NUMERIC_ID.test(value) ? [] : [`\`${name}\` must be the number that never changes, not a name, got: ${JSON.stringify(value)}. ${hint}`];
