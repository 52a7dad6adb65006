// A tool that a host does not have, found in what was said when it was called for.

/** As shells say it, each in its way, and xargs. */
const SIGNS: readonly RegExp[] = [
  /^\S*sh: (?:\d+: |line \d+: |eval: )*([\w.+-]+): (?:command )?not found\s*$/m,
  /^xargs: (?:can't execute ')?([\w.+-]+)(?:')?: No such file or directory\s*$/m,
];

/** Its name; undefined where nothing is missing. @param stderr of a command */
export function missingTool(stderr: string): string | undefined {
  return SIGNS.map(sign => sign.exec(stderr)?.[1]).find(name => name !== undefined);
}

/** What to add to a message. */
export function missingWords(stderr: string): string {
  const tool = missingTool(stderr);
  return tool === undefined ? '' : `; the host has no ${tool}: install it there`;
}
