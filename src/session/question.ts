// A question that a host asks at login and only a person can answer: a one-time password, a choice.

export interface Question {
  readonly host: string;
  /** One or more lines without control characters, as the host words them. */
  readonly text: string;
  /** Whether what is typed may be seen. */
  readonly isShown: boolean;
}

/** Puts a question to whoever sits there. @returns undefined when it is not answered */
export type Ask = (question: Question) => Promise<string | undefined>;
