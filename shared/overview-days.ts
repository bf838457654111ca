/** Longer is more than a page can draw, and a year that is being typed begins as year 2. */
export const MAX_OVERVIEW_DAYS = 366;
