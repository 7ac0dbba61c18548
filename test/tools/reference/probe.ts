/** An index with a construct that has one of everything. */
export const PROBE = `
import { Construct } from 'constructs';
import type { ProjectServices } from './project-services';
export { ProjectServices } from './project-services';

/** How it looks. */
export type Colour = 'red' | 'green';

/** A part of it. */
export interface Part {
  /** Grams. */
  readonly weight: number;
}

/** Where it goes. */
export class Place {
  /** Into a drawer. */
  static drawer(label: string): Place {
    return new Place(label);
  }
  private constructor(readonly label: string) {}
}

interface Named {
  /** What people | say. */
  readonly name: string;
}

export interface ProbeProps extends Named {
  /**
   * Seconds.
   * @default 30
   */
  readonly timeout?: number;
  /** Parts, by name. */
  readonly parts: Readonly<Record<string, Part>>;
  /**
   * Its colour.
   * @default red, which <most> like
   */
  readonly colour?: Colour;
  /** Its place. */
  readonly place: Place;
  /**
   * How many there are.
   * @default one
   */
  readonly scale?: {
    /** The fewest. */
    readonly min: number;
    readonly max?: number;
  };
  /** What must be there. */
  readonly after: readonly ProjectServices[];
  /**
   * Seconds, once.
   * @default none
   * @deprecated use \`timeout\`
   */
  readonly wait?: number;
}

export class Probe extends Construct {
  /** Its number. */
  readonly number: string = '';
  private readonly hidden = 1;

  constructor(scope: Construct, id: string, props: ProbeProps) {
    super(scope, id);
  }

  /**
   * Lets somebody in.
   * @param who a member
   */
  grant(who: string, why?: string): void {}

  protected check(): void {}
}
`;
