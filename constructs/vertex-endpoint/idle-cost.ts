import type { Machine } from './machine';
import { HOURS_PER_MONTH, type MachinePrice, PRICES } from './prices';
import type { Replicas } from './replicas';

/** What the machines of an endpoint cost a month, whether or not anybody calls them. */
export interface IdleCost {
  /** With every model at its fewest and at its most replicas, US dollars; only of what has a price. */
  readonly usdPerMonth: {
    /** At the fewest replicas. */
    readonly min: number;
    /** At the most. */
    readonly max: number;
  };
  /** Models whose machines have a price. */
  readonly priced: readonly PricedModel[];
  /** Keys of models without a price, and their machines. They are not part of the sums. */
  readonly unpriced: readonly {
    /** Of the model on the endpoint. */
    readonly key: string;
    /** Machine and accelerators, in words. */
    readonly machine: string;
    /** Why there is no price. */
    readonly reason: string;
  }[];
}

export interface PricedModel {
  /** Of the model on the endpoint. */
  readonly key: string;
  /** Machine and accelerators, in words. */
  readonly machine: string;
  /** What a replica costs. */
  readonly price: MachinePrice;
  /** Fewest and most. */
  readonly replicas: {
    /** Fewest. */
    readonly min: number;
    /** Most. */
    readonly max: number;
  };
}

/** As much of a model as its price depends on. */
interface Sized {
  /** What each replica runs on. */
  readonly machine: Machine;
  /** How many there are. */
  readonly replicas: Replicas;
}

/** Prices of the endpoint's own region win over those of another, and `prices` over the table. */
export function idleCost(location: string, models: Readonly<Record<string, Sized>>, prices: readonly MachinePrice[] = []): IdleCost {
  const priced: PricedModel[] = [];
  const unpriced: { key: string; machine: string; reason: string }[] = [];
  for (const [key, { machine, replicas }] of Object.entries(models)) {
    const price = replicas.spot ? undefined : priceOf(machine, location, [...prices, ...PRICES]);
    const named = describeMachine(machine);
    if (price) priced.push({ key, machine: named, price, replicas: { min: replicas.min, max: replicas.max ?? replicas.min } });
    else unpriced.push({ key, machine: named, reason: replicas.spot ? 'spot prices change' : 'not in the price table' });
  }
  const sum = (end: 'min' | 'max'): number =>
    priced.reduce((total, { price, replicas }) => total + price.usdPerHour * replicas[end] * HOURS_PER_MONTH, 0);
  return { usdPerMonth: { min: sum('min'), max: sum('max') }, priced, unpriced };
}

function priceOf(machine: Machine, location: string, prices: readonly MachinePrice[]): MachinePrice | undefined {
  const fitting = prices.filter(
    ({ machineType, accelerator }) =>
      machineType === machine.type && accelerator?.type === machine.accelerator?.type && accelerator?.count === machine.accelerator?.count,
  );
  return fitting.find(({ region }) => region === location) ?? fitting[0];
}

export function describeMachine({ type, accelerator }: Machine): string {
  return accelerator ? `${type} + ${accelerator.count} × ${accelerator.type}` : type;
}

/** The cost in a sentence or three, each number with where and when it comes from. */
export function describeIdleCost({ usdPerMonth, priced, unpriced }: IdleCost): string {
  const sentences: string[] = [];
  if (priced.length > 0) {
    const [min, max] = [usdPerMonth.min.toFixed(2), usdPerMonth.max.toFixed(2)];
    const parts = priced.map(
      ({ key, machine, price, replicas: { min, max } }) =>
        `${key} ${min === max ? min : `${min} to ${max}`} × ${machine} at ${price.usdPerHour} USD/h (${price.region}, ${price.asOf}, ${price.source})`,
    );
    sentences.push(`Idle cost ${min === max ? min : `${min} to ${max}`} USD a month of ${HOURS_PER_MONTH} h: ${parts.join('; ')}.`);
  }
  if (unpriced.length > 0) {
    const parts = unpriced.map(({ key, machine, reason }) => `${key} on ${machine} (${reason})`);
    sentences.push(`Not priced, and not counted: ${parts.join('; ')}. Give prices with \`prices\`.`);
  }
  return sentences.join(' ');
}
