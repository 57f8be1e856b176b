/** Names of one language's countries: folded words separated by spaces, marks left out ("obrien"), commoner ones first. */
export interface NameList {
  readonly given: string
  readonly family: string
}
