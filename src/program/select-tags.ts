// Which tasks `--tags` and `--skip-tags` leave in, by Ansible's rules.

export interface TagSelection {
  /** Empty means all. */
  readonly only: readonly string[];
  readonly skip: readonly string[];
}

/** Whether a task with these tags is run. */
export function isSelected(tags: readonly string[], selection: TagSelection): boolean {
  return isChosen(tags, selection.only.length === 0 ? ['all'] : selection.only) && !isSkipped(tags, selection.skip);
}

function isChosen(tags: readonly string[], only: readonly string[]): boolean {
  if (tags.includes('always')) return true;
  if (tags.some(tag => only.includes(tag))) return true;
  if (tags.includes('never')) return false;
  if (only.includes('all')) return true;
  return tags.length > 0 ? only.includes('tagged') : only.includes('untagged');
}

function isSkipped(tags: readonly string[], skip: readonly string[]): boolean {
  // "all" leaves "always" in, whatever else is skipped, unless it is named too.
  if (skip.includes('all')) return !tags.includes('always') || skip.includes('always');
  if (tags.some(tag => skip.includes(tag))) return true;
  return tags.length > 0 ? skip.includes('tagged') : skip.includes('untagged');
}
