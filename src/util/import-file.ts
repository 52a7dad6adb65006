// A person's own file of JavaScript, run by Node itself: the one thing that the bundle leaves to the file that loads it.
import { pathToFileURL } from 'node:url';

/** What the file exports. */
export async function importFile(file: string): Promise<Readonly<Record<string, unknown>>> {
  return (await import(pathToFileURL(file).href)) as Readonly<Record<string, unknown>>;
}
