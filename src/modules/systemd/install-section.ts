// What the [Install] section of a unit file makes of the unit's enablement.

/** What `UnitFileState` reads once the file is there, given what it reads now. What is enabled stays so. */
export function enablementAfter(content: string, now: string): string {
  if (now === 'enabled' || now === 'enabled-runtime') return now;
  const install = /^\[Install\]\s*$([^]*?)(?=^\[|(?![^]))/m.exec(content)?.[1] ?? '';
  if (/^\s*(WantedBy|RequiredBy|UpheldBy|Alias)\s*=\s*\S/m.test(install)) return 'disabled';
  return /^\s*Also\s*=\s*\S/m.test(install) ? 'indirect' : 'static';
}
