import { literal } from '../../core';
import { exactSubject, type Issuer, type IssuerSettings, type PoolSubject } from './issuer';

export interface OidcProps {
  /** As the issuer itself writes it in the claim `iss`. */
  readonly issuerUri: string;
  /**
   * What the token must be made for.
   * @default the name of the provider, which nobody else uses
   */
  readonly allowedAudiences?: readonly string[];
  /** CEL expression over `assertion`. Where many share the issuer, it must hold on to a claim that never changes hands. */
  readonly condition: string;
  /**
   * Attributes beside google.subject, which is the claim `sub`, as CEL expressions.
   * @default none
   */
  readonly attributes?: Readonly<Record<string, string>>;
}

/** The claim `sub` of one program, whole. */
export interface OidcSubject {
  /** The whole claim `sub`. */
  readonly sub: string;
}

/** Issuers that vouch for many customers, and the claims that tell these apart for good. */
const SHARED: Readonly<Record<string, readonly string[]>> = {
  'token.actions.githubusercontent.com': ['repository_id', 'repository_owner_id', 'enterprise_id'],
  'gitlab.com': ['project_id', 'namespace_id'],
  'app.terraform.io': ['terraform_organization_id', 'terraform_workspace_id', 'terraform_project_id'],
  'agent.buildkite.com': ['organization_id', 'pipeline_id'],
  'accounts.google.com': ['sub'],
};

/** https://docs.cloud.google.com/iam/docs/reference/rest/v1/projects.locations.workloadIdentityPools.providers */
const MAX_AUDIENCES = 10;
const MAX_AUDIENCE = 256;

/** Anybody else who speaks OpenID Connect. */
export class Oidc implements Issuer<OidcSubject> {
  readonly settings: IssuerSettings;

  constructor(private readonly props: OidcProps) {
    this.settings = {
      oidc: { issuerUri: props.issuerUri, allowedAudiences: props.allowedAudiences && [...props.allowedAudiences] },
      mapping: { ...(props.attributes ?? {}), 'google.subject': 'assertion.sub' },
      condition: literal(props.condition),
    };
  }

  problems(): string[] {
    const { issuerUri, allowedAudiences = [], condition, attributes = {} } = this.props;
    const host = /^https:\/\/([^/\s?#*]+)([^\s?#*]*)$/.exec(issuerUri)?.[1];
    const claims = host === undefined ? undefined : SHARED[host];
    const pinned = claims?.some((claim) => new RegExp(`assertion\\.${claim}\\b\\s*(==|in\\b)`).test(condition)) ?? true;
    return [
      ...(host === undefined ? [`\`issuerUri\` must be an https:// address, got: ${JSON.stringify(issuerUri)}.`] : []),
      ...(condition.includes('assertion.') ? [] : ['`condition` must look at a claim: assertion.CLAIM == … .']),
      ...(pinned
        ? []
        : [
            `everybody uses ${host}: \`condition\` must compare one of ${claims!.map((claim) => `assertion.${claim}`).join(', ')} with == or in.`,
          ]),
      ...(allowedAudiences.length > MAX_AUDIENCES ? [`\`allowedAudiences\` must have at most ${MAX_AUDIENCES} elements.`] : []),
      ...allowedAudiences
        .filter((audience) => audience === '' || audience.includes('*') || audience.length > MAX_AUDIENCE)
        .map(
          (audience) =>
            `\`allowedAudiences\` must be at most ${MAX_AUDIENCE} characters without a wildcard, got: ${JSON.stringify(audience)}.`,
        ),
      ...('google.subject' in attributes ? ['`attributes` must not map google.subject: subjects are named by the claim sub.'] : []),
    ];
  }

  identify({ sub }: OidcSubject): PoolSubject {
    const wildcard = /[*?\s]/.test(sub) || sub === '';
    return exactSubject(sub, wildcard ? [`\`sub\` must be one subject, without wildcards and spaces, got: ${JSON.stringify(sub)}.`] : []);
  }
}
