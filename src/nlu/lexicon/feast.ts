/** A holiday by the rule that gives its day in a year. Months are 1 to 12, weekdays 1 (Monday) to 7. */
export type Feast =
  | { readonly month: number; readonly day: number }
  /** Days after Easter Sunday. */
  | { readonly easter: number }
  /** The nth such weekday of the month, counted from its end where negative; `plus` days later. */
  | { readonly month: number; readonly weekday: number; readonly nth: number; readonly plus: number }
  /** The last such weekday up to that day, and `plus` days later. */
  | { readonly month: number; readonly upTo: number; readonly weekday: number; readonly plus: number }

export const on = (month: number, day: number): Feast => ({ month, day })
export const easter = (days = 0): Feast => ({ easter: days })
export const nth = (count: number, weekday: number, month: number, plus = 0): Feast => ({ month, weekday, nth: count, plus })
/** Weeks before the fourth Sunday of Advent, which is the last one before Christmas. */
export const advent = (sunday: number): Feast => ({ month: 12, upTo: 24, weekday: 7, plus: (sunday - 4) * 7 })
