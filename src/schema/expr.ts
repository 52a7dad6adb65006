// An expression handed through a role unevaluated: its value needs the host.

/** Template text (`{{ }}`) that is evaluated for the host when its task has its turn. `T` is what it will give. */
export interface Expr<T> {
  readonly kind: 'expr';
  readonly text: string;
  /** Carries the type only. */
  readonly gives?: T;
}

/** An expression by its text: `expr<number>('{{ facts.memory.total }}')`. */
export function expr<T>(text: string): Expr<T> {
  return Object.freeze({ kind: 'expr', text });
}

export function isExpr(value: unknown): value is Expr<unknown> {
  return typeof value === 'object' && value !== null && 'kind' in value && value.kind === 'expr' && 'text' in value;
}
