import type { Arrow, Box, Frame } from '../model';
import type { Card } from './card';

export interface Rect {
  readonly x: number;
  readonly y: number;
  readonly width: number;
  readonly height: number;
}

export interface Point {
  readonly x: number;
  readonly y: number;
}

export interface PlacedBox extends Rect {
  readonly box: Box;
  readonly card: Card;
}

export interface PlacedFrame extends Rect {
  readonly frame: Frame;
}

export interface PlacedArrow {
  readonly arrow: Arrow;
  readonly points: readonly Point[];
  /** Where its label stands; none if there is nothing to say. */
  readonly label?: Rect & { readonly text: string };
}

export interface Layout {
  readonly width: number;
  readonly height: number;
  readonly boxes: readonly PlacedBox[];
  readonly frames: readonly PlacedFrame[];
  readonly arrows: readonly PlacedArrow[];
}
