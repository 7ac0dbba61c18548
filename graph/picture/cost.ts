import type { Layout, PlacedArrow, Point } from './placed';

/** Pages of GitHub show about this many pixels; wider pictures are made smaller, with their text. */
const PAGE = 960;

/** What hinders a reader most counts most. In pixels of line. */
const COST = { crossing: 160, bend: 45, pixelTooWide: 14, pixelOfHeight: 2 };

interface Segment {
  readonly from: Point;
  readonly to: Point;
}

const segmentsOf = ({ points }: PlacedArrow): Segment[] => points.slice(1).map((to, index) => ({ from: points[index]!, to }));

const between = (value: number, one: number, other: number): boolean => value > Math.min(one, other) && value < Math.max(one, other);

/** Lines are level or plumb: two cross where one of each meet. */
const cross = (level: Segment, plumb: Segment): boolean =>
  between(plumb.from.x, level.from.x, level.to.x) && between(level.from.y, plumb.from.y, plumb.to.y);

/** How hard a picture is to read. */
export function costOf({ arrows, width, height }: Layout): number {
  const segments = arrows.flatMap(segmentsOf);
  const level = segments.filter(({ from, to }) => from.y === to.y);
  const plumb = segments.filter(({ from, to }) => from.x === to.x);
  const crossings = level.reduce((sum, each) => sum + plumb.filter((other) => cross(each, other)).length, 0);
  const length = segments.reduce((sum, { from, to }) => sum + Math.abs(from.x - to.x) + Math.abs(from.y - to.y), 0);
  const bends = arrows.reduce((sum, { points }) => sum + Math.max(0, points.length - 2), 0);
  return (
    length + COST.crossing * crossings + COST.bend * bends + COST.pixelTooWide * Math.max(0, width - PAGE) + COST.pixelOfHeight * height
  );
}
