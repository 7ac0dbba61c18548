/** What became of a piece of work: its result, its error, or the id of the failed one that it waited for. */
export type Settled<R> = { result: R } | { error: unknown } | { blockedBy: string };

interface Work {
  readonly id: string;
  readonly dependencies: readonly string[];
}

/**
 * Runs work in dependency order, at most `width` pieces at a time. Where one fails, those that wait for it do not start; the others go on,
 * so that every error is told, not the first alone.
 */
export async function inOrder<W extends Work, R>(
  work: readonly W[],
  width: number,
  run: (piece: W) => Promise<R>,
): Promise<Map<string, Settled<R>>> {
  const settled = new Map<string, Settled<R>>();
  const ids = new Set(work.map((piece) => piece.id));
  const waiting = new Set(work);
  const running = new Map<string, Promise<void>>();

  const failedBefore = (piece: W) =>
    piece.dependencies.find((id) => {
      const before = settled.get(id);
      return before !== undefined && !('result' in before);
    });
  const ready = (piece: W) => piece.dependencies.every((id) => !ids.has(id) || settled.has(id));

  const start = (piece: W) => {
    waiting.delete(piece);
    const end = run(piece).then(
      (result) => void settled.set(piece.id, { result }),
      (error: unknown) => void settled.set(piece.id, { error }),
    );
    running.set(
      piece.id,
      end.then(() => void running.delete(piece.id)),
    );
  };

  while (waiting.size > 0 || running.size > 0) {
    for (const piece of [...waiting]) {
      if (!ready(piece)) continue;
      const failed = failedBefore(piece);
      if (failed !== undefined) {
        waiting.delete(piece);
        settled.set(piece.id, { blockedBy: failed });
      } else if (running.size < width) start(piece);
    }
    if (running.size > 0) await Promise.race(running.values());
    else if (waiting.size > 0 && ![...waiting].some(ready)) {
      throw new Error(`stacks depend on each other in a circle: ${[...waiting].map((piece) => piece.id).join(', ')}`);
    }
  }
  return settled;
}

/** The same work with every arrow turned round: what was built last goes first. */
export function reversed<W extends Work>(work: readonly W[]): W[] {
  return [...work].reverse().map((piece) => ({
    ...piece,
    dependencies: work.filter((other) => other.dependencies.includes(piece.id)).map((other) => other.id),
  }));
}
