import type { OperationError } from './operations';

/** A call that the API received, before it is served. */
export interface ApiCall {
  /** From 1, over the life of the server. */
  readonly number: number;
  readonly method: string;
  /** `get`, `patch`, `deployModel`, `undeployModel`, `mutateDeployedModel`, `getIamPolicy`, `setIamPolicy`, `operations.list`, `operations.get`, `operations.wait`, `generateAccessToken`. */
  readonly verb: string;
  readonly endpoint: string;
}

export type CallFault =
  /** Refused; nothing was changed. */
  | { readonly kind: 'status'; readonly status: number; readonly message?: string; readonly retryAfter?: string }
  /** The connection breaks before the call was served. */
  | { readonly kind: 'dropped' }
  /** The call was served, and its answer is lost. */
  | { readonly kind: 'lost' }
  /** No answer and no end of the connection, whether the call was served or not: what a caller that is killed leaves behind. */
  | { readonly kind: 'silence'; readonly served: boolean }
  /** The call was served, and half its answer arrives. */
  | { readonly kind: 'garbled' }
  /** The answer takes so long, in real milliseconds. */
  | { readonly kind: 'slow'; readonly milliseconds: number }
  /** The operation that the call starts ends with this error. */
  | { readonly kind: 'failing'; readonly error: OperationError }
  /** The operation that the call starts takes so many times as long. */
  | { readonly kind: 'dragging'; readonly times: number };

/** Decides, call by call, what goes wrong. */
export type FaultSource = (call: ApiCall) => CallFault | undefined;
