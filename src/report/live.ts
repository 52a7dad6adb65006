// The live reporter for a terminal: what the plain one says stays above, a tree of what is under way moves beneath it.
import { createPaint } from './colour.ts';
import type { Event } from './events.ts';
import { createLiveTree, type LiveTree } from './live-tree.ts';
import type { DrawnTree } from './listr-tree.ts';
import { createPlainReporter } from './plain.ts';
import type { Reporter, ReporterOptions } from './reporter.ts';
import { splitTerminal } from './scrollback.ts';

/** How often the times on the tree are brought up to date, in milliseconds. */
const TICK = 1000;

/** Draws a run on a terminal. What is left on it in the end is what the plain reporter writes. */
export function createLiveReporter(options: ReporterOptions): Reporter {
  const screen = splitTerminal(options.stream);
  const plain = createPlainReporter({ ...options, stream: screen.above, waiting: false });
  let missed: Event[] = [];
  let tree: LiveTree | undefined;
  let drawn: DrawnTree | undefined;
  let isTreeless = false;

  // A tree that cannot be drawn is given up; the lines above it go on.
  const guarded = (draw: () => void): void => {
    try {
      draw();
    } catch {
      tree = undefined;
      isTreeless = true;
    }
  };
  const begun = import('./listr-tree.ts').then(
    ({ drawTree }) => {
      if (isTreeless) return;
      guarded(() => {
        drawn = drawTree(screen, createPaint(options.colour));
        tree = createLiveTree(drawn.root, { now: Date.now, colour: options.colour });
        for (const event of missed) tree.take(event);
      });
      missed = [];
    },
    () => undefined,
  );
  const timer = setInterval(() => guarded(() => tree?.tick()), TICK).unref();

  return {
    emit(event) {
      plain.emit(event);
      if (tree === undefined && !isTreeless) missed.push(event);
      else guarded(() => tree?.take(event));
    },
    hold: () => screen.hold(),
    async close() {
      isTreeless = true;
      clearInterval(timer);
      await begun;
      tree = undefined;
      await drawn?.close();
      drawn = undefined;
      await plain.close();
    },
  };
}
