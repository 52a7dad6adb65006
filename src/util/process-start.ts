// When a process was started: a pid may be used again, a pid with its start time not.

/** Clock ticks since boot, field 22 of the text of /proc/PID/stat; undefined if there is none or only its zombie is left. */
export function startIn(stat: string | undefined): string | undefined {
  // The command's name is in parentheses and may hold blanks and parentheses itself.
  const fields = stat?.slice(stat.lastIndexOf(')') + 2).split(' ');
  return fields === undefined || fields[0] === 'Z' || fields[0] === 'X' ? undefined : fields[19];
}
