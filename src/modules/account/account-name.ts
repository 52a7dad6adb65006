// The schema of a user's or group's name, as useradd takes it.

/** A name: letters, digits, `_`, `.` and `-`, not all digits, and no option. */
export const ACCOUNT_NAME = { type: 'string', pattern: '^(?!\\d+$)[A-Za-z0-9_][A-Za-z0-9_.-]*\\$?$' } as const;
