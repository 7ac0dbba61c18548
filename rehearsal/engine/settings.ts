import { type LabelMerge, type ProviderSetting } from '../schema/types';
import { isList, isObject, isUnknown, UNKNOWN, type ObjectValue, type Unknown, type Value } from './values';

/** What a configured provider adds to the objects that it makes. While planning, each part can be unknown still. */
export interface Settings extends Readonly<Partial<Record<ProviderSetting, string | Unknown>>> {
  /** Number of the AWS account. */
  readonly account?: string | Unknown;
  readonly defaults: Readonly<Record<NonNullable<LabelMerge['defaults']>, ObjectValue | Unknown>>;
  /** Google's label `goog-terraform-provisioned`: on new objects, and whether objects that lack it get it. */
  readonly attribution: { readonly onCreate: boolean; readonly onUpdate: boolean };
}

const text = (value: Value | undefined): string | Unknown | undefined =>
  value === undefined || value === null || value === '' ? undefined : isUnknown(value) ? value : String(value);

const map = (value: Value | undefined): ObjectValue | Unknown =>
  value !== undefined && isUnknown(value) ? UNKNOWN : isObject(value) ? value : {};

const first = (value: Value | undefined): Value | undefined => (isList(value) ? value[0] : value);

/** Reads a provider block. */
export function settingsOf(config: Value): Settings {
  const block = isObject(config) ? config : {};
  const tags = first(block.default_tags);
  return {
    project: text(block.project),
    region: text(block.region),
    zone: text(block.zone),
    account: accountOf(block),
    defaults: {
      default_labels: map(block.default_labels),
      default_tags: isObject(tags) ? map(tags.tags) : map(tags),
    },
    attribution: {
      onCreate: block.add_terraform_attribution_label !== false,
      onUpdate: block.add_terraform_attribution_label !== false && block.terraform_attribution_label_addition_strategy === 'PROACTIVE',
    },
  };
}

/** The account is not a setting of the aws provider: it follows from the role it assumes, or from the accounts it may work in. */
function accountOf(block: ObjectValue): string | Unknown | undefined {
  const role = first(block.assume_role);
  const arn = isObject(role) ? role.role_arn : undefined;
  if (typeof arn === 'string') return arn.split(':')[4] || undefined;
  return text(first(block.allowed_account_ids));
}

/** The settings as templates take them. What is unknown is left out: nothing can be worked out from it. */
export function knownSettings({ project, region, zone, account }: Settings): Readonly<Record<string, string>> {
  const known = Object.entries({ project, region, zone, account }).filter(
    (entry): entry is [string, string] => typeof entry[1] === 'string',
  );
  return Object.fromEntries(known);
}
