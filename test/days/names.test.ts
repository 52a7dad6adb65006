// The rows of rows/names.ts, tried.
import { TABLE } from './rows/names.ts';
import { tryDays } from './support/try-days.ts';

tryDays(TABLE);
