// Outputs without what differs from one run to the next.

/** Durations as `T s`, counts of round trips as `N`, paths of a folder without the folder. */
export function normal(text: string, directory: string): string {
  return text
    .replaceAll(`${directory}/`, '')
    .replaceAll(directory, '.')
    .replaceAll(/\b\d+(?:\.\d+)? s\b/g, 'T s')
    .replaceAll(/\b\d+ round trips?\b/g, 'N round trips');
}
