/** What goes wrong with a request. Nothing given: it is answered. */
export interface Behaviour {
  /** HTTP status of an error. */
  readonly status?: number;
  /** Seconds in the Retry-After header of the error. */
  readonly retryAfter?: number;
  /** Text of the error. */
  readonly message?: string;
  /** Seconds until the first byte of the answer. */
  readonly delay?: number;
  /** Seconds between the parts of a streamed answer. */
  readonly pause?: number;
  /** The connection is closed without an end after so many parts of a streamed answer. */
  readonly cutAfter?: number;
  /** The answer is withheld for this reason, as Google's safety filters do. */
  readonly blocked?: 'SAFETY' | 'PROHIBITED_CONTENT';
}

/** What models do, by name. Without an instruction a model answers. */
export class Behaviours {
  private readonly next = new Map<string, Behaviour[]>();
  private readonly always = new Map<string, Behaviour>();

  /** For the coming requests to a model, one each; what follows them is as before. */
  enqueue(model: string, behaviours: readonly Behaviour[]): void {
    this.next.set(model, [...(this.next.get(model) ?? []), ...behaviours]);
  }

  set(model: string, behaviour: Behaviour): void {
    this.always.set(model, behaviour);
  }

  clear(): void {
    this.next.clear();
    this.always.clear();
  }

  take(model: string): Behaviour {
    return this.next.get(model)?.shift() ?? this.always.get(model) ?? {};
  }
}
