// What asks for the version: looked at before the program is loaded, too.

export const VERSION_WORDS: ReadonlySet<string | undefined> = new Set(['--version', '-V', 'version']);
