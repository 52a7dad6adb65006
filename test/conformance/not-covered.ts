// Statements of the reference that no case shows yet, in words; printed with the counts.

export const NOT_COVERED: readonly string[] = ['§1.7 roles', '§1.8 include_role and import_role'];
