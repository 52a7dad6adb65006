// The live tree drawn by listr2. listr2 runs promises; here states are set from outside and one promise holds the list open.
// Loaded on a terminal only, and listr2 with it.
import {
  Listr,
  ListrDefaultRendererLogLevels as levels,
  ListrLogger,
  ListrTaskState,
  ProcessOutput,
  Spinner,
  type ListrDefaultRendererOptions,
  type ListrTask,
} from 'listr2';
import type { Colour, Paint } from './colour.ts';
import type { LiveNode, NodeState } from './live-node.ts';
import type { Scrollback } from './scrollback.ts';

type List = Listr<unknown, 'default', 'default'>;
type Line = List['tasks'][number];

/** A tree on the terminal. */
export interface DrawnTree {
  readonly root: LiveNode;
  /** Takes the tree off the terminal. */
  close(): Promise<void>;
}

/** Begins to draw beneath what is on the terminal. */
export function drawTree(screen: Scrollback, paint: Paint): DrawnTree {
  const { promise, resolve } = openPromise();
  // The untitled first task is not drawn; while its promise is open, so is the list.
  const keeper: ListrTask = { task: () => promise, rendererOptions: { bottomBar: false, outputBar: false } };
  const rendererOptions: ListrDefaultRendererOptions = {
    clearOutput: true,
    collapseSubtasks: false,
    collapseErrors: false,
    collapseSkips: false,
    showSkipMessage: false,
    formatOutput: 'truncate',
    ...iconsOf(paint),
    spinner: calmSpinner(),
    logger: new ListrLogger({
      useIcons: true,
      toStderr: [],
      processOutput: new ProcessOutput(screen.stream, screen.stream, { dump: [] }),
    }),
  };
  const list: List = new Listr<unknown, 'default', 'default'>([keeper], {
    concurrent: true,
    exitOnError: false,
    // Ctrl-C is the run's business: listr2's own handler would end the process.
    registerSignalListeners: false,
    renderer: 'default',
    rendererOptions,
    // Whether this is a terminal was decided by the caller, and not by looking at stdout.
    fallbackRenderer: 'default',
    fallbackRendererOptions: rendererOptions,
  });
  // A list that fails draws no more; the lines above it are what counts.
  const drawing = list.run().catch(() => undefined);
  return {
    root: nodeOf(promise, list),
    async close() {
      for (const line of list.tasks.splice(1)) line.state = ListrTaskState.COMPLETED;
      resolve();
      await drawing;
    },
  };
}

/** A node that holds a list of lines; its own line, if any, is `line`. `open` resolves when the tree is taken down. Fields are set without events: the spinner redraws ten times a second. */
function nodeOf(open: Promise<void>, list: List, own?: { readonly line: Line; readonly within: List }): LiveNode {
  return {
    add(title, state) {
      // Were it to end by itself, listr2 would call it done.
      list.add({ title, task: () => open });
      const line = list.tasks.at(-1);
      if (line === undefined) throw new Error('listr2 did not add a task');
      void line.check({});
      line.state = stateIn(state);
      const beneath: List = new Listr<unknown, 'default', 'default'>([], { ...list.options, registerSignalListeners: false }, line);
      line.subtasks = beneath.tasks;
      return nodeOf(open, beneath, { line, within: list });
    },
    set(title, state) {
      if (own === undefined) return;
      own.line.title = title;
      own.line.state = stateIn(state);
    },
    remove() {
      const index = own === undefined ? -1 : own.within.tasks.indexOf(own.line);
      if (index >= 0) own?.within.tasks.splice(index, 1);
    },
  };
}

function stateIn(state: NodeState): Line['state'] {
  const states = {
    running: ListrTaskState.STARTED,
    waiting: ListrTaskState.ROLLING_BACK,
    done: ListrTaskState.COMPLETED,
    changed: ListrTaskState.ROLLED_BACK,
    failed: ListrTaskState.FAILED,
    skipped: ListrTaskState.SKIPPED,
  } as const satisfies Record<NodeState, Line['state']>;
  return states[state];
}

/** Icons and colours of our own: listr2 looks at the environment for colours, we were told. */
function iconsOf(paint: Paint): Pick<ListrDefaultRendererOptions, 'icon' | 'color'> {
  const inColour =
    (colour: Colour) =>
    (text?: string): string =>
      paint(colour, text ?? '');
  return {
    icon: {
      [levels.ROLLED_BACK]: '●',
      [levels.COMPLETED]: '✔',
      [levels.FAILED]: '✖',
      [levels.PENDING]: '›',
      [levels.SKIPPED_WITHOUT_COLLAPSE]: '↷',
    },
    color: {
      [levels.ROLLED_BACK]: inColour('yellow'),
      [levels.ROLLING_BACK]: inColour('magenta'),
      [levels.COMPLETED]: inColour('green'),
      [levels.FAILED]: inColour('red'),
      [levels.FAILED_WITH_FAILED_SUBTASKS]: inColour('red'),
      [levels.COMPLETED_WITH_FAILED_SUBTASKS]: inColour('red'),
      [levels.PENDING]: inColour('cyan'),
      [levels.SKIPPED_WITHOUT_COLLAPSE]: inColour('cyan'),
    },
  };
}

/** A spinner whose frames may fail without ending the process: they are drawn from a timer, where nobody catches. */
function calmSpinner(): Spinner {
  class CalmSpinner extends Spinner {
    override start(draw?: () => void, interval?: number): void {
      super.start(() => {
        try {
          draw?.();
        } catch {
          this.stop();
        }
      }, interval);
    }
  }
  return new CalmSpinner();
}

function openPromise(): { readonly promise: Promise<void>; readonly resolve: () => void } {
  let resolve: () => void = () => undefined;
  const promise = new Promise<void>(settle => {
    resolve = settle;
  });
  return { promise, resolve };
}
