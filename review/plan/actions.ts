import { type Action, type ReplaceOrder } from './model';

/** What a plan's list of actions means. Words that are not known stay unknown: a report says so and takes them for no harmless thing. */
export function actionOf(actions: readonly string[]): { readonly action: Action; readonly order?: ReplaceOrder } {
  const words = actions.join(' ');
  switch (words) {
    case 'delete create':
      return { action: 'replace', order: 'deleted-first' };
    case 'create delete':
      return { action: 'replace', order: 'created-first' };
    case 'create forget':
    case 'forget create':
      return { action: 'replace', order: 'forgotten' };
    case 'create':
    case 'update':
    case 'delete':
    case 'forget':
    case 'read':
    case 'no-op':
      return { action: words };
    default:
      return { action: 'unknown' };
  }
}

/** `action_reason` in words. Terraform's list may grow: what is not here is told as it is. */
const REASONS: Readonly<Record<string, string>> = {
  replace_because_tainted: 'it is tainted: the last apply did not finish making it',
  replace_because_cannot_update: 'the provider cannot change this in place',
  replace_by_request: 'somebody asked for it (-replace)',
  replace_by_triggers: 'something it depends on changes (replace_triggered_by)',
  delete_because_no_resource_config: 'it is no longer in the configuration',
  delete_because_no_module: 'its module is no longer in the configuration',
  delete_because_wrong_repetition: 'the configuration now has it with, or without, count or for_each',
  delete_because_count_index: 'its index is beyond count',
  delete_because_each_key: 'its key is no longer in for_each',
  delete_because_no_move_target: 'it was to be moved, but there is no such resource in the configuration',
  read_because_config_unknown: 'its arguments are known only after apply',
  read_because_dependency_pending: 'something it depends on changes first',
  read_because_check_nested: 'a check reads it',
};

export const reasonInWords = (reason: string | undefined): string | undefined =>
  reason === undefined ? undefined : Object.hasOwn(REASONS, reason) ? REASONS[reason] : reason.replaceAll('_', ' ');
