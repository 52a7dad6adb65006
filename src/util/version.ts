// Versions as numbers with dots, compared. What follows from a version is a role's own business.

/** Below zero when `a` is older than `b`, above when it is newer, 0 when they are the same; parts that are missing count as 0. */
export function compareVersions(a: string, b: string): number {
  const [left, right] = [a, b].map(version => version.split('.').map(Number));
  const places = [0, 1, 2].map(place => (left?.[place] ?? 0) - (right?.[place] ?? 0));
  return places.find(difference => difference !== 0) ?? 0;
}

/** Whether a version is at least another, which may be short: `isAtLeast('3.9.1', '3.3')`. */
export function isAtLeast(version: string, other: string): boolean {
  return compareVersions(version, other) >= 0;
}

/** The line of a version, within which programs understand each other: `3.9` of `3.9.1`. */
export function lineOf(version: string): string {
  return version.split('.').slice(0, 2).join('.');
}
