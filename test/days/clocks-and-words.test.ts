// The rows of rows/clocks-and-words.ts, tried.
import { TABLE } from './rows/clocks-and-words.ts';
import { tryDays } from './support/try-days.ts';

tryDays(TABLE);
