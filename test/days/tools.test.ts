// The rows of rows/tools.ts, tried.
import { TABLE } from './rows/tools.ts';
import { tryDays } from './support/try-days.ts';

tryDays(TABLE);
