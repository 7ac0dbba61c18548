import type { Arrow, Box, Flow, Frame, Graph } from './model';

interface NewArrow {
  readonly from: string;
  readonly to: string;
  readonly flow: Flow;
  readonly label: string;
  readonly because: string;
}

/** What is already said is not said again, and data between two boxes says more than the permission for it. */
const STRENGTH: Readonly<Record<Flow, number>> = { data: 4, identity: 3, encryption: 2, network: 1, images: 0 };

const unique = <T>(list: readonly T[]): T[] => [...new Set(list)];

const merged = (one: Arrow, other: Arrow): Arrow => {
  const [strong, weak] = STRENGTH[one.flow] >= STRENGTH[other.flow] ? [one, other] : [other, one];
  const labels = strong.flow === weak.flow ? unique([...strong.labels, ...weak.labels]) : strong.labels;
  return { ...strong, labels, because: unique([...strong.because, ...weak.because]) };
};

/** Arrows, one in each direction between two boxes. */
export function mergeArrows(arrows: readonly Arrow[]): Arrow[] {
  const known = new Map<string, Arrow>();
  for (const arrow of arrows) {
    if (arrow.from === arrow.to) continue;
    const key = JSON.stringify([arrow.from, arrow.to]);
    const before = known.get(key);
    known.set(key, before ? merged(before, arrow) : arrow);
  }
  return [...known.values()];
}

/** A graph in the making. */
export class Draft {
  readonly boxes = new Map<string, Box>();
  readonly frames = new Map<string, Frame>();
  private arrows: Arrow[] = [];
  private readonly aliases = new Map<string, string>();

  add(box: Box): void {
    this.boxes.set(box.id, box);
  }

  change(id: string, change: (box: Box) => Partial<Box>): void {
    const box = this.boxes.get(id);
    if (box) this.boxes.set(id, { ...box, ...change(box) });
  }

  /** What has no box of its own is drawn as another. */
  drawAs(id: string, box: string): void {
    this.aliases.set(id, box);
  }

  connect({ label, because, flow, ...ends }: NewArrow): void {
    const [from, to] = [ends.from, ends.to].map((id) => this.aliases.get(id) ?? id) as [string, string];
    if (from !== to) this.arrows.push({ from, to, flow, labels: label === '' ? [] : [label], because: [because] });
  }

  /** Arrows of callers become ways of data, through what `ways` names; undefined leaves an arrow as it is. */
  redirect(ways: (arrow: Arrow) => readonly string[] | undefined): void {
    this.arrows = this.arrows.flatMap(
      (arrow) => ways(arrow)?.map((to): Arrow => ({ ...arrow, to, flow: 'data', labels: ['HTTPS'] })) ?? [arrow],
    );
  }

  get connections(): readonly Arrow[] {
    return this.arrows;
  }

  graph(title: string): Graph {
    return { title, frames: [...this.frames.values()], boxes: [...this.boxes.values()], arrows: mergeArrows(this.arrows) };
  }
}
