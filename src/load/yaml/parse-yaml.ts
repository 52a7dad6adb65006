// YAML text to a tree with places: the one way in which YAML enters the program.
import { EVENT_ID, type Event, parseEvents, YAMLException } from 'js-yaml';
import { InputError } from '../../errors/errors.ts';
import { TreeBuilder } from './build-tree.ts';
import { type Locate, locateIn } from './lines.ts';
import type { YamlNode } from './node.ts';
import { syntaxProblem } from './syntax-problem.ts';

/**
 * Reads one YAML document. Undefined when there is nothing in it but comments.
 * @throws InputError naming every duplicate key, unknown tag or alias at once, or the first error of syntax
 */
export function parseYaml(text: string, file: string): YamlNode | undefined {
  const locate = locateIn(text, file);
  const events = eventsOf(text, locate);
  const documents = events.filter(event => event.type === EVENT_ID.DOCUMENT);
  const [first] = documents;
  if (first === undefined) return undefined;
  if (documents.length > 1) {
    const marks = [...text.matchAll(/^(?:---|\.\.\.)(?=\s|$)/gm)];
    const mark = marks[first.explicitStart ? 1 : 0];
    throw new InputError([
      { at: locate(mark?.index ?? 0), what: 'a second YAML document begins here', advice: 'keep one document in a file' },
    ]);
  }
  const builder = new TreeBuilder(events.slice(1), text, locate);
  const node = builder.build();
  if (builder.problems.length > 0) throw new InputError(builder.problems);
  return node.kind === 'scalar' && node.value === null && node.text === '' ? undefined : node;
}

function eventsOf(text: string, locate: Locate): readonly Event[] {
  try {
    return parseEvents(text, {});
  } catch (error) {
    if (!(error instanceof YAMLException)) throw error;
    throw new InputError([syntaxProblem(text, error.mark?.position ?? 0, error.reason, locate)]);
  }
}
