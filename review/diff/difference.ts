import { type Value } from '../plan';

/** A line of a text: it stays, goes or comes. `gap`: so many lines that stay are left out here. */
export type Line =
  { readonly kind: 'same' | 'removed' | 'added'; readonly text: string } | { readonly kind: 'gap'; readonly lines: number };

/** One thing that differs between before and after. */
export interface Difference {
  /** `template.containers[gateway].image`; list elements by what names them, else by their number. */
  readonly path: string;
  /** Undefined: it was not there. */
  readonly before?: Value;
  /** Undefined: it will not be there. */
  readonly after?: Value;
  /** Because of this the resource is replaced. */
  readonly forces: boolean;
  /** For a text that holds a document: what differs in it. Empty: it is only written differently. */
  readonly inside?: { readonly format: string; readonly differences: readonly Difference[] };
  /** For a text of several lines. */
  readonly lines?: readonly Line[];
  /** What the bare values do not say. */
  readonly note?: string;
}
