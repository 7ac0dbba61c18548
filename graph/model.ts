/** What a box stands for; decides its icon, its colour, and what its arrows mean. */
export type Kind =
  | 'people'
  | 'workload'
  | 'pipeline'
  | 'account'
  | 'anyone'
  | 'door'
  | 'service'
  | 'job'
  | 'endpoint'
  | 'models'
  | 'database'
  | 'cache'
  | 'storage'
  | 'secret'
  | 'key'
  | 'network'
  | 'images'
  | 'registry'
  | 'cluster'
  | 'pool'
  | 'rest';

/** What an arrow says. Its direction is who begins: who asks, who acts, who encrypts. */
export type Flow = 'data' | 'identity' | 'encryption' | 'network' | 'images';

/** One thing that has a name. */
export interface Item {
  readonly kind: Kind;
  /** What it is, in the words of those who sell it: Cloud Run service. */
  readonly what: string;
  /** Its name. */
  readonly title: string;
  /** What is worth knowing about it, the most important first. */
  readonly lines: readonly string[];
}

export interface Box extends Item {
  /** Stable: path in the construct tree, or what IAM calls the member. */
  readonly id: string;
  /** Id of the frame it stands in. Default: outside of all stacks. */
  readonly frame?: string;
  /** Id of the project of Google it is in; empty where nothing says so. */
  readonly project: string;
  /** Minor resources that are part of it, by what they are. */
  readonly folded: readonly string[];
  /** Names of the keys of one's own that it is encrypted with. */
  readonly keys: readonly string[];
  /** It is made by others; somebody here is let at it. */
  readonly elsewhere?: true;
  /** What it stands for, if for several things. */
  readonly items?: readonly Item[];
}

export interface Arrow {
  readonly from: string;
  readonly to: string;
  readonly flow: Flow;
  /** A word or two; the first of them is shown. */
  readonly labels: readonly string[];
  /** What it was derived from: roles, addresses of resources. */
  readonly because: readonly string[];
}

/** A stack, or a service perimeter around stacks. */
export interface Frame {
  readonly id: string;
  readonly kind: 'stack' | 'perimeter';
  readonly title: string;
  readonly lines: readonly string[];
  /** Id of the frame around it. */
  readonly parent?: string;
}

export interface Graph {
  readonly title: string;
  readonly frames: readonly Frame[];
  readonly boxes: readonly Box[];
  readonly arrows: readonly Arrow[];
}
