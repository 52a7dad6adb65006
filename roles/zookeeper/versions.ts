// Versions of ZooKeeper and their lines: 3.4.14 is of the line 3.4. Within a line servers understand each other's files.

/** Below zero when `a` is older than `b`, above when it is newer. */
export function compareVersions(a: string, b: string): number {
  const [left, right] = [numbersOf(a), numbersOf(b)];
  const at = left.findIndex((number, index) => number !== right[index]);
  return at < 0 ? 0 : (left[at] ?? 0) - (right[at] ?? 0);
}

/** The line of a version: `3.4` of `3.4.14`. */
export function lineOf(version: string): string {
  return numbersOf(version).slice(0, 2).join('.');
}

/** Whether a version is at least `major.minor`. */
export function isAtLeast(version: string, major: number, minor: number): boolean {
  return compareVersions(version, `${major}.${minor}`) >= 0;
}

function numbersOf(version: string): readonly number[] {
  const [major = 0, minor = 0, patch = 0] = version.split('.').map(Number);
  return [major, minor, patch];
}
