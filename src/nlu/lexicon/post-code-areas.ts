/** The letters that open a British post code: every area in use, those of the islands and the forces included. */
export const BRITISH_AREAS: ReadonlySet<string> = new Set(
  (
    'AB AL B BA BB BD BF BH BL BN BR BS BT BX CA CB CF CH CM CO CR CT CV CW DA DD DE DG DH DL DN DT DY E EC EH EN EX FK FY G GL ' +
    'GU GY HA HD HG HP HR HS HU HX IG IM IP IV JE KA KT KW KY L LA LD LE LL LN LS LU M ME MK ML N NE NG NN NP NR NW OL OX ' +
    'PA PE PH PL PO PR RG RH RM S SA SE SG SK SL SM SN SO SP SR SS ST SW SY TA TD TF TN TQ TR TS TW UB W WA WC WD WF WN WR ' +
    'WS WV YO ZE'
  ).split(' '),
)

/** First letters of the areas. */
export const AREA_OPENINGS: ReadonlySet<string> = new Set([...BRITISH_AREAS].map((area) => area.charAt(0)))

/** Letters that may stand after the figure of a one-letter area, of a two-letter area, and in the last two places. */
export const BRITISH_LETTERS = { afterOne: 'ABCDEFGHJKPSTUW', afterTwo: 'ABEHMNPRVWXY', inward: 'ABDEFGHJLNPQRSTUWXYZ' } as const
