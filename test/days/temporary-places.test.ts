// The rows of rows/temporary-places.ts, tried.
import { TABLE } from './rows/temporary-places.ts';
import { tryDays } from './support/try-days.ts';

tryDays(TABLE);
