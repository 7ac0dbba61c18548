import type { StackElement } from '../../policy/stack';
import type { Kind } from '../model';

/** A resource that gets a box of its own, as it is drawn and found. */
export interface MainType {
  readonly kind: Kind;
  readonly what: (resource: StackElement) => string;
  readonly title: (resource: StackElement) => string;
  /** What is worth knowing, the most important first. Default: nothing. */
  readonly lines?: (resource: StackElement) => readonly string[];
  /** Full names by which others find it where they do not refer to it: across stacks, in environment variables, in policies. */
  readonly names: (resource: StackElement, project: string) => readonly string[];
  /** A resource of the type that is no main one, e.g. a forwarding rule inside a network. Default: all are. */
  readonly when?: (resource: StackElement) => boolean;
}
