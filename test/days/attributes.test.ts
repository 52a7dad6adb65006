// The rows of rows/attributes.ts, tried.
import { TABLE } from './rows/attributes.ts';
import { tryDays } from './support/try-days.ts';

tryDays(TABLE);
