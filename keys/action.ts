import type { Marker } from './marker';
import type { Wire } from './wire';

export interface Change {
  readonly field: string;
  readonly from: Wire[string];
  readonly to: Wire[string];
  /** It is not what it was set to last: somebody has changed it in the gateway. */
  readonly byHand: boolean;
}

/** One step, with all that it needs but the value of a key. */
export type Action =
  | { readonly do: 'make-team'; readonly team: string; readonly fields: Wire; readonly marker: Marker }
  | {
      readonly do: 'change-team';
      readonly team: string;
      readonly fields: Wire;
      readonly marker: Marker;
      readonly changes: readonly Change[];
    }
  | { readonly do: 'block-team' | 'unblock-team'; readonly team: string; readonly marker: Marker }
  | { readonly do: 'delete-team'; readonly team: string }
  | {
      readonly do: 'make-key';
      readonly key: string;
      readonly secret: string;
      readonly version: number;
      /** The secret holds a value already that was made for it: by a run that did not come to its end, or before the database was lost. */
      readonly valueIsThere: boolean;
      readonly fields: Wire;
      readonly marker: Marker;
    }
  | {
      readonly do: 'change-key';
      readonly key: string;
      readonly token: string;
      readonly fields: Wire;
      readonly marker: Marker;
      /** It gets a team, or another one: what it may ask for between the two requests that this takes. */
      readonly onTheWay?: readonly string[];
      readonly changes: readonly Change[];
    }
  | { readonly do: 'retire-key'; readonly key: string; readonly token: string; readonly overlapHours: number }
  | { readonly do: 'block-key' | 'unblock-key'; readonly key: string; readonly token: string; readonly marker: Marker }
  | { readonly do: 'delete-key'; readonly key: string; readonly token: string };

/** What has to be done for one thing, and what stands in the way: nothing is done for a thing with a problem. */
export interface Part {
  readonly actions: readonly Action[];
  readonly problems: readonly string[];
  /** What is left as somebody has made it in the gateway. */
  readonly notices?: readonly string[];
}

export interface Plan {
  /** Changes with every action. */
  readonly id: string;
  readonly actions: readonly Action[];
  /** What cannot be done, each a sentence with what to do about it. */
  readonly problems: readonly string[];
  readonly notices: readonly string[];
  /** In the gateway, but not made from this file: left alone. */
  readonly foreign: { readonly keys: readonly string[]; readonly teams: readonly string[] };
}
